using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>What is wrong with a rollout, or what it waits for. Only the newest deployment of a job counts: what came before is history.</summary>
public static class RolloutRules
{
    /// <summary>The problems of all rollouts.</summary>
    public static IEnumerable<Problem> Of(FleetStore store, AttentionOptions options, DateTimeOffset now) =>
        store.Deployments.SelectMany(deployment => Of(deployment, store, options, now, out _));

    /// <summary>
    /// The problems of one. They depend on the deployment, its executions, its job and on which deployment of the job is the newest. Cost: its
    /// executions once while it is open; next to nothing once it has ended.
    /// </summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="store">The fleet.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="next">When the answer changes without a change in the fleet, UTC; null when it does not.</param>
    public static IReadOnlyList<Problem> Of(Deployment deployment, FleetStore store, AttentionOptions options, DateTimeOffset now, out DateTimeOffset? next)
    {
        next = null;
        if (deployment.State == "rolled_back" || IsFinishedRollback(deployment)) return RolledBack(deployment, store, options, now, ref next);
        if (deployment.State is "completed" or "canceled" || store.LatestDeployment(deployment.JobId) is { } latest && latest.Id != deployment.Id) return [];
        if (store.FindJob(deployment.JobId) is { State: "stopped" or "deleted" }) return [];
        var summary = RolloutSummary.Of(deployment, store);
        if (summary.IsJobGone) return [];
        var limits = RolloutLimits.Of(summary);
        if (deployment.State == "failed") return [RolloutCards.Failed(summary, limits, store)];
        if (deployment.State == "paused") return [RolloutCards.Paused(summary, store)];
        if (deployment.State != "in_progress") return [];
        if (summary.AwaitsPromotion) return [RolloutCards.AwaitingPromotion(summary, limits, store)];
        var problems = new List<Problem>();
        if (StalledSince(summary, options, now, ref next) is { } stalled) problems.Add(RolloutCards.Stalled(summary, store, stalled));
        if (NearLimitSince(summary, limits, options) is { } near) problems.Add(RolloutCards.NearLimit(summary, limits, store, near));
        if (DeadlineSince(summary, options, now, ref next) is { } deadline) problems.Add(RolloutCards.Deadline(summary, limits, store, deadline));
        return problems;
    }

    // In the rollout generation the rollback is all that is left of what was rolled back.
    private static bool IsFinishedRollback(Deployment deployment) => deployment is { IsRollout: true, Type: "rollback", State: "completed" };

    private static IReadOnlyList<Problem> RolledBack(Deployment deployment, FleetStore store, AttentionOptions options, DateTimeOffset now, ref DateTimeOffset? next)
    {
        if ((deployment.CompletedAt ?? deployment.UpdatedAt) is not { } at || store.FindJob(deployment.JobId) is not { State: not ("stopped" or "deleted") } job) return [];
        // The way back is the newest deployment then. A version that came after it says that somebody has seen to it.
        if (store.LatestDeployment(deployment.JobId) is { } latest && latest.Id != deployment.Id && latest.Type != "rollback") return [];
        if (now - at >= options.RolledBack) return [];
        next = at + options.RolledBack;
        return [RolloutCards.RolledBack(deployment, job, at)];
    }

    private static DateTimeOffset? StalledSince(RolloutSummary summary, AttentionOptions options, DateTimeOffset now, ref DateTimeOffset? next)
    {
        var pace = RolloutPace.Of(summary, now);
        if (pace.LastMoved is not { } moved) return null;
        var patience = pace.Standstill(options.RolloutStalled);
        // Before there is a pace, what the spec allows a node to become healthy is all there is to go by.
        if (!pace.IsKnown && summary.Strategy?.HealthCheck?.Deadline is { } allowed && allowed > patience) patience = allowed;
        // Whatever the server notes as progress is progress.
        if (summary.Deployment.LastProgressAt is { } told && told > moved && told <= now) moved = told;
        if (DateTimeOffset.MaxValue - moved <= patience) return null;
        if (now - moved >= patience) return moved;
        next = Earlier(next, moved + patience);
        return null;
    }

    private static DateTimeOffset? NearLimitSince(RolloutSummary summary, RolloutLimits limits, AttentionOptions options)
    {
        if (limits.IsTripped || limits.TripsAt is not { } trips || limits.Share is not { } share || !(share > 0)) return null;
        var failed = Math.Max(limits.FailedNodes, limits.ServerFailedNodes ?? 0);
        var enough = Math.Max(1, Math.Min(trips - 1, (int)Math.Ceiling(options.RolloutNearLimit / 100.0 * trips)));
        if (failed < enough) return null;
        var times = summary.Rows.Where(row => row.IsFailed).Select(row => row.SettledAt).OfType<DateTimeOffset>().Order().ToArray();
        return times.Length >= enough ? times[enough - 1] : summary.Since;
    }

    private static DateTimeOffset? DeadlineSince(RolloutSummary summary, AttentionOptions options, DateTimeOffset now, ref DateTimeOffset? next)
    {
        if (summary.HealthDeadline is not { } deadline || summary.Progress.Pending + summary.Progress.Unhealthy == 0) return null;
        // A short deadline is not near from its first moment on.
        var near = summary.Strategy?.HealthCheck?.Deadline is { } length && length / 4 < options.RolloutDeadline ? length / 4 : options.RolloutDeadline;
        if (deadline - DateTimeOffset.MinValue <= near) return null;
        var since = deadline - near;
        if (now >= since) return since;
        next = Earlier(next, since);
        return null;
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
