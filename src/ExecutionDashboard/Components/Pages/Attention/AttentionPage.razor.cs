using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations.Bulk;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Attention;

/// <summary>The live list of problems, open or resolved. Its URL is its state; a row opens its evidence and steps beside the list.</summary>
public sealed partial class AttentionPage
{
    private readonly Dictionary<string, ShownProblem> _seen = new(StringComparer.Ordinal);
    private AttentionQuery _query = new();
    private Loaded<IReadOnlyList<ShownProblem>> _past = Loaded<IReadOnlyList<ShownProblem>>.None;
    private IReadOnlyDictionary<string, int> _counts = new Dictionary<string, int>();

    [Inject]
    private ProblemViews Views { get; set; } = null!;

    [Inject]
    private Problems Problems { get; set; } = null!;

    [Inject]
    private ProblemClient Feed { get; set; } = null!;

    [Inject]
    private ProblemRecords Records { get; set; } = null!;

    [Inject]
    private PageTime Time { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    private bool IsPast => Sight.At is not null;

    /// <inheritdoc/>
    protected override string Path => AttentionQuery.Path;

    /// <inheritdoc/>
    protected override IReadOnlyList<ProblemColumn> Standard => ProblemColumns.Default;

    /// <inheritdoc/>
    protected override Topics Watched => Topics.Problems | Topics.Status | Topics.Clock;

    // Opening a row makes no other list of it.
    private string Opened => IsAt(AttentionQuery.Path) ? AttentionQuery.OpenIn(Navigation.Uri) : "";

    // What is opened is loaded, so it is no part of the document.
    private bool HasPanel => Opened.Length > 0 && RendererInfo.IsInteractive;

    private IReadOnlyList<ShownProblem> All => _query.Resolved ? _past.Value ?? [] : Views.Now.Open;

    private bool IsCounted => _query.Resolved ? _past.Value is not null : Replica.Freshness.IsLoaded || Listed.Count > 0;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Watch(Topics.Clock, async _ =>
        {
            if (_query.Resolved) await LoadPastAsync();
            return _query.Resolved;
        });
        if (_query.Resolved && RendererInfo.IsInteractive) await LoadPastAsync();
    }

    /// <inheritdoc/>
    protected override string ListIn(string address) => WithGroup(AttentionQuery.Parse(address).ToString(), GroupIn(address));

    /// <inheritdoc/>
    protected override IEnumerable<(string Code, string Word)> Groupings => [("cause", "Cause"), ("severity", "Severity")];

    /// <inheritdoc/>
    protected override object? Source => All;

    /// <inheritdoc/>
    protected override IEnumerable<string> MatchesNow(FleetStore store) => _query.Of(All, store, Now(), FoundOf()).Select(p => p.RowId);

    /// <inheritdoc/>
    protected override Func<string, GroupedEntity?>? GrouperOf(FleetStore store, string grouping)
    {
        Func<Problem, (string Key, string Name)>? group = grouping switch
        {
            "cause" => problem => (ProblemCauses.CodeOf(problem.Cause), ProblemLabels.Title(problem.Cause)),
            "severity" => problem => ProblemLabels.Severity(problem.Severity) is var word ? (word, word) : default,
            _ => null,
        };
        if (group is null) return null;
        var problems = new Dictionary<string, Problem>(StringComparer.Ordinal);
        foreach (var shown in All) problems[shown.RowId] = shown.Problem;
        return id => problems.TryGetValue(id, out var problem) && group(problem) is var (key, name) ? new(id, key, name, ProblemLabels.Severity(problem.Severity)) : null;
    }

    /// <inheritdoc/>
    protected override GroupPart PartOf(string state, int count) => new("severity sev-" + state, Icon.Of(state), state, count);

    /// <inheritdoc/>
    protected override string Narrowed(EntityGroup group) =>
        ViewAddress.Keep(WithColumns(With(_query.ToString(), Grouping, group.Key)), Here);

    /// <inheritdoc/>
    protected override BulkTarget TargetOf(FleetStore store, IReadOnlyList<string> ids)
    {
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        return BulkTarget.OfProblems(All.Where(p => wanted.Contains(p.RowId)).Select(p => p.Problem), store);
    }

