using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.NodeDetail;

/// <summary>The nodes with problems and their common traits, computed for all viewers together, at most every few seconds.</summary>
public sealed class TroubledNodes(Replica replica, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private NodeTrouble? _kept;
    private DateTimeOffset _at;
    private (FleetStore Store, long Version) _of;

    /// <summary>The result, at most some seconds old.</summary>
    public NodeTrouble Now
    {
        get
        {
            lock (_gate)
            {
                var (store, now) = (replica.Store, time.GetUtcNow());
                if (_kept is not null && ReferenceEquals(_of.Store, store) && (_of.Version == store.Version || now - _at < Pace)) return _kept;
                (_of, _at) = ((store, store.Version), now);
                return _kept = NodeTrouble.Of(store);
            }
        }
    }
}
