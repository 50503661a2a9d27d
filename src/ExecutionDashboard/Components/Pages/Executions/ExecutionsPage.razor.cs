using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Bulk;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>The live list of executions. Its URL is its state; rows stay in their places and are updated there.</summary>
public sealed partial class ExecutionsPage
{
    /// <summary>Most rows that can be selected at once.</summary>
    public const int MostChecked = 1_000;

    private ExecutionList _list = null!;
    private LongList<ExecutionRow>? _rows;
    private ElementReference _host;
    private IJSObjectReference? _module;
    private IReadOnlyList<ExecutionColumn> _columns = [];
    private IReadOnlyList<ExecutionColumn[]> _runs = [];
    private DotNetObjectReference<ExecutionsPage>? _self;

    [Inject]
    private OperationLog Operations { get; set; } = null!;

    [Inject]
    private StopOperations Stop { get; set; } = null!;

    [Inject]
    private BulkOperations Bulk { get; set; } = null!;

    [Inject]
    private FilteredCounts Filtered { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    protected override string Path => ExecutionListUrl.Path;

    /// <inheritdoc/>
    protected override LiveList<ExecutionQuery> List => _list;

    /// <inheritdoc/>
    protected override Topics Watched => Topics.Executions | Topics.Nodes | Topics.Jobs | Topics.Clock;

    // The panel loads data, so it is not prerendered.
    private bool HasPanel => Url.Open.Length > 0 && RendererInfo.IsInteractive;

    private ExecutionQuery Cleared => new() { Sort = _list.Query.Sort, Ascending = _list.Query.Ascending };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Watch(Topics.Operations, _ => true);
    }

    /// <inheritdoc/>
    protected override void Begin() => _list = new ExecutionList(Replica, Operations, Filtered, Time)
    {
        AddressOf = query => ViewAddress.Keep((Url.WithoutSelection with { Query = query, Group = ExecutionGrouping.None }).ToString(), Here),
    };

    /// <inheritdoc/>
    protected override ExecutionListUrl Parse(string address) => ExecutionListUrl.Parse(address);

    /// <inheritdoc/>
    protected override ExecutionQuery QueryOf(ExecutionListUrl url)
    {
        _columns = ExecutionColumns.Shown(url.Columns, Replica.Store.Planes.AreSeveral);
        _runs = ExecutionColumns.Runs(_columns);
        _list.GroupBy(url.Group);
        return url.Query;
    }

    /// <inheritdoc/>
    protected override LiveComponentBase? RowsPart => _rows;

    // With counts alone no row changed, apart from what the execution itself does not have: whether time took it out of the list, its chain and its labels.
    private bool RowsStay => TakeRowsStay() && !_list.Query.Filter.IsRelative && !Url.Columns.Contains(ExecutionColumn.Chain) && !Url.Columns.Contains(ExecutionColumn.Labels);

    /// <inheritdoc/>
    protected override ValueTask ScrollToAsync(int index) => _rows?.ShowAsync(index) ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => !firstRender ? Task.CompletedTask : WhileHereAsync(async () =>
    {
        _module = await ImportAsync("./js/shell.js");
        // The page may be left while the module loads.
        if (Gone.IsCancellationRequested) return;
        _self = DotNetObjectReference.Create(this);
        await _module.InvokeVoidAsync("watchRows", _host, _self);
    });

    // Typing must not add history entries.
    private void Search(TypedText typed) => Go(Url with { Query = Url.Query.WithTerms(typed.Text) }, replace: typed.Continues);

    private string GroupedBy(string group) => ViewAddress.Keep((Url.WithoutSelection with { Group = ExecutionGrouping.Parse(group) }).ToString(), Here);

    private void ChangeTab(string tab) => Go(Url with { Tab = tab }, replace: true);

    private string LinkInPanel(string id) => ViewAddress.Keep((Url with { Open = id }).ToString(), Here);

    private void Close() => Go(Url with { Open = "", Tab = "" });

