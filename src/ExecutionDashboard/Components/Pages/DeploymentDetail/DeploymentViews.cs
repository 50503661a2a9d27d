using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.DeploymentDetail;

/// <summary>Views of deployments, computed once per signal for all viewers. Safe for concurrent use.</summary>
public sealed class DeploymentViews(Replica replica, LiveSignals signals, TimeProvider time)
{
    private const int MostKept = 100;
    // Results from all executions cost more than the rest, and nobody reads them five times a second: during changes one of them is
    // computed at a time, in turn. Without changes all are computed with the clock.
    private static readonly TimeSpan JudgementPace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OldestJudgement = LiveSignals.ClockPace - TimeSpan.FromSeconds(1);

    // By store: a fleet that was replaced is not kept in memory until somebody looks again.
    private readonly ConditionalWeakTable<FleetStore, ConcurrentDictionary<string, Seen>> _seenOf = [];

    /// <summary>The view of a deployment, the same object until it changes; null without a deployment of this id.</summary>
    public DeploymentView? Of(string id)
    {
        // Read the signal count before the fleet: a later change raises another signal.
        var (store, signal) = (replica.Store, signals.Count);
        if (store.FindDeployment(id) is not { } deployment) return null;
        var all = _seenOf.GetOrCreateValue(store);
        if (all.Count >= MostKept && !all.ContainsKey(id)) all.Clear();
        var seen = all.GetOrAdd(id, _ => new Seen());
        lock (seen)
        {
            var now = time.GetUtcNow();
            if (seen.View is { } kept)
            {
                if (seen.Signal >= signal) return kept;
                var view = DeploymentView.Of(deployment, store, now, kept, seen.Due(now));
                if (view != kept) seen.View = view;
            }
            else
            {
                seen.View = DeploymentView.Of(deployment, store, now);
                seen.Judged(now);
            }
            seen.Signal = signal;
            return seen.View;
        }
    }

    private sealed class Seen
    {
        private readonly DateTimeOffset[] _judgedAt = new DateTimeOffset[DeploymentView.Judgements];
        private int _turn;

        public long Signal { get; set; }
        public DeploymentView? View { get; set; }

        /// <summary>All results were computed.</summary>
        public void Judged(DateTimeOffset now) => Array.Fill(_judgedAt, now);

        /// <summary>The results to compute now: the next in turn, and those that are too old.</summary>
        public HashSet<int> Due(DateTimeOffset now)
        {
            var due = Enumerable.Range(0, _judgedAt.Length).Where(i => now - _judgedAt[i] >= OldestJudgement).ToHashSet();
            if (due.Count == 0 && now - _judgedAt.Max() >= JudgementPace)
            {
                due.Add(_turn);
                _turn = (_turn + 1) % DeploymentView.Judgements;
            }
            foreach (var judgement in due) _judgedAt[judgement] = now;
            return due;
        }
    }
}
