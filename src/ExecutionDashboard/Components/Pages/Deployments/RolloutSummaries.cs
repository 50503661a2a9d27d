using System.Collections.Concurrent;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>Where a deployment stands, as far as its executions must be walked for it.</summary>
/// <param name="Bar">Its nodes by state, and where it is.</param>
/// <param name="Progress">Counts by what they mean for it.</param>
/// <param name="Limits">What stops it.</param>
/// <param name="Strategy">Name of its strategy; empty when not known.</param>
/// <param name="Wave">Its wave, in words; empty when none is known.</param>
/// <param name="Canary">Its canary, in words; empty when it has none.</param>
/// <param name="AwaitsPromotion">Its canary is healthy, and an operator must promote it.</param>
/// <param name="Estimate">When it will be done; null when it has ended.</param>
public sealed record DeploymentStanding(
    DeploymentProgress Bar, RolloutProgress Progress, RolloutLimits Limits, string Strategy, string Wave, string Canary, bool AwaitsPromotion, RolloutEstimate? Estimate);

/// <summary>
/// Where deployments stand, worked out once for all viewers: anew when an execution of theirs changed, large ones at most once a second, and once a
/// second while they are open, since an estimate moves with the time. Safe for any thread.
/// </summary>
public sealed class RolloutSummaries(Replica replica, TimeProvider time)
{
    private const int MostKept = 10_000;
    // So few are walked again with each signal.
    private const int FewNodes = 1_000;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private FleetStore? _store;

    /// <summary>Where a deployment stands.</summary>
    public DeploymentStanding Of(Deployment deployment)
    {
        // When they changed is read before they are: what changes after that is told by another number.
        var (store, now) = (replica.Store, time.GetUtcNow());
        var changedAt = store.DeploymentChangedAt(deployment.Id);
        // A fleet that was replaced is not held by what nobody asks for any more.
        if (!ReferenceEquals(Interlocked.Exchange(ref _store, store), store) || _kept.Count >= MostKept) _kept.Clear();
        var strategy = RolloutSummary.StrategyOf(deployment, store);
        if (_kept.TryGetValue(deployment.Id, out var kept) && ReferenceEquals(kept.Deployment, deployment) && Equals(kept.Strategy, strategy) && IsFresh(kept, changedAt, now)) return kept.Standing;
        var standing = Work(deployment, store, now);
        _kept[deployment.Id] = new(deployment, strategy, changedAt, now, standing);
        return standing;
    }

    /// <summary>It continues only when an operator acts.</summary>
    public bool Waits(Deployment deployment) => deployment.State == "paused" || (deployment.State == "in_progress" && Of(deployment).AwaitsPromotion);

    private static bool IsFresh(Kept kept, long changedAt, DateTimeOffset now) =>
        now - kept.At < Pace ? kept.ChangedAt == changedAt || kept.Standing.Progress.Placed > FewNodes : kept.ChangedAt == changedAt && !kept.Deployment.IsOpen;

    private static DeploymentStanding Work(Deployment deployment, FleetStore store, DateTimeOffset now)
    {
        var standing = RolloutSummary.Of(deployment, store);
        return new(
            DeploymentProgress.Of(standing), standing.Progress, RolloutLimits.Of(standing), standing.Strategy?.Kind ?? "", standing.Wave, CanaryWords(standing), standing.AwaitsPromotion,
            deployment.IsOpen ? RolloutEstimate.Of(standing, now) : null);
    }

    private static string CanaryWords(RolloutSummary standing)
    {
        if (standing.CanaryCount == 0) return "";
        var state = standing switch
        {
            { IsPromoted: true } => "promoted",
            { Strategy.AutoPromote: true, IsLive: true } => "auto-promote",
            _ => "not promoted",
        };
        return $"{standing.CanaryCount}, {state}";
    }

    private sealed record Kept(Deployment Deployment, RolloutStrategy? Strategy, long ChangedAt, DateTimeOffset At, DeploymentStanding Standing);
}
