using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>The parts of a deployment's progress that are computed from its executions.</summary>
/// <param name="Bar">Its nodes by state, and its phase.</param>
/// <param name="Progress">Progress.</param>
/// <param name="Limits">Failure limits.</param>
/// <param name="Strategy">Name of its strategy; empty when unknown.</param>
/// <param name="Wave">Its wave as text; empty when unknown.</param>
/// <param name="Canary">Its canary as text; empty without one.</param>
/// <param name="AwaitsPromotion">Whether its canary is healthy and awaits promotion.</param>
/// <param name="Estimate">Estimated end; null after it has ended.</param>
public sealed record DeploymentSummary(
    DeploymentProgress Bar, RolloutProgress Progress, RolloutLimits Limits, string Strategy, string Wave, string Canary, bool AwaitsPromotion, RolloutEstimate? Estimate);

/// <summary>
/// Progress of deployments, computed once for all viewers: when an execution changed (large deployments at most once a second), and once a second while they are
/// open, because estimates change with time. Safe for concurrent use.
/// </summary>
public sealed class RolloutSummaries(Replica replica, TimeProvider time)
{
    private const int MostKept = 10_000;
    // Up to this size a deployment is computed with each signal.
    private const int FewNodes = 1_000;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // By store: a fleet that was replaced is not kept in memory until somebody looks again.
    private readonly ConditionalWeakTable<FleetStore, ConcurrentDictionary<string, Kept>> _keptOf = [];

    /// <summary>The progress of a deployment.</summary>
    public DeploymentSummary Of(Deployment deployment)
    {
        // Read the version before the executions: a later change has another version.
        var (store, now) = (replica.Store, time.GetUtcNow());
        var changedAt = store.DeploymentChangedAt(deployment.Id);
        var all = _keptOf.GetOrCreateValue(store);
        if (all.Count >= MostKept) all.Clear();
        var strategy = RolloutSummary.StrategyOf(deployment, store);
        if (all.TryGetValue(deployment.Id, out var kept) && ReferenceEquals(kept.Deployment, deployment) && Equals(kept.Strategy, strategy) && IsFresh(kept, changedAt, now)) return kept.Summary;
        var summary = Work(deployment, store, now);
        all[deployment.Id] = new(deployment, strategy, changedAt, now, summary);
        return summary;
    }

    /// <summary>Whether it waits for an operator.</summary>
    public bool Waits(Deployment deployment) => deployment.State == "paused" || (deployment.State == "in_progress" && Of(deployment).AwaitsPromotion);

    private static bool IsFresh(Kept kept, long changedAt, DateTimeOffset now) =>
        now - kept.At < Pace ? kept.ChangedAt == changedAt || kept.Summary.Progress.Placed > FewNodes : kept.ChangedAt == changedAt && !kept.Deployment.IsOpen;

    private static DeploymentSummary Work(Deployment deployment, FleetStore store, DateTimeOffset now)
    {
        var summary = RolloutSummary.Of(deployment, store);
        return new(
            DeploymentProgress.Of(summary), summary.Progress, RolloutLimits.Of(summary), summary.Strategy?.Kind ?? "", summary.Wave, CanaryWords(summary), summary.AwaitsPromotion,
            deployment.IsOpen ? RolloutEstimate.Of(summary, now) : null);
    }

    private static string CanaryWords(RolloutSummary summary)
    {
        if (summary.CanaryCount == 0) return "";
        var state = summary switch
        {
            { IsPromoted: true } => "promoted",
            { Strategy.AutoPromote: true, IsLive: true } => "auto-promote",
            _ => "not promoted",
        };
        return $"{summary.CanaryCount}, {state}";
    }

    private sealed record Kept(Deployment Deployment, RolloutStrategy? Strategy, long ChangedAt, DateTimeOffset At, DeploymentSummary Summary);
}
