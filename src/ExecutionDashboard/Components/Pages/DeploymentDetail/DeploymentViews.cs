using System.Collections.Concurrent;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.DeploymentDetail;

/// <summary>Views of deployments, worked out once a tick for all who look at the same one.</summary>
public sealed class DeploymentViews(Replica replica, LiveSignals signals, TimeProvider time)
{
    private const int Kept = 100;

    private readonly ConcurrentDictionary<string, (FleetStore Store, long Signal, DeploymentView View)> _kept = new(StringComparer.Ordinal);

    /// <summary>The view of a deployment as it is now; null when there is none of that id.</summary>
    public DeploymentView? Of(string id)
    {
        // Read before the fleet is: what changes after that raises another signal.
        var (store, signal) = (replica.Store, signals.Count);
        if (store.FindDeployment(id) is not { } deployment) return null;
        if (_kept.TryGetValue(id, out var kept) && ReferenceEquals(kept.Store, store) && kept.Signal == signal) return kept.View;
        var view = DeploymentView.Of(deployment, store, time.GetUtcNow(), ReferenceEquals(kept.Store, store) ? kept.View : null);
        if (_kept.Count >= Kept) _kept.Clear();
        _kept[id] = (store, signal, view);
        return view;
    }
}
