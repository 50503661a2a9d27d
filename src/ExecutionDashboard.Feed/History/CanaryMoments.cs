using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.History;

/// <summary>Canary verdicts at a past point in time: the job's executions as they were, judged by <see cref="CanaryVerdict"/>. Safe for concurrent use.</summary>
internal sealed class CanaryMoments(FeedLog feed, FleetMirror mirror, ChangeRing ring)
{
    /// <summary>
    /// The verdict just before a point in time, so that the effects of what happened then are excluded. Null while the feed starts, for an unknown deployment, and
    /// when the log does not reach back far enough. Costs one pass over all executions, and the log since the keyframe before.
    /// </summary>
    /// <param name="deploymentId">The deployment.</param>
    /// <param name="at">The point in time.</param>
    /// <param name="cancel">Cancels the query.</param>
    public CanaryVerdict? Of(string deploymentId, DateTimeOffset at, CancellationToken cancel)
    {
        if (!feed.IsReady || at <= DateTimeOffset.MinValue || mirror.Deployments.Find(deploymentId) is not { } deployment) return null;
        var then = at.AddTicks(-1);
        if (feed.Reader.KnownSince() is not { } since || since > then || MomentReader.At(feed.Reader, then, ring.End.Sequence, cancel) is not var (states, _)) return null;
        var store = new FleetStore();
        var executions = mirror.Executions.OfJob(deployment.JobId).Select(known => Then(known, states, then)).OfType<Execution>().ToList();
        var nodes = executions.Select(execution => execution.NodeId).Distinct(StringComparer.Ordinal)
            .Select(id => new Node { Id = id, Connection = WordOf(states, feed.Log.Placements.KeyOf(id)) }).Where(node => node.Connection.Length > 0);
        store.Apply([.. nodes.Select(FleetChange.Of), FleetChange.Of(deployment), .. executions.Select(FleetChange.Of)]);
        return CanaryVerdict.Of(deployment, store);
    }

    // The desired state of that time is not in the log: an execution that changed since is taken as desired running.
    private static Execution? Then(Tracked<Execution> known, FleetStates states, DateTimeOffset then)
    {
        var word = WordOf(states, known.Key);
        if (word.Length == 0) return null;
        var execution = known.Value;
        if (execution.CreatedAt > then) return null;
        return execution with
        {
            Actual = new StateReport(ExecutionState.Parse(word)),
            Desired = execution.UpdatedAt <= then ? execution.Desired : new StateReport(ExecutionState.Of(KnownExecutionState.Running)),
        };
    }

    private static string WordOf(FleetStates states, long key) => key > 0 && key < states.Codes.Length ? states.Word(states.Codes[(int)key]).State : "";
}
