using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Operations.Bulk;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Jobs;

/// <summary>The live list of jobs.</summary>
public sealed partial class JobsPage
{
    private const string LabelPrefix = "label.";
    private const int MostLabels = 40;

    private JobQuery _query = new();
    private IReadOnlyList<(string State, int Count)> _states = [];
    private IReadOnlyList<(string Type, int Count)> _types = [];
    [Inject]
    private RolloutSummaries Summaries { get; set; } = null!;

    /// <inheritdoc/>
    protected override string Path => JobQuery.Path;

    /// <inheritdoc/>
    protected override IReadOnlyList<JobColumn> Standard => Replica.Store.Planes.AreSeveral ? JobColumns.DefaultWithPlane : JobColumns.Default;

    [Inject]
    private Problems Problems { get; set; } = null!;

    /// <inheritdoc/>
    protected override Topics Watched => base.Watched | Topics.Problems | Topics.Clock;

    /// <inheritdoc/>
    protected override void Read(string address) => _query = JobQuery.Parse(address);

    /// <inheritdoc/>
    protected override IEnumerable<string> Find(FleetStore store) => _query.Of(store, HasProblem).Select(j => j.Id);

    /// <inheritdoc/>
    protected override int CountNew(FleetStore store, IReadOnlySet<string> listed)
    {
        var matches = _query.Matcher(store, HasProblem);
        return store.Jobs.Count(j => !listed.Contains(j.Id) && matches(j));
    }

    /// <inheritdoc/>
    protected override IEnumerable<JobRow> RowsOf(FleetStore store, IEnumerable<string> ids)
    {
        var jobs = store.Jobs;
        _states = Counted(store, j => j.State, _query with { States = [] }, _query.States);
        _types = Counted(store, j => j.Type, _query with { Types = [] }, _query.Types);
        var names = jobs.CountBy(j => (Plane: store.Planes.Of(j.Id), j.Namespace, j.Name)).Where(n => n.Value > 1 && n.Key.Name.Length > 0).Select(n => n.Key).ToHashSet();
        return ids.Select(store.FindJob).OfType<Job>().Select(j => JobRow.Of(j, store, Summaries, Operations, names.Contains((store.Planes.Of(j.Id), j.Namespace, j.Name))));
    }

    /// <inheritdoc/>
    protected override string IdOf(JobRow row) => row.Job.Id;

    /// <inheritdoc/>
    protected override IEnumerable<(string Code, string Word)> Groupings =>
        [("state", "State"), ("type", "Job type"), .. Replica.Store.Planes.AreSeveral ? ((string, string)[])[("plane", "Plane")] : [], .. Replica.Store.Jobs.SelectMany(j => j.Labels.Keys).CountBy(key => key).OrderByDescending(k => k.Value).Select(k => k.Key).Where(ExecutionGrouping.IsKey).Take(MostLabels).Select(key => (LabelPrefix + key, "Label " + key))];

    /// <inheritdoc/>
    protected override Func<string, GroupedEntity?>? GrouperOf(FleetStore store, string grouping)
    {
        var label = grouping.StartsWith(LabelPrefix, StringComparison.Ordinal) ? grouping[LabelPrefix.Length..] : "";
        Func<Job, (string Key, string Name)>? group = grouping switch
        {
            "state" => job => (job.State, JobLabels.State(job.State)),
            "plane" => job => (store.Planes.Of(job.Id), store.Planes.Of(job.Id)),
            "type" => job => (job.Type, job.Type.Length > 0 ? job.Type : "no type"),
            _ when ExecutionGrouping.IsKey(label) => job => job.Labels.TryGetValue(label, out var value) ? ($"{label}=={value}", value.Length > 0 ? Masked.Text(value) : label + " is empty") : ("!" + label, "no " + label),
            _ => null,
        };
        return group is null ? null : id => store.FindJob(id) is { } job && group(job) is var (key, name) ? new(id, key, name, job.State) : null;
    }

    /// <inheritdoc/>
    protected override GroupPart PartOf(string state, int count) => new(JobLabels.Css(state), Icon.Of(JobLabels.Icon(state)), JobLabels.State(state), count);

    /// <inheritdoc/>
    protected override string Narrowed(EntityGroup group) => ViewAddress.Keep(WithColumns((Grouping switch
    {
        "state" => _query with { States = [group.Key] },
        "plane" => _query with { Filter = _query.Filter.WithValues(FilterField.Plane, [group.Key]) },
        "type" => _query with { Types = [group.Key] },
        _ => _query with { Labels = [.. _query.Labels, group.Key] },
    }).ToString()), Here);

    /// <inheritdoc/>
    protected override BulkTarget TargetOf(FleetStore store, IReadOnlyList<string> ids) => BulkTarget.OfJobs(ids);

    private IReadOnlyList<(string Word, int Count)> Counted(FleetStore store, Func<Job, string> of, JobQuery others, IReadOnlyList<string> chosen)
    {
        // Each value keeps its toggle, even when the other filters leave no job with it.
        var counts = store.Jobs.Select(of).Concat(chosen).Distinct().ToDictionary(word => word, _ => 0, StringComparer.Ordinal);
        foreach (var job in store.Jobs.Where(others.Matcher(store, HasProblem))) counts[of(job)]++;
        return [.. counts.Select(c => (c.Key, c.Value)).OrderBy(c => c.Key, NaturalOrder.Instance)];
    }

    // Servers may have other states and types, so one is unknown only if no job has it.
    private bool IsOdd(Func<Job, bool> isIn) => Replica.Store.Jobs.Count > 0 && !Replica.Store.Jobs.Any(isIn);

    private bool HasProblem(string id) => Problems.Of(FleetKind.Job, id).Count > 0;

    private JobQuery WithLabel(string label) => _query.Labels.Contains(label) ? _query : _query with { Labels = [.. _query.Labels, label] };

    private JobQuery Resorted(JobSort by) => _query with { Sort = by, Descending = _query.Sort == by ? !_query.Descending : JobColumns.StartsDescending(by) };

    private void Go(JobQuery query, bool replace = false) => Navigation.NavigateTo(ViewAddress.Keep(WithLook(query.ToString()), Here), replace: replace);

    private ViewWords ReadView(string address)
    {
        var query = JobQuery.Parse(address);
        return Look(address, query.ToString(), JobFilterList.List.Words(query, Replica.Store));
    }
}
