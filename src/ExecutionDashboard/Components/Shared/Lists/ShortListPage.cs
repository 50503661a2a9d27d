using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>
/// Base of the lists that are short enough to be put in order whole: jobs, deployments, problems. Rows stand still and are drawn anew in place, some dozens
/// until more are asked for; what is new waits behind a button. The address is the state.
/// </summary>
/// <typeparam name="TRow">A row as it is drawn.</typeparam>
public abstract class ShortListPage<TRow> : LiveComponentBase
{
    private const int PageSize = 50;
    // By id: a row that moves keeps its element.
    private readonly Dictionary<string, ElementReference> _links = new(StringComparer.Ordinal);
    private FleetStore? _store;
    private int _most = PageSize;
    private string? _address;

    /// <summary>This process's copy of the fleet.</summary>
    [Inject]
    protected Replica Replica { get; set; } = null!;

    /// <summary>What was asked of the control plane.</summary>
    [Inject]
    protected OperationLog Operations { get; set; } = null!;

    /// <summary>Where the tab is.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>What the rows depend on.</summary>
    protected virtual Topics Watched => Topics.Fleet | Topics.Operations | Topics.Status;

    /// <summary>The page's path.</summary>
    protected abstract string Path { get; }

    /// <summary>Ids of all that is listed, in order.</summary>
    protected IReadOnlyList<string> Listed { get; private set; } = [];

    /// <summary>The rows drawn, from the first on.</summary>
    protected IReadOnlyList<TRow> Rows { get; private set; } = [];

    /// <summary>How many match that are not listed yet.</summary>
    protected int New { get; private set; }

    /// <summary>The row that the keys are at; -1 before the first key.</summary>
    protected int Cursor { get; private set; } = -1;

    /// <summary>The links of the rows, by id: the keys go from one to the next.</summary>
    protected IDictionary<string, ElementReference> Links => _links;

    /// <summary>The part of an address that says what is listed: another one is another list.</summary>
    protected virtual string ListIn(string address) => ListLength.Without(address);

    /// <summary>Reads which things to list from an address.</summary>
    protected abstract void Read(string address);

    /// <summary>Ids of the things that match, in order.</summary>
    protected abstract IEnumerable<string> Find(FleetStore store);

    /// <summary>How many match that are not among those listed.</summary>
    protected abstract int CountNew(FleetStore store, IReadOnlySet<string> listed);

    /// <summary>The rows of things that are still there. Called whenever something moved.</summary>
    protected abstract IEnumerable<TRow> RowsOf(FleetStore store, IEnumerable<string> ids);

    /// <summary>Id of a row's thing.</summary>
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

    /// <summary>Puts all that matches now in order.</summary>
    protected void ShowNew()
    {
        var store = _store = Replica.Store;
        Listed = [.. Find(store)];
        New = 0;
        Draw(store);
    }

    /// <summary>Draws some dozens more. The address says how many: who comes back finds them.</summary>
    protected void More() => Navigation.NavigateTo(ListLength.In(Navigation.Uri, _most + PageSize), replace: true);

    /// <summary>Values with one more, or one less where it was among them.</summary>
    protected static IReadOnlyList<string> Toggle(IReadOnlyList<string> values, string value) => values.Contains(value) ? [.. values.Where(v => v != value)] : [.. values, value];

    /// <summary>For <c>aria-pressed</c>.</summary>
    protected static string Pressed(bool on) => on ? "true" : "false";

    private void Take()
    {
        var before = _address;
        _address = ListIn(Navigation.Uri);
        _most = ListLength.Of(Navigation.Uri, PageSize);
        if (before == _address)
        {
            Draw(Replica.Store);
            return;
        }
        Read(Navigation.Uri);
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

    private void Draw(FleetStore store) => Rows = [.. RowsOf(store, Listed.Take(_most))];

    /// <summary>A key of the shell that the list itself has no use for.</summary>
    protected virtual void OnOtherKey(string key) { }

    private async Task OnKeyAsync(string key)
    {
        switch (key)
        {
            case "j" or "k" when Rows.Count > 0:
                Cursor = Math.Clamp(Cursor + (key == "j" ? 1 : -1), 0, Rows.Count - 1);
                StateHasChanged();
                // The focus scrolls the row into view, and Enter opens it as it opens any link.
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
