using ExecutionDashboard.Components.Shared;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Pages.DeploymentDetail;

/// <summary>What the page shows of a deployment at one moment.</summary>
public sealed record DeploymentView
{
    // A judgement over all executions costs more than all the rest, and nobody reads it five times a second: one is made anew at a time, in turn.
    private static readonly TimeSpan JudgementPace = TimeSpan.FromSeconds(1);
    private const int Judgements = 4;

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
    /// <summary>From which version to which.</summary>
    public required string Versions { get; init; }
    /// <summary>Its strategy: its own, or its job's.</summary>
    public RolloutStrategy? Strategy { get; init; }
    /// <summary>Executions by state.</summary>
    public required DeploymentProgress Bar { get; init; }
    /// <summary>Counts by what they mean for it.</summary>
    public required RolloutProgress Progress { get; init; }
    /// <summary>Executions one by one; empty when they are too many.</summary>
    public IReadOnlyList<RolloutBlock> Blocks { get; init; } = [];
    /// <summary>Executions by wave.</summary>
    public IReadOnlyList<RolloutWave> Waves { get; init; } = [];
    /// <summary>Canary, waves, end.</summary>
    public required IReadOnlyList<RolloutPhase> Phases { get; init; }
    /// <summary>Where it stands and what it waits for.</summary>
    public required string Sentence { get; init; }
    /// <summary>What stops it.</summary>
    public required RolloutLimits Limits { get; init; }
    /// <summary>Canaries against the rest.</summary>
    public required CanaryVerdict Verdict { get; init; }
    /// <summary>When it will be done.</summary>
    public required RolloutEstimate Estimate { get; init; }
    /// <summary>Failures by reason.</summary>
    public required IReadOnlyList<FailureGroup> Failures { get; init; }
    /// <summary>What the failed nodes have in common.</summary>
    public required IReadOnlyList<CommonTrait> Traits { get; init; }

    /// <summary>The counts with their words and classes.</summary>
    public IEnumerable<(string Word, int Count, string Css)> Tally =>
    [
        ("healthy", Progress.Healthy, "st-running"), ("unhealthy", Progress.Unhealthy, "st-degraded"), ("failed", Progress.Failed, "st-failed"),
        ("pending", Progress.Pending, "st-starting"), ("stopped", Progress.Stopped, "st-stopped"), ("offline", Progress.Offline, "st-lost"),
        ("not placed yet", Progress.NotPlaced, "st-pending"),
    ];

    /// <summary>Name of a node.</summary>
    public string NodeName(string id) => _store.FindNode(id)?.DisplayName ?? id;

    /// <summary>When one of verdict, estimate, failures and traits was last worked out, and which comes next.</summary>
    private (DateTimeOffset At, int Next) Judged { get; init; }

    /// <summary>The view of a deployment. What changes slowly is taken from the view before it for a moment.</summary>
    public static DeploymentView Of(Deployment deployment, FleetStore store, DateTimeOffset now, DeploymentView? before = null)
    {
        var strategy = deployment.Strategy ?? store.FindSpec(store.FindJob(deployment.JobId)?.SpecHash ?? "")?.Strategy;
        var standing = RolloutStanding.Of(deployment, store, strategy);
        var bar = DeploymentProgress.Of(deployment, store);
        // -1: all, when there is nothing to keep; otherwise the one whose turn it is, or none.
        var turn = before is null || before.Deployment.State != deployment.State ? -1 : now - before.Judged.At < JudgementPace ? Judgements : before.Judged.Next;
        bool Keeps(int judgement) => turn >= 0 && turn != judgement;
        return new DeploymentView(deployment, store)
        {
            JobName = bar.JobName, Versions = bar.Versions, Strategy = strategy, Bar = bar, Progress = standing.Progress,
            Blocks = RolloutBlocks.Of(standing),
            Waves = RolloutBlocks.ByWave(standing),
            Phases = RolloutPhases.Of(standing),
            Sentence = RolloutPhases.Sentence(standing, now),
            Limits = RolloutLimits.Of(deployment, strategy, standing.Progress),
            Verdict = Keeps(0) ? before!.Verdict : CanaryVerdict.Of(deployment, store),
            Estimate = Keeps(1) ? before!.Estimate : RolloutEstimate.Of(standing, now),
            Failures = Keeps(2) ? before!.Failures : FailureGroups.Of(deployment, store),
            Traits = Keeps(3) ? before!.Traits : CommonTraits.Of(standing, store),
            Judged = turn == Judgements ? before!.Judged : (now, (turn + 1) % Judgements),
        };
    }
}
