using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>
/// Base of the pages with a long live list: executions, nodes. The address is the state of the page. Rows stay in their places and are updated there;
/// new rows wait behind a button. Short lists, which are sorted whole, have <see cref="ShortListPage{TRow}"/>.
/// </summary>
/// <typeparam name="TUrl">State of the page in its address.</typeparam>
/// <typeparam name="TQuery">Filters and sort.</typeparam>
/// <typeparam name="TColumn">A column of the list.</typeparam>
public abstract class LiveListPage<TUrl, TQuery, TColumn> : LiveComponentBase
    where TUrl : ListUrl<TQuery, TColumn>
    where TQuery : IEquatable<TQuery>
    where TColumn : struct, Enum
{
    private bool _loaded;
    private bool _rowsOnly, _rowsStay;

    /// <summary>This process's copy of the fleet.</summary>
    [Inject]
    protected Replica Replica { get; set; } = null!;

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    /// <summary>The address of the tab.</summary>
    [Inject]
    protected PageNavigation Navigation { get; set; } = null!;

    /// <summary>The page's path, without its query.</summary>
    protected abstract string Path { get; }

    /// <summary>The rows.</summary>
    protected abstract LiveList<TQuery> List { get; }

    /// <summary>The topics that change what is listed.</summary>
    protected abstract Topics Watched { get; }

    /// <summary>The state that is shown.</summary>
    protected TUrl Url { get; private set; } = null!;

    /// <summary>Address of the view, without the rows that are open or selected.</summary>
    protected string View { get; private set; } = "";

    /// <summary>Whether the keys <c>j</c> and <c>k</c> move over rows.</summary>
    protected virtual bool ShowsList => true;

    /// <summary>Reads the state from an address.</summary>
    protected abstract TUrl Parse(string address);

    /// <summary>Makes the list, when the page begins.</summary>
    protected abstract void Begin();

    /// <summary>The query to list for a state. Called once for each new address.</summary>
    protected virtual TQuery QueryOf(TUrl url) => url.Query;

    /// <summary>Scrolls the list so that a row is on screen.</summary>
    protected abstract ValueTask ScrollToAsync(int index);

    /// <summary>Handles the keys that are the page's own.</summary>
    protected abstract void OnKey(string key);

    /// <summary>The part of the page that renders the rows, where nothing else of the page depends on them; null otherwise.</summary>
    protected virtual LiveComponentBase? RowsPart => null;

    /// <summary>Whether the rendering that begins is for counts alone. Called once in it.</summary>
    protected bool TakeRowsStay()
    {
        var stay = _rowsStay;
        _rowsStay = false;
        return stay;
    }

    // A changed row is no reason to render the page around it.
    /// <inheritdoc/>
    protected override LiveComponentBase Changing
    {
        get
        {
            var only = _rowsOnly;
            _rowsOnly = false;
            return only && RowsPart is { } rows ? rows : this;
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Begin();
        Take(Parse(Navigation.Uri));
        WatchKeys(PressAsync);
        WatchAddress(Path, () =>
        {
            FollowUrl();
            return Task.FromResult(true);
        });
        Watch(Watched, _ =>
        {
            var move = List.Follow();
            (_rowsOnly, _rowsStay) = (move == ListMove.Rows && !List.TotalsMoved, move == ListMove.Counts);
            return move != ListMove.None;
        });
        // Otherwise the first signal would draw the rows again, also of a list that is paused.
        _loaded = Replica.Freshness.IsLoaded;
        Watch(Topics.Status, _ =>
        {
            var was = _loaded;
            _loaded = Replica.Freshness.IsLoaded;
            return List.Count == 0 || was != _loaded;
        });
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => FollowUrl();

    /// <summary>Reads the address of a view that the browser kept.</summary>
    protected ViewWords ReadView(string address)
    {
        var view = Parse(address).WithoutSelection;
        return new(view.ToString(), view.Describe(Replica.Store));
    }

    /// <summary>Goes to another state of the page.</summary>
    protected void Go(TUrl url, bool replace = false) => Navigation.NavigateTo(ViewAddress.Keep(url.ToString(), Here), replace: replace);

    /// <summary>The address of the tab, relative.</summary>
    protected string Here => Navigation.Here;

    /// <summary>Goes to other filters or another sort.</summary>
    protected void ChangeQuery(TQuery query) => Go(Url with { Query = query });

    /// <summary>Shows a column, or hides it.</summary>
    protected void ToggleColumn(TColumn column) => ShowColumns(Columns.Toggle(column));

    /// <summary>Gives a column another place.</summary>
    protected void MoveColumn((TColumn Column, int Place) move) => ShowColumns(Columns.Move(move.Column, move.Place));

    /// <summary>Gives a column a width in pixels, or its own when that is no number.</summary>
    protected void SizeColumn((TColumn Column, string? Width) size) => ShowColumns(Columns.Size(size.Column, size.Width));

    /// <summary>The edge of a column was drawn in the browser.</summary>
    protected void SizeDrawn(ChangeEventArgs change)
    {
        if (Columns.SizeDrawn(change.Value?.ToString()) is { } columns) ShowColumns(columns);
    }

    private ListColumns<TColumn> Columns => new(Url.Columns, Url.Widths);

    private void ShowColumns(ListColumns<TColumn> columns) => Go(Url with { Columns = columns.Shown, Widths = columns.Widths }, replace: true);

    /// <summary>Style of the head of a column that has a width.</summary>
    protected string? WidthOf(TColumn column) => ColumnText.Style(Url.Widths, column);

    /// <summary>Handles a key of the tree of groups.</summary>
    protected async Task PressTreeAsync(string key)
    {
        if (!List.Press(key)) OnKey(key);
        else if (List.Cursor >= 0) await ScrollToAsync(List.Cursor);
    }

    /// <summary>Id of the line that the keyboard is at, for a table that is a tree; null for none.</summary>
    protected string? LineAtCursor => List.Tree is not null && List.Cursor >= 0 ? GroupHead.LineId(List.Cursor) : null;

    /// <summary>Gives new rows their places.</summary>
    protected void ShowNew() => List.ShowNew();

    /// <summary>Pauses the list, or follows again.</summary>
    protected void TogglePause()
    {
        List.Pause(List.PausedSince is null);
        List.Follow();
    }

    private void FollowUrl()
    {
        // While another page is opened, this one is still told of its address.
        if (!IsAt(Path)) return;
        var url = Parse(Navigation.Uri);
        if (!url.Equals(Url)) Take(url);
    }

    private void Take(TUrl url)
    {
        var first = Url is null;
        Url = url;
        View = url.WithoutSelection.ToString();
        var query = QueryOf(url);
        if (first || List.IsRegrouped || !query.Equals(List.Query)) List.Show(query);
    }

    private Task PressAsync(string key) => InvokeAsync(async () =>
    {
        switch (key)
        {
            case "j" or "k" when ShowsList:
                if (List.MoveCursor(key == "j" ? 1 : -1)) await ScrollToAsync(List.Cursor);
                break;
            case "n":
                ShowNew();
                break;
            case "p":
                TogglePause();
                break;
            default:
                OnKey(key);
                break;
        }
        StateHasChanged();
    });
}
