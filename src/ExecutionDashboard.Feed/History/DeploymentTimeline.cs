using System.Collections.Concurrent;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.History;

/// <summary>
/// How a deployment's executions went through their states, counted at moments from its first change to now. Worked out at most every few
/// seconds for all who ask.
/// </summary>
internal sealed class DeploymentTimeline(FeedLog log, FleetMirror mirror, TimeProvider time)
{
    private const int Moments = 120;
    private const int KeptDeployments = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Lazy<DeploymentHistory?> History)> _kept = new(StringComparer.Ordinal);

    /// <summary>The history; null when neither the deployment nor an execution of it is known.</summary>
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
        var newest = mirror.Executions.All().Where(known => Belongs(known.Value, id, deployment)).Select(known => known.Last).ToList();
        if (deployment is null && newest.Count == 0) return null;
        var steps = log.Reader.StatesOf(newest);
        if (steps.Count == 0) return new DeploymentHistory([], []);

        var end = deployment is { IsOpen: false, CompletedAt: { } completed } ? completed.AddTicks((completed - (deployment.CreatedAt ?? completed)).Ticks / 10) : now;
        var start = deployment?.CreatedAt ?? steps.Min(s => s[0].At);
        if (end <= start) end = start.AddSeconds(1);
        var times = Enumerable.Range(0, Moments).Select(i => start + (end - start) * i / (Moments - 1)).ToArray();
        var counts = new Dictionary<ExecutionState, int[]>();
        foreach (var states in steps)
        {
            for (var i = 0; i < states.Count; i++)
            {
                var from = MomentAtOrAfter(times, states[i].At);
                var to = i + 1 < states.Count ? MomentAtOrAfter(times, states[i + 1].At) : Moments;
                if (to <= from) continue;
                var series = counts.TryGetValue(states[i].State, out var known) ? known : counts[states[i].State] = new int[Moments];
                for (var moment = from; moment < to; moment++) series[moment]++;
            }
        }
        return new DeploymentHistory(times, [.. counts.OrderBy(c => Order(c.Key)).Select(c => new DeploymentSeries(c.Key, c.Value))]);
    }

    private static bool Belongs(Execution execution, string id, Deployment? deployment) =>
        deployment is { IsRollout: true }
            ? execution.JobId == deployment.JobId && execution.JobVersion == deployment.ToVersion
            : execution.DeploymentId == id;

    private static int MomentAtOrAfter(DateTimeOffset[] times, DateTimeOffset at)
    {
        var found = Array.BinarySearch(times, at);
        return found >= 0 ? found : ~found;
    }

    // What is done at the bottom, what needs a person on top.
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