    /// <inheritdoc/>
    protected override void Read(string address)
    {
        var wasResolved = _query.Resolved;
        _query = AttentionQuery.Parse(address);
        _seen.Clear();
        if (_query.Resolved && !wasResolved && RendererInfo.IsInteractive) _ = LoadPastAsync();
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Find(FleetStore store)
    {
        // What has ended is dropped when the list is made anew.
        _seen.Clear();
        return _query.Of(All, store, Now(), FoundOf()).Select(p => p.RowId);
    }

    /// <inheritdoc/>
    protected override int CountNew(FleetStore store, IReadOnlySet<string> listed)
    {
        var matches = _query.Matcher(store, Now(), FoundOf());
        return All.Count(p => !listed.Contains(p.RowId) && matches(p));
    }

    /// <inheritdoc/>
    protected override IEnumerable<ProblemRow> RowsOf(FleetStore store, IEnumerable<string> ids)
    {
        var now = Now();
        _counts = Counted(store, now);
        var all = new Dictionary<string, ShownProblem>(StringComparer.Ordinal);
        foreach (var problem in All) all[problem.RowId] = problem;
        // A problem that ended keeps its row, so that none moves under the pointer.
        foreach (var id in ids)
        {
            if (all.TryGetValue(id, out var shown)) yield return new(_seen[id] = shown, HasEnded: false, JobName(store, shown));
            else if (_seen.TryGetValue(id, out var last)) yield return new(last, HasEnded: true, JobName(store, last));
        }
    }

    /// <inheritdoc/>
    protected override string IdOf(ProblemRow row) => row.Id;

    /// <inheritdoc/>
    protected override void OnOtherKey(string key)
    {
        if (key == "Escape" && Opened.Length > 0) Close();
    }

    private async Task LoadPastAsync()
    {
        await LoadAsync(() => _past, past => _past = past, async cancel =>
        {
            var (resolved, problem) = await Records.ResolvedAsync(Feed, cancel);
            return resolved is null ? _past.Failed(problem ?? "") : _past.With(resolved);
        });
        if (Listed.Count == 0) ShowNew();
        StateHasChanged();
    }

    // Toggles count what the other filters leave.
    private Dictionary<string, int> Counted(FleetStore store, DateTimeOffset now)
    {
        var found = FoundOf();
        int Count(AttentionQuery others, Func<ShownProblem, bool> of) => All.Where(of).Count(others.Matcher(store, now, found));
        var counts = ProblemLabels.AllSeverities.ToDictionary(ProblemLabels.Severity, s => Count(_query with { Severities = [] }, p => p.Problem.Severity == s));
        counts["mine"] = Count(_query with { Mine = false }, p => p.Problem.AwaitsDecision);
        counts["unacknowledged"] = Count(_query with { Unacknowledged = false }, p => p.Record?.Acknowledgement is null);
        return counts;
    }

    // What the past concerned is known only as far as it was named.
    private Func<ShownProblem, FoundProblem?>? FoundOf()
    {
        if (_query.Resolved || !_query.Filter.Any(c => c.Field == FilterField.Node)) return null;
        var found = Problems.Found.DistinctBy(f => f.Problem.Id).ToDictionary(f => f.Problem.Id, StringComparer.Ordinal);
        return shown => found.GetValueOrDefault(shown.Problem.Id);
    }

    // Ages go by the moment of the data: while nothing is heard, nothing gets older.
    private DateTimeOffset Now() => (_query.Resolved ? null : Problems.AsOf) ?? Time.GetUtcNow();

    private static string JobName(FleetStore store, ShownProblem shown) => store.FindJob(shown.Problem.JobId)?.DisplayName ?? shown.Problem.JobId;

    private AttentionQuery Resorted(ProblemSort by) => _query with { Sort = by, Reversed = _query.Sort == by && !_query.Reversed };

    private ViewWords ReadView(string address)
    {
        var query = AttentionQuery.Parse(address);
        return Look(address, query.ToString(), query.Resolved ? "resolved" : "", AttentionFilterList.List.Words(query, Replica.Store));
    }

    private void Close() => Go(_query);

    private void Go(AttentionQuery query, bool replace = false) => Navigation.NavigateTo(ViewAddress.Keep(WithLook(query.ToString()), Here), replace: replace);
}
