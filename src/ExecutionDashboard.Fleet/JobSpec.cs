namespace ExecutionDashboard.Fleet;

/// <summary>A job spec: the one an execution was started with, or the newest of a job. Executions with equal specs share one object, by <see cref="Hash"/>.</summary>
public sealed record JobSpec
{
    /// <summary>SHA-256 of the canonical JSON, the first 32 hexadecimal digits. The order of keys does not matter.</summary>
    public required string Hash { get; init; }
    /// <summary>The spec as the server sent it, JSON text. It may contain secrets, so it is masked before it is sent to a browser.</summary>
    public required string Json { get; init; }
    /// <summary>Job name.</summary>
    public string Name { get; init; } = "";
    /// <summary>Namespace.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>Job type.</summary>
    public string Type { get; init; } = "";
    /// <summary>Description.</summary>
    public string Description { get; init; } = "";
    /// <summary>Scheduling priority, higher first; null when not sent.</summary>
    public int? Priority { get; init; }
    /// <summary>Labels of the job.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    /// <summary>Metadata; keys under <c>expanso.io/</c> belong to Expanso.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; init; } = new Dictionary<string, string>();
    /// <summary>Selects the nodes it runs on.</summary>
    public NodeSelector Selector { get; init; } = new();
    /// <summary>Timeouts; null when not sent.</summary>
    public JobTimeouts? Timeouts { get; init; }
    /// <summary>Rollout strategy; null when not sent.</summary>
    public RolloutStrategy? Strategy { get; init; }
    /// <summary>Restart policy: <c>on-failure</c> (default), <c>always</c>, <c>never</c>; empty when not sent.</summary>
    public string RestartPolicy { get; init; } = "";

    /// <summary>Equal when the hashes are.</summary>
    public bool Equals(JobSpec? other) => other is not null && Hash == other.Hash;

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Selects the nodes that a job runs on; all parts must match.</summary>
public sealed record NodeSelector
{
    /// <summary>Only these nodes; empty for any.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
    /// <summary>Labels that must be equal.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    /// <summary>Expressions: <c>key=value</c>, <c>key!=value</c>, <c>key in (a,b)</c>, <c>key notin (a,b)</c>, <c>key</c>, <c>!key</c>.</summary>
    public IReadOnlyList<string> Expressions { get; init; } = [];
}

/// <summary>Timeouts of a job in seconds; 0 for none, null when not sent.</summary>
/// <param name="ExecutionSeconds">For one execution.</param>
/// <param name="QueueSeconds">In the queue.</param>
/// <param name="TotalSeconds">In total, including queue and retries.</param>
public sealed record JobTimeouts(long? ExecutionSeconds, long? QueueSeconds, long? TotalSeconds);
