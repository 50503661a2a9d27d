using ExecutionDashboard.ControlPlane.Logs;

namespace ExecutionDashboard.Live.Logs;

/// <summary>A log line as a page shows it.</summary>
/// <param name="Number">Its number since the page started following, from 1.</param>
/// <param name="At">When it was written, UTC; null when not sent.</param>
/// <param name="NodeId">The node that wrote it; may be empty.</param>
/// <param name="Level">Its level.</param>
/// <param name="Text">The text without escapes, one or more lines, secrets masked.</param>
/// <param name="IsGap">Whether it is a note instead of a line: that lines may be missing here, or whose lines follow.</param>
/// <param name="Left">Number of characters that were cut off.</param>
public sealed record LogEntry(long Number, DateTimeOffset? At, string NodeId, LogLevelName Level, string Text, bool IsGap = false, int Left = 0);

/// <summary>Filters of log lines.</summary>
/// <param name="Text">Text in the line or the node's id; case does not matter; empty for all.</param>
/// <param name="Hidden">Levels that are not shown.</param>
/// <param name="NodeId">Only lines of this node; empty for all.</param>
/// <param name="From">Only lines written then or later, UTC; null for all. Lines without a time are in no range.</param>
/// <param name="To">Only lines written before then, UTC; null for all.</param>
public sealed record LogFilter(string Text, IReadOnlySet<LogLevelName> Hidden, string NodeId = "", DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>All lines.</summary>
    public static LogFilter All { get; } = new("", new HashSet<LogLevelName>());

    /// <summary>Whether no filter is set.</summary>
    public bool IsUnfiltered => Text.Length == 0 && Hidden.Count == 0 && NodeId.Length == 0 && !HasRange;

    /// <summary>Whether a range of time is set.</summary>
    public bool HasRange => From is not null || To is not null;

    /// <summary>Whether an entry is shown. Notes always are, because missing lines may have matched.</summary>
    public bool Matches(LogEntry entry) =>
        entry.IsGap || (!Hidden.Contains(entry.Level)
            && (NodeId.Length == 0 || string.Equals(entry.NodeId, NodeId, StringComparison.Ordinal))
            && (!HasRange || (entry.At is { } at && (From is null || at >= From) && (To is null || at < To)))
            && (Text.Length == 0 || entry.Text.Contains(Text, StringComparison.OrdinalIgnoreCase) || entry.NodeId.Contains(Text, StringComparison.OrdinalIgnoreCase)));
}
