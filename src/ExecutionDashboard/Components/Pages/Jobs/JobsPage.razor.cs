using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Jobs;

/// <summary>The live list of jobs.</summary>
public sealed partial class JobsPage
{
    private const int MostSuggested = 200;

    private static readonly (JobSort? Sort, string Word)[] Columns =
    [
        (JobSort.Name, "Job"), (JobSort.State, "State"), (JobSort.Type, "Type"), (JobSort.Version, "Version"), (JobSort.Executions, "Executions"), (null, "Deployment"),
        (null, "Labels"), (JobSort.Updated, "Updated"),
    ];

    private JobQuery _query = new();
    private IReadOnlyList<(string State, int Count)> _states = [];
    private IReadOnlyList<(string Type, int Count)> _types = [];
    private IReadOnlyList<string> _labels = [];
    private string _label = "";
    private string _problem = "";

    [Inject]
    private RolloutSummaries Summaries { get; set; } = null!;

    /// <inheritdoc/>
    protected override string Path => JobQuery.Path;

    /// <inheritdoc/>
    protected override void Read(string address)
    {
        _query = JobQuery.Parse(address);
        _problem = _query.Labels.Select(l => LabelExpression.TryParse(l, out _, out var problem) ? "" : problem).FirstOrDefault(p => p.Length > 0) ?? "";
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Find(FleetStore store)
    {
        _labels = [.. store.Jobs.SelectMany(j => j.Labels).Select(l => $"{l.Key}={l.Value}").Where(l => Masked.Text(l) == l).Distinct().Order(NaturalOrder.Instance).Take(MostSuggested)];
        return _query.Of(store).Select(j => j.Id);
    }

    /// <inheritdoc/>
    protected override int CountNew(FleetStore store, IReadOnlySet<string> listed) => store.Jobs.Count(j => !listed.Contains(j.Id) && _query.Matches(j));

    /// <inheritdoc/>
    protected override IEnumerable<JobRow> RowsOf(FleetStore store, IEnumerable<string> ids)
    {
        var jobs = store.Jobs;
        _states = Counted(jobs, j => j.State, _query with { States = [] }, _query.States);
        _types = Counted(jobs, j => j.Type, _query with { Types = [] }, _query.Types);
        var names = jobs.CountBy(j => (j.Namespace, j.Name)).Where(n => n.Value > 1 && n.Key.Name.Length > 0).Select(n => n.Key).ToHashSet();
        return ids.Select(store.FindJob).OfType<Job>().Select(j => JobRow.Of(j, store, Summaries, Operations, names.Contains((j.Namespace, j.Name))));
    }

    /// <inheritdoc/>
    protected override string IdOf(JobRow row) => row.Job.Id;

    private static IReadOnlyList<(string Word, int Count)> Counted(IReadOnlyList<Job> jobs, Func<Job, string> of, JobQuery others, IReadOnlyList<string> chosen)
    {
        // Each value keeps its toggle, even when the other filters leave no job with it.
        var counts = jobs.Select(of).Concat(chosen).Distinct().ToDictionary(word => word, _ => 0, StringComparer.Ordinal);
        foreach (var job in jobs.Where(others.Matches)) counts[of(job)]++;
        return [.. counts.Select(c => (c.Key, c.Value)).OrderBy(c => c.Key, NaturalOrder.Instance)];
    }

    // Servers may have other states and types, so one is unknown only if no job has it.
    private bool IsOdd(Func<Job, bool> isIn) => Replica.Store.Jobs.Count > 0 && !Replica.Store.Jobs.Any(isIn);

    private void AddLabel()
    {
        var text = _label.Trim();
        if (text.Length == 0 || !LabelExpression.TryParse(text, out _, out _problem)) return;
        _label = "";
        Go(WithLabel(text));
    }

    private JobQuery WithLabel(string label) => _query.Labels.Contains(label) ? _query : _query with { Labels = [.. _query.Labels, label] };

    private JobQuery Resorted(JobSort by) => _query with { Sort = by, Descending = _query.Sort == by ? !_query.Descending : by is JobSort.Updated or JobSort.Executions or JobSort.Version };

    private string? Sorted(JobSort by) => _query.Sort != by ? null : _query.Descending ? "descending" : "ascending";

    private void Go(JobQuery query, bool replace = false) => Navigation.NavigateTo(ViewAddress.Keep(query.ToString(), Here), replace: replace);

    private static ViewWords ReadView(string address)
    {
        var query = JobQuery.Parse(address);
        return new(query.ToString(), string.Join(", ", [.. query.States, .. query.Types, .. query.Labels, .. query.Text.Length > 0 ? [query.Text] : Array.Empty<string>()]));
    }
}
