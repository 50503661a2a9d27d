using System.Globalization;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage.Log;

/// <summary>Finds points in time in the log.</summary>
internal static class LogTimes
{
    /// <summary>Name in <c>meta</c> of the sequence number up to which the log was pruned.</summary>
    public const string PrunedToName = "pruned_to";

    /// <summary>Name in <c>meta</c> of the number of changes removed.</summary>
    public const string DeletedName = "deleted";

    /// <summary>Name in <c>meta</c> of the time before which it was pruned, ticks, UTC.</summary>
    public const string KnownSinceName = "known_since";

    /// <summary>Sequence number of the last change seen by a time; 0 without one. Binary search, because numbers increase with time.</summary>
    public static long LastSeenBy(SqliteConnection connection, DateTimeOffset at, long upTo)
    {
        using var statement = new Statement(connection, "SELECT seq, seen FROM events WHERE seq >= ? ORDER BY seq LIMIT 1");
        var (low, high, last) = (1L, upTo, 0L);
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            // Pruned numbers are missing: use the next existing one.
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

    /// <summary>Sequence number up to which the log was pruned; 0 when it never was.</summary>
    public static long PrunedTo(SqliteConnection connection) => Meta(connection, PrunedToName);

    /// <summary>Whether the log was pruned up to a later time.</summary>
    public static bool IsPrunedAfter(SqliteConnection connection, DateTimeOffset at) => at.UtcTicks < Meta(connection, KnownSinceName);

    /// <summary>Time since which the log is complete; null when it is empty.</summary>
    public static DateTimeOffset? KnownSince(SqliteConnection connection)
    {
        if (LogSchema.Scalar(connection, "SELECT seen FROM events ORDER BY seq LIMIT 1") is not long first) return null;
        return new DateTimeOffset(Math.Max(first, Meta(connection, KnownSinceName)), TimeSpan.Zero);
    }

    /// <summary>A number in <c>meta</c>; 0 without one.</summary>
    public static long Meta(SqliteConnection connection, string name) =>
        LogSchema.Scalar(connection, $"SELECT value FROM meta WHERE name = '{name}'") is string text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
}
