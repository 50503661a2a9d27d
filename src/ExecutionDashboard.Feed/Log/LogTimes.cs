using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Feed.Log;

/// <summary>Finds moments in the log.</summary>
internal static class LogTimes
{
    /// <summary>Name in <c>meta</c> of the number up to which the log was pruned.</summary>
    public const string PrunedToName = "pruned_to";

    /// <summary>Name in <c>meta</c> of how many changes were taken from the log.</summary>
    public const string DeletedName = "deleted";

    /// <summary>Name in <c>meta</c> of the moment before which it was pruned, ticks, UTC.</summary>
    public const string KnownSinceName = "known_since";

    /// <summary>Number of the last change that was seen by a moment; 0 when there is none. By halving: the numbers grow with the time.</summary>
    public static long LastSeenBy(SqliteConnection connection, DateTimeOffset at, long upTo)
    {
        using var statement = new Statement(connection, "SELECT seq, seen FROM events WHERE seq >= ? ORDER BY seq LIMIT 1");
        var (low, high, last) = (1L, upTo, 0L);
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            // Numbers of pruned changes are missing: the next one there is.
            if (!statement.Bind(1, middle).Read())
            {
                high = middle - 1;
                continue;
            }
            var (sequence, seen) = (statement.Long(0), statement.Long(1));
            statement.Reset();
            if (sequence > high || seen > at.UtcTicks)
            {
                high = middle - 1;
            }
            else
            {
                last = sequence;
                low = sequence + 1;
            }
        }
        return last;
    }

    /// <summary>The number up to which the log was pruned; 0 when it never was.</summary>
    public static long PrunedTo(SqliteConnection connection) => Meta(connection, PrunedToName);

    /// <summary>The log was pruned up to a later moment than this.</summary>
    public static bool IsPrunedAfter(SqliteConnection connection, DateTimeOffset at) => at.UtcTicks < Meta(connection, KnownSinceName);

    /// <summary>The moment since which the log is whole; null when it is empty.</summary>
    public static DateTimeOffset? KnownSince(SqliteConnection connection)
    {
        if (LogSchema.Scalar(connection, "SELECT seen FROM events ORDER BY seq LIMIT 1") is not long first) return null;
        return new DateTimeOffset(Math.Max(first, Meta(connection, KnownSinceName)), TimeSpan.Zero);
    }

    /// <summary>A number of <c>meta</c>; 0 when it is not there.</summary>
    public static long Meta(SqliteConnection connection, string name) =>
        LogSchema.Scalar(connection, $"SELECT value FROM meta WHERE name = '{name}'") is string text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
}
