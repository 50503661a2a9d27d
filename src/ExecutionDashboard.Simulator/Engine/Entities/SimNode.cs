namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>Properties shared by nodes of one kind.</summary>
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
    /// <summary>Share of its executions that fail, in addition, 0–1.</summary>
    public double FailureRate { get; set; }

    /// <summary>Usage in percent, if a scenario sets it; null to compute it: see <see cref="Api.Json.NodeUse"/>.</summary>
    public double? MemoryPercent, DiskPercent;
    /// <summary>End of its credential, UTC ticks, if a scenario sets it; 0 for long after its enrolment.</summary>
    public long CredentialUntil;
    /// <summary>How far its clock is ahead, ticks.</summary>
    public long ClockAhead;

    public Connection Connection;
    public NodePlan Plan;
    public bool Deleted;
    /// <summary>Since when it is silent, UTC ticks; 0 while it is not.</summary>
    public long SilentSince;
    /// <summary>When it comes back, UTC ticks; 0 for never.</summary>
    public long ReturnsAt;
    public long ConnectedSince, DisconnectedSince, UpdatedAt, Due;
    public int Revision = 1;
    public string Message = "";
    /// <summary>The newest execution of each job on it.</summary>
    public readonly List<SimExecution> Current = [];

    /// <summary>Whether the control plane can place executions on it.</summary>
    public bool IsOpen => Connection == Connection.Connected && !Deleted;

    /// <summary>The newest execution of a job on it.</summary>
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
