using System.Collections.Concurrent;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.DeploymentDetail;

/// <summary>Views of deployments, worked out once a signal for all who look at the same one. Safe for any thread.</summary>
public sealed class DeploymentViews(Replica replica, LiveSignals signals, TimeProvider time)
{
    private const int MostKept = 100;
    // A judgement over all executions costs more than all the rest, and nobody reads it five times a second: one is made anew at a time, in turn.
    private static readonly TimeSpan JudgementPace = TimeSpan.FromSeconds(1);

    private FleetStore? _store;
    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>The view of a deployment as it is now, the same object until something of it changed; null when there is none of that id.</summary>
    public DeploymentView? Of(string id)
    {
        // Read before the fleet is: what changes after that raises another signal.
        var (store, signal) = (replica.Store, signals.Count);
        if (store.FindDeployment(id) is not { } deployment) return null;
        // A fleet that was replaced is not held by views that nobody asks for any more.
        if (!ReferenceEquals(Interlocked.Exchange(ref _store, store), store) || (_seen.Count >= MostKept && !_seen.ContainsKey(id))) _seen.Clear();
        var seen = _seen.GetOrAdd(id, _ => new Seen());
        lock (seen)
        {
            if (seen.View is { } kept && ReferenceEquals(seen.Store, store))
            {
                if (seen.Signal >= signal) return kept;
                var now = time.GetUtcNow();
                var isDue = now - seen.JudgedAt >= JudgementPace;
                var view = DeploymentView.Of(deployment, store, now, kept, isDue ? seen.Turn : DeploymentView.Judgements);
                if (isDue) (seen.JudgedAt, seen.Turn) = (now, (seen.Turn + 1) % DeploymentView.Judgements);
                if (view != kept) seen.View = view;
            }
            else
            {
                (seen.Store, seen.JudgedAt) = (store, time.GetUtcNow());
                seen.View = DeploymentView.Of(deployment, store, seen.JudgedAt);
            }
            seen.Signal = signal;
            return seen.View;
        }
    }

    private sealed class Seen
    {
        public FleetStore? Store { get; set; }
        public long Signal { get; set; }
        public DeploymentView? View { get; set; }
        public DateTimeOffset JudgedAt { get; set; }
        public int Turn { get; set; }
    }
}
