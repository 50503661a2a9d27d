namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>What nodes of one kind share.</summary>
internal sealed record NodeClass(string Os, string Arch, string[] Inputs, string[] Outputs, string[] Processors, string[] Runtimes, long MemoryBytes, long DiskBytes);

/// <summary>One node.</summary>
internal sealed class SimNode
{
    public required int Ordinal { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Hostname { get; init; }
    public required NodeClass Class { get; init; }
    public required string AgentVersion { get; set; }
    /// <summary>Sorted by key.</summary>
    public required KeyValuePair<string, string>[] Labels { get; init; }
    /// <summary>UTC ticks.</summary>
    public required long CreatedAt { get; init; }
    /// <summary>0–1: some nodes fail more of what they start.</summary>
    public double FailureRate { get; set; }

    /// <summary>What it uses, percent, where a scenario says so; null is worked out: see <see cref="Api.Json.NodeUse"/>.</summary>
    public double? MemoryPercent, DiskPercent;
    /// <summary>Until when its credential is valid, UTC ticks, where a scenario says so; 0 is long after its enrolment.</summary>
    public long CredentialUntil;
    /// <summary>How far its clock is ahead, ticks.</summary>
    public long ClockAhead;

    public Connection Connection;
    public NodePlan Plan;
    public bool Deleted;
    /// <summary>UTC ticks since when nothing is heard of it; 0 while it is heard.</summary>
    public long SilentSince;
    /// <summary>UTC ticks when it comes back, while silent; 0 is never.</summary>
    public long ReturnsAt;
    public long ConnectedSince, DisconnectedSince, UpdatedAt, Due;
    public int Revision = 1;
    public string Message = "";
    /// <summary>The newest execution of each job here.</summary>
    public readonly List<SimExecution> Current = [];

    /// <summary>The control plane may place work here.</summary>
    public bool IsOpen => Connection == Connection.Connected && !Deleted;

    /// <summary>The newest execution of a job here.</summary>
    public SimExecution? CurrentOf(SimJob job)
    {
        foreach (var execution in Current)
            if (ReferenceEquals(execution.Job, job)) return execution;
        return null;
    }

    /// <summary>A label's value, or null.</summary>
    public string? Label(string key)
    {
        foreach (var label in Labels)
            if (label.Key == key) return label.Value;
        return null;
    }
}
