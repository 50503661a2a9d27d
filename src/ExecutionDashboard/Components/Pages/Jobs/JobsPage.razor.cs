using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Jobs;

/// <summary>The live list of jobs. Rows stand still; what is new waits behind a button.</summary>
public sealed partial class JobsPage
{
    private const int PageSize = 50;
    private const int MostLabels = 3;
    private const int MostSuggested = 200;

    private static readonly (JobSort? Sort, string Word)[] Columns =
    [
        (JobSort.Name, "Job"), (JobSort.State, "State"), (JobSort.Type, "Type"), (JobSort.Version, "Version"), (JobSort.Executions, "Executions"), (null, "Deployment"),
        (null, "Labels"), (JobSort.Updated, "Updated"),
    ];

    // By job: a row that moves keeps its element.
    private readonly Dictionary<string, ElementReference> _links = new(StringComparer.Ordinal);
    private JobQuery _query = new();
    private FleetStore? _store;
    private IReadOnlyList<string> _shown = [];
    private IReadOnlyList<JobRow> _rows = [];
    private IReadOnlyList<(string State, int Count)> _states = [];
    private IReadOnlyList<(string Type, int Count)> _types = [];
    private IReadOnlyList<string> _labels = [];
    private int _most = PageSize;
    private int _cursor = -1;
    private string _text = "";
    private string _label = "";
    private string _problem = "";
    private int _new;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private OperationLog Operations { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Take(Navigation.Uri);
        WatchAddress(JobQuery.Path, () =>
        {
            Take(Navigation.Uri);
            return Task.FromResult(true);
        });
        WatchKeys(OnKeyAsync);
        Watch(Topics.Fleet | Topics.Operations | Topics.Status, _ => Follow());
    }

    private bool Follow()
    {
        var store = Replica.Store;
        if (_shown.Count == 0 || !ReferenceEquals(_store, store)) ShowNew();
        else
        {
            var held = _shown.ToHashSet(StringComparer.Ordinal);
            _new = store.Jobs.Count(j => !held.Contains(j.Id) && _query.Matches(j));
            Draw(store);
        }
        return true;
    }

    private void ShowNew()
    {
        var store = _store = Replica.Store;
        _shown = [.. _query.Of(store).Select(j => j.Id)];
        _labels = [.. store.Jobs.SelectMany(j => j.Labels).Select(l => $"{l.Key}={l.Value}").Where(l => Shared.Masked.Text(l) == l).Distinct().Order(StringComparer.Ordinal).Take(MostSuggested)];
        _new = 0;
        Draw(store);
    }

    private void Draw(FleetStore store)
    {
        var jobs = store.Jobs;
        _states = Counted(jobs, j => j.State, _query.States);
        _types = Counted(jobs, j => j.Type, _query.Types);
        var names = jobs.CountBy(j => (j.Namespace, j.Name)).Where(n => n.Value > 1 && n.Key.Name.Length > 0).Select(n => n.Key).ToHashSet();
        _rows = [.. _shown.Take(_most).Select(store.FindJob).OfType<Job>().Select(j => JobRow.Of(j, store, Operations, names.Contains((j.Namespace, j.Name))))];
    }

    private static IReadOnlyList<(string Word, int Count)> Counted(IReadOnlyList<Job> jobs, Func<Job, string> of, IReadOnlyList<string> chosen) =>
        [.. jobs.CountBy(of).Select(c => (c.Key, c.Value)).Concat(chosen.Where(c => !jobs.Any(j => of(j) == c)).Select(c => (c, 0))).OrderBy(c => c.Item1, StringComparer.Ordinal)];

    private void More()
    {
        _most += PageSize;
        Draw(Replica.Store);
    }

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

    private async Task OnKeyAsync(string key)
    {
        switch (key)
        {
            case "j" or "k" when _rows.Count > 0:
                _cursor = Math.Clamp(_cursor + (key == "j" ? 1 : -1), 0, _rows.Count - 1);
                StateHasChanged();
                // The focus scrolls the row into view, and Enter opens it as it opens any link.
                if (_links.TryGetValue(_rows[_cursor].Job.Id, out var link)) await link.FocusAsync();
                break;
            case "n" when _new > 0:
                ShowNew();
                StateHasChanged();
                break;
        }
    }

    private void Go(JobQuery query) => Navigation.NavigateTo(query.ToString());

    private void Take(string address)
    {
        _query = JobQuery.Parse(address);
        _text = _query.Text;
        _most = PageSize;
        _cursor = -1;
        _problem = _query.Labels.Select(l => LabelExpression.TryParse(l, out _, out var problem) ? "" : problem).FirstOrDefault(p => p.Length > 0) ?? "";
        ShowNew();
    }

    private static IReadOnlyList<string> Toggle(IReadOnlyList<string> values, string value) => values.Contains(value) ? [.. values.Where(v => v != value)] : [.. values, value];

    private static string Pressed(bool on) => on ? "true" : "false";
}
