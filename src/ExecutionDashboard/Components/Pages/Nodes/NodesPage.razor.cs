using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>The fleet's nodes: a map with a cell each, and a live list. The URL is the state; rows stand still and are patched in place.</summary>
public sealed partial class NodesPage
{
    private const string UsualGroup = "region";
    private static readonly TimeSpan LabelPause = TimeSpan.FromSeconds(2);

    private NodeList _list = null!;
    private NodeListUrl _url = new(NodeQuery.All, NodeColumns.Default);
    private IReadOnlyList<string>? _chosen;
    private LongList<NodeRow>? _rows;
    private IJSObjectReference? _module;
    private string _listed = "";
    private string _view = NodeListUrl.Path;
    private bool _shown, _forgotten;
    private bool _loaded;
    private (FleetStore? Store, long Edition, DateTimeOffset At, bool Has) _usual;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private NodeSets Sets { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool ShowsMap => _url.View != NodesView.List;

    private bool ShowsList => _url.View != NodesView.Map;

    private NodeMapView MapView => new(_url.Color, MapJob, _url.Group ?? (HasUsualGroup ? UsualGroup : ""));

    // While a fleet is loaded the labels change at every tick; to count them anew each time would cost more than the page.
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

    // A map of versions needs a job: the one chosen, else the one filtered by, else the first there is.
    private string MapJob => _url.Color != NodeColor.Version ? ""
        : _url.MapJob.Length > 0 ? _url.MapJob
        : _url.Query.Job.Length > 0 ? _url.Query.Job
        : Replica.Store.Jobs.FirstOrDefault()?.Id ?? "";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _list = new NodeList(Replica, Time, NodeListUrl.Parse(Navigation.Uri).Query);
        WatchKeys(OnKey);
        WatchAddress(NodeListUrl.Path, () =>
        {
            FollowUrl();
            return Task.FromResult(true);
        });
        Watch(Topics.Executions | Topics.Nodes | Topics.Jobs, _ => _list.Follow() != ListMove.None);
        Watch(Topics.Status, _ =>
        {
            var was = _loaded;
            _loaded = Replica.Freshness.IsLoaded;
            return _list.Count == 0 || was != _loaded;
        });
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => FollowUrl();

    private void FollowUrl()
    {
        if (!IsAt(NodeListUrl.Path)) return;
        var url = NodeListUrl.Parse(Navigation.Uri);
        if (_shown && url.Equals(_url)) return;
        var first = !_shown;
        var requery = first || !url.Query.Equals(_url.Query) || url.Set != _url.Set;
        _url = url;
        _view = url.WithoutChoice.ToString();
        _shown = true;
        if (!requery) return;
        var kept = url.Set.Length > 0 ? Sets.Find(url.Set) : null;
        _forgotten = url.Set.Length > 0 && kept is null;
        _chosen = kept ?? (url.Query.Ids.Count > 0 ? url.Query.Ids : null);
        var query = url.Query with { Ids = _chosen ?? [] };
        // It was made with the first one.
        if (!first || !query.Equals(_list.Query)) _list.Show(query);
        _listed = $"{url.Query.ToUrl()}&set={url.Set}";
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => !firstRender ? Task.CompletedTask : WhileHereAsync(async () => _module = await ImportAsync("./js/shell.js"));

    private ViewWords ReadView(string address)
    {
        var url = NodeListUrl.Parse(address).WithoutChoice;
        return new(url.ToString(), url.Words(Replica.Store));
    }

    private void Go(NodeListUrl url, bool replace = false) => Navigation.NavigateTo(url.ToString(), replace: replace);

    private void ChangeQuery(NodeQuery query) => Go(_url with { Query = query });

    // Typing must not fill the history.
    private void Search(TypedText typed) => Go(_url with { Query = _url.Query with { Text = typed.Text } }, replace: typed.Continues);

    private void ChangeFromLegend(NodeQuery query) => Go(_url with { Query = query with { Ids = _url.Query.Ids } });

    private void Clear() => Go(_url with { Query = _url.Query.Cleared, Set = "" });

    private void ChangeMap(NodeMapView view) => Go(_url with { Color = view.Color, MapJob = view.Job, Group = view.GroupBy }, replace: true);

    private void Choose(IReadOnlyList<string> ids)
    {
        if (ids.Count == 0) return;
        var few = ids.Count <= NodeSets.MostInAddress;
        Go(_url with { Set = few ? "" : Sets.Keep(ids), Query = _url.Query with { Ids = few ? ids : [] } });
    }

    private void Forget() => Go(_url with { Set = "", Query = _url.Query with { Ids = [] } });

    private void Open(string? id)
    {
        if (id is { Length: > 0 }) Navigation.NavigateTo(NodeLabels.Address(id));
    }

    private void ToggleColumn(NodeColumn column) =>
        Go(_url with { Columns = [.. (_url.Columns.Contains(column) ? _url.Columns.Except([column]) : _url.Columns.Append(column)).Order()] }, replace: true);

    private void SortBy(NodeSort sort)
    {
        var descending = _list.Query.Sort == sort ? !_list.Query.Descending : NodeColumns.StartsDescending(sort);
        ChangeQuery(_url.Query with { Sort = sort, Descending = descending });
    }

    private string? AriaSort(NodeColumn column) =>
        NodeColumns.SortOf(column) != _list.Query.Sort ? null : _list.Query.Descending ? "descending" : "ascending";

    private string RowClass(NodeRow row) => row.Standing is null ? "gone"
        : (row.Index == _list.Cursor ? "cursor " : "") + (row.Standing.Matches ? "" : "left");

    private void ShowNew() => _list.ShowNew();

    private void TogglePause()
    {
        _list.Pause(_list.PausedSince is null);
        _list.Follow();
    }

    private Task OnKey(string key) => InvokeAsync(async () =>
    {
        switch (key)
        {
            case "j" or "k" when ShowsList:
                if (_list.MoveCursor(key == "j" ? 1 : -1) && _rows is not null) await _rows.ShowAsync(_list.Cursor);
                break;
            case "Enter":
                Open(_list.AtCursor()?.Id);
                break;
            case "n":
                ShowNew();
                break;
            case "p":
                TogglePause();
                break;
            case "Escape" when _chosen is not null:
                Forget();
                break;
        }
        StateHasChanged();
    });
}
