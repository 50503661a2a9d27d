using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>The live list of executions. Its URL is its state; rows stand still and are patched in place.</summary>
public sealed partial class ExecutionsPage
{
    /// <summary>Most rows that can be selected at once.</summary>
    public const int MostChecked = 1_000;

    private ExecutionList _list = null!;
    private ExecutionListUrl _url = new(ExecutionQuery.All, ExecutionColumns.Default);
    private LongList<ExecutionRow>? _rows;
    private ElementReference _host;
    private IJSObjectReference? _module;
    private IReadOnlyList<ExecutionColumn[]> _runs = ExecutionColumns.Runs(ExecutionColumns.Default);
    private DotNetObjectReference<ExecutionsPage>? _self;
    private readonly Dictionary<ExecutionSort, Action> _sortClicks = [];
    private string _listed = "";
    private string _view = ExecutionListUrl.Path;
    private bool _shown;
    private bool _loaded;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private OperationLog Operations { get; set; } = null!;

    [Inject]
    private FilteredCounts Filtered { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    // What is opened is loaded, so it is no part of the document.
    private bool HasPanel => _url.Open.Length > 0 && RendererInfo.IsInteractive;

    private ExecutionQuery Cleared => new() { Sort = _list.Query.Sort, Ascending = _list.Query.Ascending };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _list = new ExecutionList(Replica, Operations, Filtered, Time);
        WatchKeys(OnKey);
        WatchAddress(ExecutionListUrl.Path, () =>
        {
            FollowUrl();
            return Task.FromResult(true);
        });
        Watch(Topics.Executions | Topics.Nodes | Topics.Jobs | Topics.Clock, _ => _list.Follow() != ListMove.None);
        Watch(Topics.Operations, _ => true);
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
        if (!IsAt(ExecutionListUrl.Path)) return;
        var url = ExecutionListUrl.Parse(Navigation.Uri);
        if (_shown && url.Equals(_url)) return;
        var requery = !_shown || !url.Query.Equals(_url.Query);
        _url = url;
        _view = (url with { Open = "", Tab = "" }).ToString();
        _runs = ExecutionColumns.Runs(url.Columns);
        _shown = true;
        if (!requery) return;
        _list.Show(url.Query);
        _listed = url.Query.ToUrl();
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => !firstRender ? Task.CompletedTask : WhileHereAsync(async () =>
    {
        _module = await ImportAsync("./js/shell.js");
        // Who has left meanwhile is not called back.
        if (Gone.IsCancellationRequested) return;
        _self = DotNetObjectReference.Create(this);
        await _module.InvokeVoidAsync("watchRows", _host, _self);
    });

    private ViewWords ReadView(string address)
    {
        var url = ExecutionListUrl.Parse(address) with { Open = "", Tab = "" };
        return new(url.ToString(), url.Words(Replica.Store));
    }

    private void Go(ExecutionListUrl url, bool replace = false) => Navigation.NavigateTo(url.ToString(), replace: replace);

    private void ChangeQuery(ExecutionQuery query) => Go(_url with { Query = query });

    // Typing must not fill the history.
    private void Search(TypedText typed) => Go(_url with { Query = _url.Query with { Text = typed.Text } }, replace: typed.Continues);

    private void ChangeTab(string tab) => Go(_url with { Tab = tab }, replace: true);

    private string LinkInPanel(string id) => (_url with { Open = id }).ToString();

    private void Close() => Go(_url with { Open = "", Tab = "" });

    private void ToggleColumn(ExecutionColumn column) =>
        Go(_url with { Columns = [.. (_url.Columns.Contains(column) ? _url.Columns.Except([column]) : _url.Columns.Append(column)).Order()] }, replace: true);

    private void SortBy(ExecutionSort sort)
    {
        var ascending = _list.Query.Sort == sort ? !_list.Query.Ascending : ExecutionColumns.StartsAscending(sort);
        ChangeQuery(_list.Query with { Sort = sort, Ascending = ascending });
    }

    private string? AriaSort(ExecutionColumn column) =>
        ExecutionColumns.SortOf(column) != _list.Query.Sort ? null : _list.Query.Ascending ? "ascending" : "descending";

    private void ShowNew() => _list.ShowNew();

    private void TogglePause()
    {
        _list.Pause(_list.PausedSince is null);
        _list.Follow();
    }

    /// <summary>The browser says that a row was clicked.</summary>
    [JSInvokable]
    public void OpenRow(int index, string? id)
    {
        if (!_list.Holds(id)) return;
        _list.PointAt(index);
        Go(_url with { Open = id! });
    }

    /// <summary>The browser says that a row's box was clicked, or the row with Shift: then all between it and the last one. It is told whether the row is checked now.</summary>
    [JSInvokable]
    public bool CheckRow(int index, string? id, bool withRange)
    {
        var isChecked = withRange ? _list.CheckTo(index, id, MostChecked) : _list.Check(id, MostChecked, index);
        StateHasChanged();
        return isChecked;
    }

    /// <summary>The browser says which rows were checked before it reloaded the page; those of this list are checked again.</summary>
    [JSInvokable]
    public void CheckRows(string[]? ids)
    {
        foreach (var id in (ids ?? []).Take(MostChecked))
            if (!_list.Checked.Contains(id ?? "")) _list.Check(id, MostChecked);
        StateHasChanged();
    }

    private Action SortClick(ExecutionSort sort)
    {
        if (!_sortClicks.TryGetValue(sort, out var click)) _sortClicks[sort] = click = () => SortBy(sort);
        return click;
    }

    private void CheckHeld(ChangeEventArgs change)
    {
        if (change.Value is true) _list.CheckAll(MostChecked);
        else _list.Checked.Clear();
    }

    private void CheckAll() => _list.CheckAll(MostChecked);

    private async Task StopChecked()
    {
        var parameters = new DialogParameters<StopManyDialog> { { d => d.Ids, [.. _list.Checked] } };
        var dialog = await Dialogs.ShowAsync<StopManyDialog>("", parameters, StopDialog.Options);
        if (await dialog.Result is { Canceled: false }) _list.Checked.Clear();
    }

    private string? RowClass(ExecutionRow row)
    {
        if (row.Execution is null) return "gone";
        var open = row.Execution.Id == _url.Open ? "open " : "";
        var cursor = row.Index == _list.Cursor ? "cursor " : "";
        return open + cursor + (_list.HasLeft(row) ? "left " : "") + (_list.Checked.Contains(row.Execution.Id) ? "checked" : "") is { Length: > 0 } words ? words : null;
    }

    private Task OnKey(string key) => InvokeAsync(async () =>
    {
        switch (key)
        {
            case "j" or "k":
                if (_list.MoveCursor(key == "j" ? 1 : -1) is not null && _rows is not null) await _rows.ShowAsync(_list.Cursor);
                break;
            case "Enter" when _list.AtCursor() is { Execution: { } opened }:
                Go(_url with { Open = opened.Id });
                break;
            case "x" when _list.AtCursor()?.Execution is { } execution:
                _list.Check(execution.Id, MostChecked, _list.Cursor);
                break;
            case "n":
                ShowNew();
                break;
            case "p":
                TogglePause();
                break;
            case "Escape" when _url.Open.Length > 0:
                Close();
                break;
            case "Escape":
                _list.Checked.Clear();
                break;
        }
        StateHasChanged();
    });

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _self?.Dispose();
    }
}
