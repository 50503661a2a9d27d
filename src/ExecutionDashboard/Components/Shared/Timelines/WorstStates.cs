using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>The state that needs a person most on each node, worked out for all viewers together and not more often than every few seconds.</summary>
public sealed class WorstStates(Replica replica, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private NodeWorst? _kept;
    private DateTimeOffset _at;
    private long _version;

    /// <summary>The states by node, at most some seconds old; the same object until they are worked out anew.</summary>
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
