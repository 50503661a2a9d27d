namespace ExecutionDashboard.ControlPlane.Logs;

/// <summary>The logs of jobs, as they are written.</summary>
public interface IJobLogs
{
    /// <summary>
    /// Starts to follow. <see cref="ControlPlaneError.NotOffered"/> where the server has no such stream, <see cref="ControlPlaneError.NotFound"/> where it has no such job.
    /// </summary>
    Task<ControlPlaneResult<LogStream>> FollowAsync(LogRequest request, CancellationToken cancel = default);
}

/// <summary>Which lines to follow.</summary>
/// <param name="JobId">The job.</param>
public sealed record LogRequest(string JobId)
{
    /// <summary>Only of this node; empty is all.</summary>
    public string NodeId { get; init; } = "";
    /// <summary>Only from this moment on, UTC; null leaves it to the server.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>One line of a log.</summary>
/// <param name="At">When it was written, UTC, to 100 ns; null when the server's stamp makes no sense.</param>
/// <param name="NodeId">The node that wrote it; may be empty.</param>
/// <param name="Level">Its level; <see cref="LogLevelName.None"/> where none was sent.</param>
/// <param name="Text">Plain text (<see cref="Fleet.PlainText"/>) of one or more lines, at most <see cref="LogFrames.LongestLine"/> characters. Not masked.</param>
/// <param name="Left">Characters of it that were left out at its end.</param>
public readonly record struct LogLine(DateTimeOffset? At, string NodeId, LogLevelName Level, string Text, int Left = 0);

/// <summary>How grave a line is.</summary>
public enum LogLevelName : byte
{
    /// <summary>Not told, or a word that is none of the others.</summary>
    None,
    /// <summary>For those who look for a fault.</summary>
    Debug,
    /// <summary>As it should be.</summary>
    Info,
    /// <summary>Odd, but it goes on.</summary>
    Warn,
    /// <summary>Something failed.</summary>
    Error,
}
