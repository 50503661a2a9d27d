using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>The worst execution state of each node, computed for all viewers together, at most every few seconds.</summary>
public sealed class WorstStates(Replica replica, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private NodeWorst? _kept;
    private DateTimeOffset _at;
    private long _version;

    /// <summary>The states by node, at most some seconds old; the same object until they are computed again.</summary>
    public NodeWorst Now
    {
        get
        {
            lock (_gate)
            {
                var (store, now) = (replica.Store, time.GetUtcNow());
                if (_kept is not null && ReferenceEquals(_kept.Store, store) && (_version == store.Version || now - _at < Pace)) return _kept;
                (_version, _at) = (store.Version, now);
                return _kept = store.Worst();
            }
        }
    }
}
