using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Live.Bulk;

namespace ExecutionDashboard.Tests.Operations.Bulk;

/// <summary>A feed that takes every run and order, and notes them.</summary>
internal sealed class TakenRuns : IBulkFeed
{
    /// <summary>The runs, in order.</summary>
    public List<BulkStart> Started { get; } = [];

    /// <summary>The orders, in order.</summary>
    public List<BulkOrder> Ordered { get; } = [];

    public Task<BulkReply<BulkRun>> StartAsync(BulkStart start, CancellationToken cancel)
    {
        Started.Add(start);
        return Task.FromResult(new BulkReply<BulkRun>(start.Run));
    }

    public Task<BulkReply<BulkRun>> OrderAsync(string id, BulkOrder order, CancellationToken cancel)
    {
        Ordered.Add(order);
        return Task.FromResult(new BulkReply<BulkRun>(new BulkRun { Id = id }));
    }

    public Task<BulkReply<BulkRunList>> RunsAsync(long since, CancellationToken cancel) => Task.FromResult(new BulkReply<BulkRunList>(new(1, [])));
    public Task<BulkReply<BulkRunItems>> ItemsAsync(string id, long since, CancellationToken cancel) => Task.FromResult(new BulkReply<BulkRunItems>(null, "There is none.", true));
    public Task<BulkReply<BulkLease>> LeaseAsync(string driver, CancellationToken cancel) => throw new NotSupportedException();
    public Task<BulkReply<BulkRun>> WriteAsync(string id, BulkWrite write, CancellationToken cancel) => throw new NotSupportedException();
}
