using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Components.Pages.DeploymentDetail;

/// <summary>What the page shows of a deployment at one point in time.</summary>
public sealed record DeploymentView
{
    /// <summary>Number of results that are computed from all executions: verdict with reach, estimate, failures, traits.</summary>
    public const int Judgements = 4;

    // Blocks per run; a run is rendered when one of its blocks changed.
    private const int BlocksInRun = 30;

    private readonly FleetStore _store;

    private DeploymentView(Deployment deployment, FleetStore store)
    {
        Deployment = deployment;
        _store = store;
    }

    /// <summary>The deployment.</summary>
    public Deployment Deployment { get; }
    /// <summary>Name of its job.</summary>
    public required string JobName { get; init; }
    /// <summary>The versions before and after.</summary>
    public required string Versions { get; init; }
    /// <summary>Rollout strategy of the deployment, or of its job.</summary>
    public RolloutStrategy? Strategy { get; init; }
    /// <summary>Progress.</summary>
    public required RolloutProgress Progress { get; init; }
    /// <summary>Single executions, in runs; empty when there are too many.</summary>
    public IReadOnlyList<IReadOnlyList<RolloutBlock>> Blocks { get; init; } = [];
    /// <summary>Executions by wave.</summary>
    public IReadOnlyList<RolloutWave> Waves { get; init; } = [];
    /// <summary>The phases in order.</summary>
    public required IReadOnlyList<RolloutPhase> Phases { get; init; }
    /// <summary>Describes the current phase and what it waits for.</summary>
    public required string Sentence { get; init; }
    /// <summary>Failure limits.</summary>
    public required RolloutLimits Limits { get; init; }
    /// <summary>The nodes it has reached, and those it has not.</summary>
    public required RolloutReach Reach { get; init; }
    /// <summary>Number of canary nodes.</summary>
    public int CanaryCount { get; init; }
    /// <summary>When the comparison of the canaries with the other nodes ended, UTC; null while it runs.</summary>
    public DateTimeOffset? CanaryEndedAt { get; init; }
    /// <summary>Whether the canary was promoted.</summary>
    public bool IsPromoted { get; init; }
    /// <summary>The canary verdict now.</summary>
    public required CanaryVerdict Verdict { get; init; }
    /// <summary>Estimated end.</summary>
    public required RolloutEstimate Estimate { get; init; }
    /// <summary>Failures by reason.</summary>
    public required IReadOnlyList<FailureGroup> Failures { get; init; }
    /// <summary>What the failed nodes have in common.</summary>
    public required IReadOnlyList<CommonTrait> Traits { get; init; }

    /// <summary>Changes when a node is renamed.</summary>
    public long NodesEdition { get; init; }

    /// <summary>The counts with labels and CSS classes; null when the server does not send them.</summary>
    public IEnumerable<(string Word, int? Count, string Css)> Tally =>
    [
        ("healthy", Progress.Healthy, "st-running"), ("unhealthy", Progress.Unhealthy, "st-degraded"), ("failed", Progress.Failed, "st-failed"),
        ("pending", Progress.Pending, "st-starting"), ("stopped", Progress.Stopped, "st-stopped"), ("unreachable", Progress.Offline, "st-lost"),
        (Progress.IsCompleted ? "without execution" : "not placed", Progress.NotPlaced, "st-pending"),
    ];

    /// <summary>Name of a node.</summary>
    public string NodeName(string id) => _store.FindNode(id)?.DisplayName ?? id;

    /// <summary>The view of a deployment. Unchanged parts are the same objects as in the previous view; when nothing changed, the views are equal.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="store">The fleet.</param>
    /// <param name="now">The current time.</param>
    /// <param name="before">The previous view of the same fleet.</param>
    /// <param name="due">Indexes of the results from all executions to compute again; null for all. All are when the deployment's state changed.</param>
    public static DeploymentView Of(Deployment deployment, FleetStore store, DateTimeOffset now, DeploymentView? before = null, IReadOnlySet<int>? due = null)
    {
        var summary = RolloutSummary.Of(deployment, store);
        bool Keeps(int judgement) => before is not null && before.Deployment.State == deployment.State && due is not null && !due.Contains(judgement);
        return new DeploymentView(deployment, store)
        {
            JobName = DeploymentLabels.JobName(deployment, store), Versions = DeploymentLabels.Versions(deployment), Strategy = summary.Strategy,
            NodesEdition = store.NodeTraitsEdition, Progress = summary.Progress, CanaryCount = summary.CanaryCount,
            CanaryEndedAt = summary.CanaryEndedAt, IsPromoted = summary.IsPromoted,
            Blocks = RolloutBlocks.Of(summary).InRuns(BlocksInRun, before?.Blocks),
            Waves = RolloutBlocks.ByWave(summary).OrBefore(before?.Waves),
            Phases = RolloutPhases.Of(summary).OrBefore(before?.Phases),
            Sentence = RolloutPhases.Sentence(summary, now),
            Limits = RolloutLimits.Of(summary),
            Verdict = Keeps(0) ? before!.Verdict : CanaryVerdict.Of(deployment, store),
            Reach = Keeps(0) ? before!.Reach : RolloutReach.Of(summary, store),
            Estimate = Keeps(1) ? before!.Estimate : RolloutEstimate.Of(summary, now),
            Failures = Keeps(2) ? before!.Failures : FailureGroups.Of(deployment, store).OrBefore(before?.Failures),
            Traits = Keeps(3) ? before!.Traits : CommonTraits.Of(summary, store).OrBefore(before?.Traits),
        };
    }
}
