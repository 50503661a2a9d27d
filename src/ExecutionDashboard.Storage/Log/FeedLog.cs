namespace ExecutionDashboard.Storage.Log;

/// <summary>The open log, for history queries.</summary>
internal sealed class FeedLog : IDisposable
{
    private ChangeLog? _log;
    private LogReader? _reader;
    private readonly bool _borrowed;

    /// <summary>Whether the fleet and its lanes are loaded, so that history can be queried.</summary>
    public bool IsReady { get; set; }

    public ChangeLog Log => _log ?? throw new InvalidOperationException("The change log is not open yet.");

    public LogReader Reader => _reader ?? throw new InvalidOperationException("The change log is not open yet.");

    public FeedLog()
    {
    }

    /// <summary>For a log that is opened and closed elsewhere.</summary>
    internal FeedLog(ChangeLog log, LogReader reader) => (_log, _reader, _borrowed, IsReady) = (log, reader, true, true);

    public void Open(string file, TimeSpan lockTimeout)
    {
        _log = ChangeLog.Open(file, lockTimeout);
        _reader = new LogReader(file);
    }

    public void Dispose()
    {
        if (_borrowed) return;
        _reader?.Dispose();
        _log?.Dispose();
    }
}
