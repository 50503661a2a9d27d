using System.Globalization;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>Pages of objects sorted by a key, then by id.</summary>
internal static class KeyedPage
{
    /// <summary>A page, and the token of the next one (empty at the end).</summary>
    public static (List<T> Rows, string Next) Of<T>(ListQuery query, IEnumerable<T> all, Func<T, string> key, Func<T, string> id)
    {
        var sign = query.Descending ? -1 : 1;
        var rows = all.Select(row => (Row: row, Key: key(row), Id: id(row))).ToList();
        if (query.Token is [var lastKey, var lastId])
            rows.RemoveAll(r => sign * Compare(r.Key, r.Id, lastKey, lastId) <= 0);
        rows.Sort((a, b) => sign * Compare(a.Key, a.Id, b.Key, b.Id));
        if (rows.Count <= query.Limit) return (rows.ConvertAll(r => r.Row), "");
        rows.RemoveRange(query.Limit, rows.Count - query.Limit);
        return (rows.ConvertAll(r => r.Row), query.Encode(rows[^1].Key, rows[^1].Id));
    }

    /// <summary>A time (UTC ticks) as a sortable key.</summary>
    public static string Key(long ticks) => ticks.ToString("D20", CultureInfo.InvariantCulture);

    private static int Compare(string key, string id, string otherKey, string otherId) =>
        string.CompareOrdinal(key, otherKey) is var byKey and not 0 ? byKey : string.CompareOrdinal(id, otherId);
}
