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
