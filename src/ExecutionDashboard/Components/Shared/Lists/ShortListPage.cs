using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>
/// Base of the pages whose list is short enough to be sorted whole: jobs, deployments, problems. Rows stay in their places and are updated there; some dozens are
/// rendered until more are requested, and new rows wait behind a button. The address is the state of the page.
/// </summary>
/// <typeparam name="TRow">A row.</typeparam>
public abstract partial class ShortListPage<TRow> : LiveComponentBase where TRow : class
{
    private const int PageSize = 50;
    // By id, so that a row that moves keeps its element.
    private readonly Dictionary<string, ElementReference> _links = new(StringComparer.Ordinal);
    private FleetStore? _store;
    private int _most = PageSize;
    private string? _address;

    /// <summary>This process's copy of the fleet.</summary>
    [Inject]
    protected Replica Replica { get; set; } = null!;

    /// <summary>The commands of operators.</summary>
    [Inject]
    protected OperationLog Operations { get; set; } = null!;

    /// <summary>The address of the tab.</summary>
    [Inject]
    protected PageNavigation Navigation { get; set; } = null!;

    /// <summary>The address of the tab, relative.</summary>
    protected string Here => Navigation.Here;

    /// <summary>Topics that the rows depend on.</summary>
    protected virtual Topics Watched => Topics.Fleet | Topics.Operations | Topics.Status;

    /// <summary>The page's path.</summary>
    protected abstract string Path { get; }

    /// <summary>Ids of all listed entities, in order.</summary>
    protected IReadOnlyList<string> Listed { get; private set; } = [];

    /// <summary>The rendered rows.</summary>
    protected IReadOnlyList<TRow> Rows { get; private set; } = [];

    /// <summary>Number of matches that are not listed yet.</summary>
    protected int New { get; private set; }

    /// <summary>Index of the row at the cursor; -1 before the first key.</summary>
    protected int Cursor { get; private set; } = -1;

    /// <summary>Links of the rows by id, for moving the focus with keys.</summary>
    protected IDictionary<string, ElementReference> Links => _links;

    /// <summary>The part of an address that determines the list.</summary>
    protected virtual string ListIn(string address) => ListLength.Without(address);

    /// <summary>Reads from an address how rows are shown, which makes no other list.</summary>
    protected virtual void ReadLook(string address) { }

    /// <summary>Parses the filters of an address.</summary>
    protected abstract void Read(string address);

    /// <summary>Ids of the matches, in order.</summary>
    protected abstract IEnumerable<string> Find(FleetStore store);

    /// <summary>Number of matches that are not listed.</summary>
    protected abstract int CountNew(FleetStore store, IReadOnlySet<string> listed);

    /// <summary>The rows of the entities that still exist. Called after every change.</summary>
    protected abstract IEnumerable<TRow> RowsOf(FleetStore store, IEnumerable<string> ids);

    /// <summary>Id of a row.</summary>
    protected abstract string IdOf(TRow row);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Take();
        WatchAddress(Path, () =>
        {
            Take();
            return Task.FromResult(true);
        });
        WatchKeys(OnKeyAsync);
        Watch(Watched, _ => Follow());
    }

    /// <summary>Lists and sorts all matches.</summary>
    protected void ShowNew()
    {
        var store = _store = Replica.Store;
        Listed = [.. Find(store)];
        New = 0;
        HoldGroups(store);
        Draw(store);
    }

    /// <summary>Renders some dozens more rows. The address has the number, so that it survives a reload.</summary>
    protected void More() => Navigation.NavigateTo(ListLength.In(Navigation.Uri, _most + PageSize), replace: true);

    /// <summary>Adds a value, or removes it if it is there.</summary>
    protected static IReadOnlyList<string> Toggle(IReadOnlyList<string> values, string value) => values.Contains(value) ? [.. values.Where(v => v != value)] : [.. values, value];

    /// <summary>For <c>aria-pressed</c>.</summary>
    protected static string Pressed(bool on) => on ? "true" : "false";

    private void Take()
    {
        ReadLook(Navigation.Uri);
        var before = _address;
        _address = ListIn(Navigation.Uri);
        _most = ListLength.Of(Navigation.Uri, PageSize);
        if (before == _address)
        {
            Draw(Replica.Store);
            return;
        }
        Read(Navigation.Uri);
        TakeGrouping(Replica.Store);
        Cursor = -1;
        ShowNew();
    }

    private bool Follow()
    {
        var store = Replica.Store;
        if (Listed.Count == 0 || !ReferenceEquals(_store, store)) ShowNew();
        else
        {
            New = CountNew(store, Listed.ToHashSet(StringComparer.Ordinal));
            Draw(store);
        }
        return true;
    }

    private void Draw(FleetStore store)
    {
        // Problems are followed by their rows, so these are read in any case.
        Rows = [.. RowsOf(store, Listed.Take(_most))];
        DrawLines(store);
    }

    /// <summary>Handles the keys that the list does not.</summary>
    protected virtual void OnOtherKey(string key) { }

    private async Task OnKeyAsync(string key)
    {
        switch (key)
        {
            case "j" or "k" when Tree is not null:
                PressTree(key == "j" ? "ArrowDown" : "ArrowUp");
                StateHasChanged();
                break;
            case "j" or "k" when Rows.Count > 0:
                Cursor = Math.Clamp(Cursor + (key == "j" ? 1 : -1), 0, Rows.Count - 1);
                StateHasChanged();
                // The focus scrolls the row into view, and Enter opens its link.
                if (_links.TryGetValue(IdOf(Rows[Cursor]), out var link)) await link.FocusAsync();
                break;
            case "n" when New > 0:
                ShowNew();
                StateHasChanged();
                break;
            default:
                OnOtherKey(key);
                break;
        }
    }
}