    private void SortBy(ExecutionSort sort)
    {
        var ascending = _list.Query.Sort == sort ? !_list.Query.Ascending : ExecutionColumns.StartsAscending(sort);
        ChangeQuery(_list.Query with { Sort = sort, Ascending = ascending });
    }

    /// <summary>Called by the browser when a row was clicked.</summary>
    [JSInvokable]
    public void OpenRow(int index, string? id)
    {
        if (!_list.Holds(id)) return;
        _list.PointAt(index);
        Go(Url with { Open = id! });
    }

    /// <summary>Called by the browser when a row's box was clicked, or the row with Shift for a range. Returns whether the row is selected now.</summary>
    [JSInvokable]
    public bool CheckRow(int index, string? id, bool withRange)
    {
        var isChecked = withRange ? _list.CheckTo(index, id, MostChecked) : _list.Check(id, MostChecked, index);
        StateHasChanged();
        return isChecked;
    }

    /// <summary>Called by the browser after a reload, with the rows that were selected before; those of this list are selected again.</summary>
    [JSInvokable]
    public void CheckRows(string[]? ids)
    {
        foreach (var id in (ids ?? []).Take(MostChecked))
            if (!_list.Checked.Contains(id ?? "")) _list.Check(id, MostChecked);
        StateHasChanged();
    }

    private void CheckHeld(ChangeEventArgs change)
    {
        if (change.Value is true) _list.CheckAll(MostChecked);
        else _list.Checked.Clear();
    }

    private void CheckAll() => _list.CheckAll(MostChecked);

    // Bulk runs need a role for the whole fleet; who has one for a part stops what is selected at once.
    private bool MayStopInAPart => Bulk.WhyNone.Length > 0 && Stop.WhyNot(1).Length == 0;

    private string WhyNoStop => Stop.WhyNot(_list.Checked.Count);

    private async Task StopChecked()
    {
        var parameters = new DialogParameters<StopManyDialog> { { d => d.Ids, [.. _list.Checked] } };
        var dialog = await Dialogs.ShowAsync<StopManyDialog>("", parameters, StopDialog.Options);
        if (await dialog.Result is { Canceled: false }) _list.Checked.Clear();
    }

    // In waves: what matches the filters, or what is selected.
    private Task BulkMatching() => Dialogs.AskForBulkAsync(Navigation, new(_list.Query, null), ExecutionListUrl.For(_list.Query));

    private Task BulkGroup(int line)
    {
        if (_list.HeadAt(line) is not { } group) return Task.CompletedTask;
        var query = _list.QueryOf(group);
        return Dialogs.AskForBulkAsync(Navigation, new(query, null), ExecutionListUrl.For(query));
    }

    private async Task BulkChecked()
    {
        if (await Dialogs.AskForBulkAsync(Navigation, new(null, [.. _list.Checked]), "")) _list.Checked.Clear();
    }

    private string? RowClass(ExecutionRow row)
    {
        if (row.Execution is null) return "gone";
        var open = row.Execution.Id == Url.Open ? "open " : "";
        var cursor = row.Index == _list.Cursor ? "cursor " : "";
        return open + cursor + (_list.HasLeft(row) ? "left " : "") + (_list.Checked.Contains(row.Execution.Id) ? "checked" : "") is { Length: > 0 } words ? words : null;
    }

    /// <inheritdoc/>
    protected override void OnKey(string key)
    {
        switch (key)
        {
            case "Enter" when _list.HeadAt(_list.Cursor) is not null:
                _list.Press(key);
                break;
            case "Enter" when _list.AtCursor() is { Execution: { } opened }:
                Go(Url with { Open = opened.Id });
                break;
            case "x" when _list.AtCursor()?.Execution is { } execution:
                _list.Check(execution.Id, MostChecked, _list.Cursor);
                break;
            case "Escape" when Url.Open.Length > 0:
                Close();
                break;
            case "Escape":
                _list.Checked.Clear();
                break;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _self?.Dispose();
    }
}
