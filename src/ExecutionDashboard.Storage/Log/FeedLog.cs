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

    /// <summary>Opens the log of a database, which is closed with it: to write it, or to follow it where several feeds may lead.</summary>
    public void Open(Database database)
    {
        _log = database.Lease is null ? ChangeLog.Open(database) : ChangeLog.OpenStandby(database);
        _reader = new LogReader(database);
    }

    public void Dispose()
    {
        if (_borrowed) return;
        _log?.Dispose();
    }
}
