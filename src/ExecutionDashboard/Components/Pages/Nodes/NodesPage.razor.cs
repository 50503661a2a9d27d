using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations.Bulk;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>The nodes of the fleet: a map with one cell per node, and a live list. Its URL is its state; rows stay in their places and are updated there.</summary>
public sealed partial class NodesPage
{
    private const string UsualGroup = "region";
    private static readonly TimeSpan LabelPause = TimeSpan.FromSeconds(2);

    private NodeList _list = null!;
    private IReadOnlyList<string>? _chosen;
    private LongList<NodeRow>? _rows;
    private bool _forgotten;
    private ((IReadOnlyList<NodeColumn> Columns, bool AreSeveral, bool IsPast) Of, IReadOnlyList<NodeColumn> Columns) _shown = (([], false, false), []);
    private (FleetStore? Store, long Edition, DateTimeOffset At, bool Has) _usual;

    [Inject]
    private NodeSets Sets { get; set; } = null!;

    [Inject]
    private FilteredCounts Filtered { get; set; } = null!;

    [Inject]
    private BulkOperations Bulk { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    /// <inheritdoc/>
    protected override string Path => NodeListUrl.Path;

    /// <inheritdoc/>
    protected override LiveList<NodeQuery> List => _list;

    /// <inheritdoc/>
    protected override Topics Watched => Topics.Executions | Topics.Nodes | Topics.Jobs | Topics.Problems | Topics.Clock;

    /// <inheritdoc/>
    protected override bool ShowsList => Url.View != NodesView.Map;

    // What is not recorded of the past is left out, and is not nothing. Asked for each row, so worked out once.
    private IReadOnlyList<NodeColumn> Shown
    {
        get
        {
            var of = (Url.Columns, Replica.Store.Planes.AreSeveral, IsPast: Sight.At is not null);
            if (_shown.Of == of) return _shown.Columns;
            var shown = NodeColumns.Shown(of.Columns, of.AreSeveral);
            _shown = (of, of.IsPast ? [.. shown.Where(NodeColumns.IsRecorded)] : shown);
            return _shown.Columns;
        }
    }

    private string PlaneOf(NodeRow row) => row.Summary is { } summary ? Replica.Store.Planes.Of(summary.Node.Id) : "";

    private bool ShowsMap => Url.View != NodesView.List;

    private NodeMapView MapView => new(Url.Color, MapJob, Url.Group ?? (HasUsualGroup ? UsualGroup : ""));

    // During a first load the labels change at every tick, and counting them each time would cost more than the rest of the page.
    private bool HasUsualGroup
    {
        get
        {
            var (store, now) = (Replica.Store, Time.GetUtcNow());
            if (ReferenceEquals(_usual.Store, store) && (_usual.Edition == store.NodeTraitsEdition || now - _usual.At < LabelPause)) return _usual.Has;
            _usual = (store, store.NodeTraitsEdition, now, store.NodeFacets.Groupable(store.NodeCount).Any(l => l.Key == UsualGroup));
            return _usual.Has;
        }
    }

    // A map of versions needs a job: the selected one, else the one of the filter, else the first.
    private string MapJob => Url.Color != NodeColor.Version ? ""
        : Url.MapJob.Length > 0 ? Url.MapJob
        : Url.Query.Job.Length > 0 ? Url.Query.Job
        : Replica.Store.Jobs.FirstOrDefault()?.Id ?? "";

    /// <inheritdoc/>
    protected override void Begin() => _list = new NodeList(Replica, Filtered, Time)
    {
        AddressOf = query => ViewAddress.Keep((Url with { Query = query with { Ids = Url.Query.Ids }, ListGroup = NodeListGrouping.None }).ToString(), Here),
    };

    /// <inheritdoc/>
    protected override NodeListUrl Parse(string address) => NodeListUrl.Parse(address);

    /// <inheritdoc/>
    protected override NodeQuery QueryOf(NodeListUrl url)
    {
        _list.GroupBy(url.ListGroup);
        var kept = url.Set.Length > 0 ? Sets.Find(url.Set) : null;
        _forgotten = url.Set.Length > 0 && kept is null;
        _chosen = kept ?? (url.Query.Ids.Count > 0 ? url.Query.Ids : null);
        return url.Query with { Ids = _chosen ?? [] };
    }

    /// <inheritdoc/>
    protected override ValueTask ScrollToAsync(int index) => _rows?.ShowAsync(index) ?? ValueTask.CompletedTask;

    // Typing must not add history entries.
    private void Search(TypedText typed) => Go(Url with { Query = Url.Query.WithTerms(typed.Text) }, replace: typed.Continues);

    private void ChangeFromLegend(NodeQuery query) => Go(Url with { Query = query with { Ids = Url.Query.Ids } });

    private void Clear() => Go(Url with { Query = Url.Query.Cleared, Set = "" });

    private void ChangeMap(NodeMapView view) => Go(Url with { Color = view.Color, MapJob = view.Job, Group = view.GroupBy }, replace: true);

    private void Choose(IReadOnlyList<string> ids)
    {
        if (ids.Count == 0) return;
        var few = ids.Count <= NodeSets.MostInAddress;
        Go(Url with { Set = few ? "" : Sets.Keep(ids), Query = Url.Query with { Ids = few ? ids : [] } });
    }

    private void Forget() => Go(Url with { Set = "", Query = Url.Query with { Ids = [] } });

    private void Open(string? id)
    {
        if (id is { Length: > 0 }) Navigation.NavigateTo(NodeLabels.Address(id));
    }

    private string GroupedBy(string group) => ViewAddress.Keep((Url with { ListGroup = NodeListGrouping.Parse(group) }).ToString(), Here);

    private Task BulkGroupAsync(int line)
    {
        if (_list.QueryAt(line) is not { } query) return Task.CompletedTask;
        var selection = Replica.Store.SelectNodes(query);
        return Dialogs.AskForBulkAsync(Navigation, BulkTarget.OfNodes([.. Replica.Store.NodesOf(selection, 0, selection.Count).OfType<NodeSummary>().Select(n => n.Node.Id)]), NodeListUrl.For(query));
    }

    private void SortBy(NodeSort sort)
    {
        var descending = _list.Query.Sort == sort ? !_list.Query.Descending : NodeColumns.StartsDescending(sort);
        ChangeQuery(Url.Query with { Sort = sort, Descending = descending });
    }

    private string? AriaSort(NodeColumn column) =>
        NodeColumns.SortOf(column) != _list.Query.Sort ? null : _list.Query.Descending ? "descending" : "ascending";

    private string RowClass(NodeRow row) => row.Summary is null ? "gone"
        : (row.Index == _list.Cursor ? "cursor " : "") + (row.Summary.Matches ? "" : "left");

    /// <inheritdoc/>
    protected override void OnKey(string key)
    {
        switch (key)
        {
            case "Enter" when _list.IsHead(_list.Cursor):
                _list.Press(key);
                break;
            case "Enter":
                Open(_list.AtCursor()?.Id);
                break;
            case "Escape" when _chosen is not null:
                Forget();
                break;
        }
    }
}
