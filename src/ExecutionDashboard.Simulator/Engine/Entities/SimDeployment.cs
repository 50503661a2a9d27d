namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>A version of a job on its way to its nodes.</summary>
internal sealed class SimDeployment
{
    public required int Ordinal { get; init; }
    public required SimJob Job { get; init; }
    public required DeploymentKind Kind { get; init; }
    /// <summary>The version before; 0 is none.</summary>
    public required int From { get; init; }
    public required SimJobVersion To { get; init; }
    /// <summary>UTC ticks.</summary>
    public required long CreatedAt { get; init; }
    /// <summary>The version to go back to; 0 when it cannot.</summary>
    public int RollbackTo { get; init; }

    public DeploymentState State;
    public string Message = "";
    /// <summary>Nodes in the order in which they get the version.</summary>
    public SimNode[] Targets = [];
    public int Cursor, WaveStart, CanarySize, WaveSize, CurrentWave, TotalWaves;
    public bool CanaryPromoted, AwaitsPromotion;
    /// <summary>Dispatched and neither healthy nor failed yet.</summary>
    public int Outstanding;
    public int Updated, Failed;
    /// <summary>UTC ticks; 0 is none.</summary>
    public long HealthDeadline, LastProgressAt, UpdatedAt, CompletedAt;
    public int Revision = 1;

    /// <summary>Still moving, or held.</summary>
    public bool IsOpen => State is DeploymentState.Pending or DeploymentState.InProgress or DeploymentState.Paused;
    /// <summary>A canary that was not promoted yet.</summary>
    public bool InCanaryPhase => CanarySize > 0 && !CanaryPromoted;
    /// <summary>More nodes failed than may.</summary>
    public bool TooManyFailedNodes => Failed > Strategy.MaxFailedNodes;
    /// <summary>A higher share of the nodes failed than may: of the canaries while there are only these.</summary>
    public bool TooHighShareFailed => Failed > 0 && Failed * 100.0 / Math.Max(1, InCanaryPhase ? CanarySize : Targets.Length) > Strategy.MaxFailedNodesPercent;
    /// <summary>How it is done.</summary>
    public Strategy Strategy => To.Reading.Strategy;
    /// <summary>Nodes must show their health before the next ones follow.</summary>
    public bool ChecksHealth => Strategy.Kind != StrategyKind.Immediate && !Job.IsOneShot;
}
