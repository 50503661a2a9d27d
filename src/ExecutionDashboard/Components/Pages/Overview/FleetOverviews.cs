using System.Runtime.CompilerServices;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Scopes;

namespace ExecutionDashboard.Components.Pages.Overview;

/// <summary>
/// The overview, worked out once for all viewers: the fleet with each signal, its changes with each second. Safe for any thread.
/// </summary>
public sealed class FleetOverviews(Replica replica, LiveSignals signals, RolloutSummaries summaries, TimeProvider time, FleetSight sight)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    // By store: a fleet that was replaced is not kept in memory until somebody looks again.
    private readonly ConditionalWeakTable<FleetStore, Kept> _fleets = [];
    private (DateTimeOffset At, ChangeOverview View)? _changes;

    /// <summary>The fleet now; the same object until something changed.</summary>
    public FleetOverview Fleet
    {
        get
        {
            lock (_gate)
            {
                // Read before the fleet is: what changes after that raises another signal.
                var (store, signal) = (replica.Store, signals.Count);
                if (_fleets.TryGetValue(store, out var kept) && kept.Signal == signal) return kept.View;
                var view = FleetOverview.Of(store, replica.Freshness.IsLoaded, summaries);
                _fleets.AddOrUpdate(store, new(signal, view));
                return view;
            }
        }
    }

    /// <summary>The changes up to now, at most a second ago.</summary>
    public ChangeOverview Changes
    {
        get
        {
            lock (_gate)
            {
                var now = time.GetUtcNow();
                // What is counted is what comes in now.
                if (sight.At is { } at) return ChangeOverview.Past(at);
                if (_changes is { } kept && now - kept.At < Pace) return kept.View;
                var view = ChangeOverview.Of(replica.Rate, now, replica.Freshness.IsLoaded);
                _changes = (now, view);
                return view;
            }
        }
    }

    private sealed record Kept(long Signal, FleetOverview View);
}
