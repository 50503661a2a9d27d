using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>Sorts rows by key, then by id.</summary>
internal static class RowSort
{
    /// <summary>Sorts <paramref name="rows"/>; <paramref name="keys"/> and <paramref name="ids"/> have the same length and are overwritten.</summary>
    public static void Sort(ulong[] keys, UInt128[] ids, int[] rows, bool ascending, IdTable texts)
    {
        var places = new int[rows.Length];
        for (var i = 0; i < places.Length; i++) places[i] = i;
        Array.Sort(keys, places);
        var byId = Comparer<int>.Create((a, b) => texts.Compare(ids[a], ids[b]));
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from]) to++;
            if (to - from > 1) Array.Sort(places, from, to - from, byId);
            from = to;
        }
        var unsorted = (int[])rows.Clone();
        for (var i = 0; i < places.Length; i++) rows[ascending ? i : places.Length - 1 - i] = unsorted[places[i]];
    }
}
