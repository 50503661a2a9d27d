using System.Globalization;
using ExecutionDashboard.Simulator.Engine;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>Pages of history events, oldest first.</summary>
internal static class HistoryPage
{
    /// <summary>A page, and the token of the next one (empty at the end).</summary>
    public static (List<T> Rows, string Next) Of<T>(ListQuery query, IEnumerable<T> events, Func<T, long> sequence, Func<T, long> at)
    {
        var after = query.Token is null ? 0 : query.Number(0);
        var since = 0L;
        if (query.One("since") is { Length: > 0 } text)
            since = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.UtcTicks : throw new RefusedException(400, $"since '{text}' is not a time");
        var rows = events.Where(e => sequence(e) > after && at(e) >= since).Take(query.Limit + 1).ToList();
        if (rows.Count <= query.Limit) return (rows, "");
        rows.RemoveAt(query.Limit);
        return (rows, query.Encode(sequence(rows[^1]).ToString(CultureInfo.InvariantCulture)));
    }
}
