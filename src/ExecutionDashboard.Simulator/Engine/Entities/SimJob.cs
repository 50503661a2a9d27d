namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>One job.</summary>
internal sealed class SimJob
{
    public required int Ordinal { get; init; }
    public required string Id { get; init; }
    public required string Name { get; set; }
    public required string Namespace { get; init; }
    /// <summary><c>pipeline</c>, <c>query</c>, …</summary>
    public required string Type { get; init; }
    /// <summary>UTC ticks.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>By number: the first is version 1.</summary>
    public readonly List<SimJobVersion> Versions = [];
    /// <summary>The version that should run.</summary>
    public SimJobVersion Version = null!;
    /// <summary>The last deployment, open or not.</summary>
    public SimDeployment? Deployment;
    /// <summary>The last version whose deployment completed; 0 for none.</summary>
    public int LastGood;
    public bool Stopped, Deleted, Unsettled;
    /// <summary>Whether random events leave it alone.</summary>
    public bool LeftAlone;
    public string State = "pending", Message = "";
    public int Revision = 1;
    public long UpdatedAt;
    /// <summary>Number of its executions that have not ended, by state.</summary>
    public readonly int[] Live = new int[StateNames.Count];
    /// <summary>The newest events, oldest first.</summary>
    public readonly Queue<JobEvent> History = new();

    /// <summary>Whether it runs once on each node.</summary>
    public bool IsOneShot => Type is "query" or "update" or "config";

    /// <summary>Number of executions that have not ended.</summary>
    public int LiveCount => Live.Sum();
}

/// <summary>One version of a job's spec.</summary>
internal sealed class SimJobVersion
{
    public required SimJob Job { get; init; }
    public required int Number { get; init; }
    /// <summary>The spec as sent: UTF-8 JSON, one buffer for all executions.</summary>
    public required byte[] Spec { get; init; }
    /// <summary>The parts of the spec that the engine needs.</summary>
    public required SpecReading Reading { get; init; }
    /// <summary>UTC ticks.</summary>
    public required long CreatedAt { get; init; }
    /// <summary>Share of its executions that do not become healthy, 0–1.</summary>
    public double FailureRate { get; init; }
}

/// <summary>An event of a job.</summary>
internal sealed record JobEvent(long Sequence, long At, string Message, int Version, KeyValuePair<string, string>[] Details);
