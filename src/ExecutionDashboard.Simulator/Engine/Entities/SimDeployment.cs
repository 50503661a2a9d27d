namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>The deployment of a version of a job.</summary>
internal sealed class SimDeployment
{
    public required int Ordinal { get; init; }
    public required SimJob Job { get; init; }
    public required DeploymentKind Kind { get; init; }
    /// <summary>The previous version; 0 for none.</summary>
    public required int From { get; init; }
    public required SimJobVersion To { get; init; }
    /// <summary>UTC ticks.</summary>
    public required long CreatedAt { get; init; }
    /// <summary>The version to roll back to; 0 for none.</summary>
    public int RollbackTo { get; init; }

    public DeploymentState State;
    public string Message = "";
    /// <summary>Nodes in rollout order.</summary>
    public SimNode[] Targets = [];
    public int Cursor, WaveStart, CanarySize, WaveSize, CurrentWave, TotalWaves;
    public bool CanaryPromoted, AwaitsPromotion;
    /// <summary>Nodes that were started and are neither healthy nor failed yet.</summary>
    public int Outstanding;
    public int Updated, Failed;
    /// <summary>UTC ticks; 0 for none.</summary>
    public long HealthDeadline, LastProgressAt, UpdatedAt, CompletedAt;
    public int Revision = 1;

    /// <summary>Whether it has not ended.</summary>
    public bool IsOpen => State is DeploymentState.Pending or DeploymentState.InProgress or DeploymentState.Paused;
    /// <summary>Whether its canary is not promoted yet.</summary>
    public bool InCanaryPhase => CanarySize > 0 && !CanaryPromoted;
    /// <summary>Whether more nodes failed than allowed.</summary>
    public bool TooManyFailedNodes => Failed > Strategy.MaxFailedNodes;
    /// <summary>Whether a higher share of nodes failed than allowed; of the canaries while there are only these.</summary>
    public bool TooHighShareFailed => Failed > 0 && Failed * 100.0 / Math.Max(1, InCanaryPhase ? CanarySize : Targets.Length) > Strategy.MaxFailedNodesPercent;
    /// <summary>Rollout strategy.</summary>
    public Strategy Strategy => To.Reading.Strategy;
    /// <summary>Whether nodes must be healthy before the next wave.</summary>
    public bool ChecksHealth => Strategy.Kind != StrategyKind.Immediate && !Job.IsOneShot;
}
