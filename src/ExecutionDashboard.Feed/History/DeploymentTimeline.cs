using System.Collections.Concurrent;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.History;

/// <summary>
/// Number of a deployment's nodes in each state over time, from its first change to now. Counts the execution that was the newest of its node at each time. Computed
/// at most every few seconds for all viewers.
/// </summary>
internal sealed class DeploymentTimeline(FeedLog log, FleetMirror mirror, TimeProvider time)
{
    private const int Moments = 120;
    private const int KeptDeployments = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Lazy<DeploymentHistory?> History)> _kept = new(StringComparer.Ordinal);

    /// <summary>The history; null for an unknown deployment without executions.</summary>
    public DeploymentHistory? Of(string id)
    {
        var now = time.GetUtcNow();
        if (_kept.TryGetValue(id, out var kept) && now - kept.At < Kept) return kept.History.Value;
        if (_kept.Count >= KeptDeployments) _kept.Clear();
        var fresh = new Lazy<DeploymentHistory?>(() => Make(id, now));
        _kept[id] = (now, fresh);
        return fresh.Value;
    }

    private DeploymentHistory? Make(string id, DateTimeOffset now)
    {
        var deployment = mirror.Deployments.Find(id);
        var executions = ExecutionsOf(id, deployment).Select(known => (known.Value, known.Last)).ToList();
        if (deployment is null && executions.Count == 0) return null;
        var steps = NewestOfNodes(executions.ConvertAll(e => e.Value), log.Reader.StatesOf(executions.ConvertAll(e => e.Last)));
        if (steps.Count == 0) return new DeploymentHistory([], []);

        var end = deployment is { IsOpen: false, CompletedAt: { } completed } ? completed.AddTicks((completed - (deployment.CreatedAt ?? completed)).Ticks / 10) : now;
        var start = deployment?.CreatedAt ?? steps.Min(s => s.States[0].At);
        if (end <= start) end = start.AddSeconds(1);
        var times = Enumerable.Range(0, Moments).Select(i => start + (end - start) * i / (Moments - 1)).ToArray();
        var counts = new Dictionary<ExecutionState, int[]>();
        foreach (var (states, until) in steps)
        {
            var last = until is { } replaced ? MomentAtOrAfter(times, replaced) : Moments;
            for (var i = 0; i < states.Count; i++)
            {
                var from = MomentAtOrAfter(times, states[i].At);
                var to = Math.Min(last, i + 1 < states.Count ? MomentAtOrAfter(times, states[i + 1].At) : Moments);
                if (to <= from) continue;
                var series = counts.TryGetValue(states[i].State, out var known) ? known : counts[states[i].State] = new int[Moments];
                for (var moment = from; moment < to; moment++) series[moment]++;
            }
        }
        return new DeploymentHistory(times, [.. counts.OrderBy(c => Order(c.Key)).Select(c => new DeploymentSeries(c.Key, c.Value))]);
    }

    // An execution counts until the next one on its node starts: a retried failure is no longer a failure.
    private static List<(IReadOnlyList<(DateTimeOffset At, ExecutionState State)> States, DateTimeOffset? Until)> NewestOfNodes(
        List<Execution> executions, IReadOnlyList<IReadOnlyList<(DateTimeOffset At, ExecutionState State)>> states) =>
        [.. executions.Zip(states).Where(e => e.Second.Count > 0)
            .GroupBy(e => e.First.NodeId.Length > 0 ? e.First.NodeId : e.First.Id, StringComparer.Ordinal)
            .SelectMany(node =>
            {
                var tries = node.OrderBy(e => e.First.CreatedAt).ThenBy(e => e.Second[0].At).ToList();
                return tries.Select((e, i) => (e.Second, i + 1 < tries.Count ? tries[i + 1].Second[0].At : (DateTimeOffset?)null));
            })];

    private IEnumerable<Tracked<Execution>> ExecutionsOf(string id, Deployment? deployment) =>
        deployment is { IsRollout: true }
            ? mirror.Executions.OfJob(deployment.JobId).Where(known => known.Value.JobVersion == deployment.ToVersion)
            : mirror.Executions.OfDeployment(id);

    private static int MomentAtOrAfter(DateTimeOffset[] times, DateTimeOffset at)
    {
        var found = Array.BinarySearch(times, at);
        return found >= 0 ? found : ~found;
    }

    // Stacking order: finished states at the bottom, urgent ones on top.
    private static int Order(ExecutionState state) => state.Known switch
    {
        KnownExecutionState.Completed => 0,
        KnownExecutionState.Running => 1,
        KnownExecutionState.Validating => 2,
        KnownExecutionState.Starting => 3,
        KnownExecutionState.Pending => 4,
        KnownExecutionState.Stopping => 5,
        KnownExecutionState.Stopped => 6,
        KnownExecutionState.Degraded => 7,
        KnownExecutionState.Lost => 8,
        KnownExecutionState.Failed => 9,
        _ => 10,
    };
}
