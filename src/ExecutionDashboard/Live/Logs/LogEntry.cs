using ExecutionDashboard.ControlPlane.Logs;

namespace ExecutionDashboard.Live.Logs;

/// <summary>A line of a log as a page shows it.</summary>
/// <param name="Number">Its place in the log since the page began to follow, from 1.</param>
/// <param name="At">When it was written, UTC; null when not told.</param>
/// <param name="NodeId">The node that wrote it; may be empty.</param>
/// <param name="Level">Its level.</param>
/// <param name="Text">The text, plain, of one or more lines, secrets masked.</param>
/// <param name="IsGap">It is no line of the log, but says that lines may be missing here, or whose lines follow.</param>
/// <param name="Left">Characters of the text that are not kept.</param>
public sealed record LogEntry(long Number, DateTimeOffset? At, string NodeId, LogLevelName Level, string Text, bool IsGap = false, int Left = 0);

/// <summary>Which lines are shown.</summary>
/// <param name="Text">Found in the text or the node's id; case does not matter; empty is all.</param>
/// <param name="Hidden">Levels that are not shown.</param>
/// <param name="NodeId">Only of this node; empty is all.</param>
public sealed record LogFilter(string Text, IReadOnlySet<LogLevelName> Hidden, string NodeId = "")
{
    /// <summary>Every line.</summary>
    public static LogFilter All { get; } = new("", new HashSet<LogLevelName>());

    /// <summary>Lets everything through.</summary>
    public bool IsUnfiltered => Text.Length == 0 && Hidden.Count == 0 && NodeId.Length == 0;

    /// <summary>Whether a line is shown. Gaps always are: what is missing may have matched.</summary>
    public bool Matches(LogEntry entry) =>
        entry.IsGap || (!Hidden.Contains(entry.Level)
            && (NodeId.Length == 0 || string.Equals(entry.NodeId, NodeId, StringComparison.Ordinal))
            && (Text.Length == 0 || entry.Text.Contains(Text, StringComparison.OrdinalIgnoreCase) || entry.NodeId.Contains(Text, StringComparison.OrdinalIgnoreCase)));
}
