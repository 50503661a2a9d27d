using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>
/// The rows of one viewer's live list: a selection whose rows stay in their places, the rows on screen, and the pause. It has no Blazor types and
/// belongs to one circuit. It is empty until <see cref="Show"/> is called.
/// </summary>
/// <typeparam name="TQuery">Filters and sort.</typeparam>
public abstract class LiveList<TQuery>(Replica replica, TimeProvider time, TQuery first) where TQuery : IEquatable<TQuery>
{
    // Lines that PageUp and PageDown pass.
    private const int PageOfKeys = 10;

    /// <summary>Filters and sort of the rows held.</summary>
    public TQuery Query { get; private set; } = first;

    /// <summary>Since when the list is paused, UTC; null while it follows.</summary>
    public DateTimeOffset? PausedSince { get; private set; }

    /// <summary>Index of the row that the keyboard is at; -1 for none.</summary>
    public int Cursor { get; private set; } = -1;

    /// <summary>Rows held, or lines of groups.</summary>
    public abstract int Count { get; }

    /// <summary>The groups of the rows; null when they are not grouped.</summary>
    public virtual IGroupTree? Tree => null;

    /// <summary>Rows that match now and are not held.</summary>
    public abstract int NewCount { get; }

    /// <summary>Rows that match now.</summary>
    public abstract int MatchingNow { get; }

    /// <summary>The store that the selection was made in. A new snapshot brings a new store.</summary>
    protected FleetStore Store { get; private set; } = replica.Store;

    /// <summary>Index of the first row on screen, and how many there are.</summary>
    protected (int Start, int Count) OnScreen { get; set; }

    /// <summary>The counts shown beside the rows; compared by equality.</summary>
    protected virtual object Totals => (NewCount, MatchingNow);

    /// <summary>Whether a list without rows is to be queried again.</summary>
    protected virtual bool MayHaveRows => true;

    /// <summary>Lists the rows that match a query now.</summary>
    public void Show(TQuery query)
    {
        if (IsRegrouped || !query.Equals(Query)) Cursor = -1;
        if (!query.Equals(Query)) OnOtherQuery();
        IsRegrouped = false;
        Query = query;
        Store = replica.Store;
        Select();
    }

    /// <summary>Runs the same query again, so that new rows take their places.</summary>
    public void ShowNew() => Show(Query);

    /// <summary>Pauses, or follows again.</summary>
    public void Pause(bool paused) => PausedSince = paused ? PausedSince ?? time.GetUtcNow() : null;

    /// <summary>Whether counts, or the rows held, changed with the last <see cref="Follow"/>.</summary>
    public bool TotalsMoved { get; private set; }

    /// <summary>Updates the rows and counts to now. Costs the changes since the last call and the rows on screen.</summary>
    public ListMove Follow()
    {
        TotalsMoved = false;
        if (PausedSince is not null) return ListMove.None;
        var (store, totals, held) = (Store, Totals, Count);
        bool moved;
        if (!ReferenceEquals(store, replica.Store) || (Count == 0 && MayHaveRows))
        {
            Show(Query);
            moved = TotalsMoved = Count > 0 || !ReferenceEquals(store, Store);
        }
        else moved = Refresh();
        TotalsMoved |= held != Count || !totals.Equals(Totals);
        return moved ? ListMove.Rows : TotalsMoved ? ListMove.Counts : ListMove.None;
    }

    /// <summary>Moves the cursor by <paramref name="by"/> rows; false when the list is empty.</summary>
    public bool MoveCursor(int by)
    {
        if (Count == 0) return false;
        Cursor = Math.Clamp(Cursor < 0 ? (by > 0 ? 0 : Count - 1) : Cursor + by, 0, Count - 1);
        return true;
    }

    /// <summary>Puts the cursor on a row; an index outside of the list changes nothing.</summary>
    public void PointAt(int index) => Cursor = index >= 0 && index < Count ? index : Cursor;

    /// <summary>Whether the rows are to be grouped by something else the next time they are listed.</summary>
    public bool IsRegrouped { get; protected set; }

    /// <summary>Handles a key of the tree.</summary>
    /// <returns>Whether it was one of its own: Enter on a row is not.</returns>
    public bool Press(string key)
    {
        if (Tree is not { } tree || Count == 0) return false;
        var (group, row) = Cursor < 0 ? (-1, -1) : tree.At(Cursor);
        switch (key)
        {
            case "ArrowDown": return MoveCursor(1);
            case "ArrowUp": return MoveCursor(-1);
            case "PageDown": return MoveCursor(PageOfKeys);
            case "PageUp": return MoveCursor(-PageOfKeys);
            case "Home": return MoveCursor(-Count);
            case "End": return MoveCursor(Count);
            case "ArrowRight" when group >= 0 && row < 0 && !tree.IsOpen(group):
            case "ArrowLeft" when group >= 0 && row < 0 && tree.IsOpen(group):
            case "Enter" when group >= 0 && row < 0:
                Fold(group);
                return true;
            case "ArrowRight" when group >= 0 && row < 0: return MoveCursor(Math.Min(1, tree.Count - Cursor - 1));
            case "ArrowLeft" when row >= 0:
                Cursor = tree.HeadOf(group);
                return true;
            default: return key != "Enter";
        }
    }

    /// <summary>Unfolds a group, or folds it; the cursor goes to its head.</summary>
    public void Fold(int group)
    {
        if (Tree is not { } tree || group < 0 || group >= tree.Groups) return;
        Fold(group, !tree.IsOpen(group));
        Cursor = tree.HeadOf(group);
    }

    /// <summary>Unfolds a group, or folds it.</summary>
    protected virtual void Fold(int group, bool open)
    {
    }

    /// <summary>Makes a new selection for <see cref="Query"/> in <see cref="Store"/>.</summary>
    protected abstract void Select();

    /// <summary>Brings the counts of the selection to now; true when a row on screen changed.</summary>
    protected abstract bool Refresh();

    /// <summary>Another query is about to be shown.</summary>
    protected virtual void OnOtherQuery()
    {
    }
}
