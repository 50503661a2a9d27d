namespace ExecutionDashboard.ControlPlane.Logs;

/// <summary>Follows the logs of jobs.</summary>
public interface IJobLogs
{
    /// <summary>
    /// Starts following. <see cref="ControlPlaneError.NotOffered"/> when the server does not support it, <see cref="ControlPlaneError.NotFound"/> without such a job.
    /// </summary>
    Task<ControlPlaneResult<LogStream>> FollowAsync(LogRequest request, CancellationToken cancel = default);
}

/// <summary>The lines to follow.</summary>
/// <param name="JobId">The job.</param>
public sealed record LogRequest(string JobId)
{
    /// <summary>Only this node; empty for all.</summary>
    public string NodeId { get; init; } = "";
    /// <summary>Start time, UTC; null for the server's default.</summary>
    public DateTimeOffset? Since { get; init; }
    /// <summary>Turns the node ids of the lines into those of the caller; null leaves them.</summary>
    public Func<string, string>? NodeIdOf { get; init; }
}

/// <summary>A log line.</summary>
/// <param name="At">Its time, UTC, to 100 ns; null when invalid.</param>
/// <param name="NodeId">The node that wrote it; may be empty.</param>
/// <param name="Level">Its level; <see cref="LogLevelName.None"/> when not sent.</param>
/// <param name="Text">Plain text (<see cref="Fleet.PlainText"/>) of one or more lines, at most <see cref="LogFrames.LongestLine"/> characters. Not masked.</param>
/// <param name="Left">Number of characters cut off at its end.</param>
public readonly record struct LogLine(DateTimeOffset? At, string NodeId, LogLevelName Level, string Text, int Left = 0);

/// <summary>Level of a line.</summary>
public enum LogLevelName : byte
{
    /// <summary>Not sent, or unknown.</summary>
    None,
    /// <summary>Debug.</summary>
    Debug,
    /// <summary>Information.</summary>
    Info,
    /// <summary>Warning.</summary>
    Warn,
    /// <summary>Error.</summary>
    Error,
}
