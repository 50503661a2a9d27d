using System.Collections.Concurrent;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.DeploymentDetail;

/// <summary>Views of deployments, worked out once a signal for all who look at the same one. Safe for any thread.</summary>
public sealed class DeploymentViews(Replica replica, LiveSignals signals, TimeProvider time)
{
    private const int MostKept = 100;
    // A judgement over all executions costs more than all the rest, and nobody reads it five times a second: while much changes, one is made anew at a
    // time, in turn. While nothing does, all move with the clock.
    private static readonly TimeSpan JudgementPace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OldestJudgement = LiveSignals.ClockPace - TimeSpan.FromSeconds(1);

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
            var now = time.GetUtcNow();
            if (seen.View is { } kept && ReferenceEquals(seen.Store, store))
            {
                if (seen.Signal >= signal) return kept;
                var view = DeploymentView.Of(deployment, store, now, kept, seen.Due(now));
                if (view != kept) seen.View = view;
            }
            else
            {
                seen.Store = store;
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

        public FleetStore? Store { get; set; }
        public long Signal { get; set; }
        public DeploymentView? View { get; set; }

        /// <summary>All judgements were made.</summary>
        public void Judged(DateTimeOffset now) => Array.Fill(_judgedAt, now);

        /// <summary>The judgements to make now: the one whose turn it is, and those that are older than the clock's pace.</summary>
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
