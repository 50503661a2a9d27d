using ExecutionDashboard.Fleet.Bulk;

namespace ExecutionDashboard.Live.Bulk;

/// <summary>What the feed answered.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The answer; null when there is none.</param>
/// <param name="Problem">Why there is none, for people.</param>
/// <param name="IsRefused">The feed said no, and did nothing. Where it is false without a value, what happened is not known.</param>
public readonly record struct BulkReply<T>(T? Value, string Problem = "", bool IsRefused = false) where T : class;

/// <summary>The bulk runs as the feed keeps them for all dashboards. Methods never throw for errors of feed or network.</summary>
public interface IBulkFeed
{
    /// <summary>Starts a run; the same id again is the same run.</summary>
    Task<BulkReply<BulkRun>> StartAsync(BulkStart start, CancellationToken cancel);
    /// <summary>The runs that changed after a version.</summary>
    Task<BulkReply<BulkRunList>> RunsAsync(long since, CancellationToken cancel);
    /// <summary>A run, and its items that changed after a version.</summary>
    Task<BulkReply<BulkRunItems>> ItemsAsync(string id, long since, CancellationToken cancel);
    /// <summary>Asks to drive the runs, or to go on with it.</summary>
    Task<BulkReply<BulkLease>> LeaseAsync(string driver, CancellationToken cancel);
    /// <summary>Writes what became of items: all of it, or nothing.</summary>
    Task<BulkReply<BulkRun>> WriteAsync(string id, BulkWrite write, CancellationToken cancel);
    /// <summary>Gives a person's order.</summary>
    Task<BulkReply<BulkRun>> OrderAsync(string id, BulkOrder order, CancellationToken cancel);
}
