using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Timeline;

/// <summary>A lane for every node, live. Its URL is its state; lanes keep their order until the operator sorts them again.</summary>
public sealed partial class TimelinePage
{
    private const int MostLabels = 40;
    // For larger fleets only the number of nodes is checked.
    private const int ManyNodes = 5_000;
    // Checking the order of the whole fleet is too expensive for every change.
    private static readonly TimeSpan ReorderPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LoadingPause = TimeSpan.FromSeconds(1);

    private TimelineUrl _url = new();
    private IReadOnlyList<LaneRow> _all = [];
    // Without the lanes of folded groups.
    private IReadOnlyList<LaneRow> _rows = [];
    private IReadOnlyList<string> _labels = [];
    private int _nodes, _moved;
    private bool _shown;
    private DateTimeOffset _ordered;
    private string _view = TimelineUrl.Path, _last = TimelineUrl.Path;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private PageTime Time { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        WatchKeys(OnKey);
        WatchAddress(TimelineUrl.Path, () => Task.FromResult(FollowUrl()));
        Watch(Topics.Executions | Topics.Nodes, _ => LookForMoves());
        Watch(Topics.Status, _ => _rows.Count == 0);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => FollowUrl();

    private bool FollowUrl()
    {
        if (!IsAt(TimelineUrl.Path)) return false;
        var url = TimelineUrl.Parse(Navigation.Uri);
        if (_shown && url == _url) return false;
        var reorder = !_shown || !url.Query.Equals(_url.Query) || url.Group != _url.Group || url.Sort != _url.Sort;
        var fold = !url.Folded.Equals(_url.Folded);
        _url = url;
        (_view, _last) = (url.AsView.ToString(), url.AsLast.ToString());
        _shown = true;
        if (reorder) Reorder();
        else if (fold) _rows = LaneOrder.Folded(_all, _url.Folded);
        return true;
    }

    private ViewWords ReadView(string address)
    {
        var url = TimelineUrl.Parse(address).AsView;
        return new(url.ToString(), url.Words(Replica.Store));
    }

    private void Reorder()
    {
        _all = Ordered();
        _rows = LaneOrder.Folded(_all, _url.Folded);
        _nodes = _all.Count(r => !r.IsHead);
        _labels = LaneOrder.LabelKeys(Replica.Store, MostLabels);
        if (_url.Group.StartsWith(LaneOrder.ByLabel, StringComparison.Ordinal) && _url.Group[LaneOrder.ByLabel.Length..] is var key && !_labels.Contains(key)) _labels = [.. _labels, key];
        (_moved, _ordered) = (0, Time.GetUtcNow());
    }

    private IReadOnlyList<LaneRow> Ordered() => LaneOrder.Of(
        Replica.Store, _url.Query, _url.Group, _url.Sort, _url.Sort == LaneSort.Changes ? Replica.Tail.CountsByNode() : EmptyCounts);

    private bool LookForMoves()
    {
        if (_rows.Count == 0 || Replica.Freshness.Kind == FreshnessKind.Loading)
        {
            if (_rows.Count > 0 && Time.GetUtcNow() - _ordered < LoadingPause) return false;
            Reorder();
            return true;
        }
        // Sorted by changes, the order would move all the time; choosing the sort again updates it.
        if (Time.GetUtcNow() - _ordered < ReorderPause) return false;
        _ordered = Time.GetUtcNow();
        var before = _moved;
        var many = Replica.Store.Nodes.Count > ManyNodes;
        if (many || (_url.Sort == LaneSort.Changes && _url.Group.Length == 0 && _url.Query.IsUnfiltered))
        {
            if (!_url.Query.IsUnfiltered) return false;
            _moved = Math.Abs(Replica.Store.Nodes.Count - _nodes);
            return before != _moved;
        }
        var now = Ordered();
        _moved = Math.Abs(now.Count - _all.Count);
        for (var i = 0; i < Math.Min(now.Count, _all.Count); i++)
            if (now[i].NodeId != _all[i].NodeId) _moved++;
        return before != _moved;
    }

    private void Go(TimelineUrl url, bool replace = false) => Navigation.NavigateTo(ViewAddress.Keep(url.ToString(), Here), replace: replace);

    private string Here => Navigation.Here;

    private void ChangeQuery(ExecutionQuery query) => Go(_url with { Query = query });

    // Typing must not add history entries.
    private void Search(TypedText typed) => Go(_url with { Query = _url.Query.WithTerms(typed.Text) }, replace: typed.Continues);

    private void ChangeRange(TimelineRange range) => Go(_url with { Range = range }, replace: true);

    private void ChooseRange(TimeRange range) => ChangeRange(TimelineRange.Of(range, _url.Range.Span, Time.GetUtcNow()));

    private void Stay()
    {
        // Whole seconds, which are easier to read and to type.
        var now = Time.GetUtcNow();
        var (from, to) = _url.Range.At(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
        ChangeRange(TimelineRange.Between(from, to));
    }

    private void FollowNow() => ChangeRange(TimelineRange.Last(_url.Range.Span));

    private void ChangeGroup(ChangeEventArgs change) => Go(_url with { Group = change.Value?.ToString() ?? "", Folded = FoldedGroups.None });

    private void Fold(FoldedGroups folded) => Go(_url with { Folded = folded }, replace: true);

    private void ChangeSort(ChangeEventArgs change) => Go(_url with { Sort = Enum.TryParse<LaneSort>(change.Value?.ToString(), out var sort) ? sort : LaneSort.Name });

    private void ChangeHeight(ChangeEventArgs change) => Go(_url with { Height = change.Value?.ToString() ?? "middle" }, replace: true);

    private void ToggleFold(ChangeEventArgs change) => Go(_url with { Fold = change.Value is true }, replace: true);

    private void ToggleTable(ChangeEventArgs change) => Go(_url with { Table = change.Value is true }, replace: true);

    private void OpenExecution(string id) => Go(_url with { Open = id }, replace: _url.Open.Length > 0);

    private void ChangeTab(string tab) => Go(_url with { Tab = tab }, replace: true);

    private string LinkInPanel(string id) => ViewAddress.Keep((_url with { Open = id }).ToString(), Here);

    private void Close() => Go(_url with { Open = "", Tab = "" });

    private Task OnKey(string key) => InvokeAsync(() =>
    {
        if (key == "Escape" && _url.Open.Length > 0) Close();
    });

    private static IReadOnlyDictionary<string, int> EmptyCounts { get; } = new Dictionary<string, int>();
}
