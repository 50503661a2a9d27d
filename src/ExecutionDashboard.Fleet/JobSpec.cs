namespace ExecutionDashboard.Fleet;

/// <summary>
/// What a job is: the frozen spec an execution was started with, or a job's newest. Shared by its content: executions of one job version
/// hold one spec, by <see cref="Hash"/>.
/// </summary>
public sealed record JobSpec
{
    /// <summary>SHA-256 of the canonical JSON, the first 32 hexadecimal digits: equal specs have equal hashes whatever the order of their keys.</summary>
    public required string Hash { get; init; }
    /// <summary>The spec as the server sent it, JSON text. May hold secrets: it is masked before it leaves the process for a browser.</summary>
    public required string Json { get; init; }
    /// <summary>Job name.</summary>
    public string Name { get; init; } = "";
    /// <summary>Namespace.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>Kind of work.</summary>
    public string Type { get; init; } = "";
    /// <summary>Description for people.</summary>
    public string Description { get; init; } = "";
    /// <summary>Scheduling priority, higher first; null when not sent.</summary>
    public int? Priority { get; init; }
    /// <summary>Labels of the job.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    /// <summary>Metadata; keys under <c>expanso.io/</c> are the system's.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; init; } = new Dictionary<string, string>();
    /// <summary>Which nodes it runs on.</summary>
    public NodeSelector Selector { get; init; } = new();
    /// <summary>Longest times, null when not sent.</summary>
    public JobTimeouts? Timeouts { get; init; }
    /// <summary>How versions are rolled out, null when not sent.</summary>
    public RolloutStrategy? Strategy { get; init; }
    /// <summary>When an ended execution is started again: <c>on-failure</c> (default), <c>always</c>, <c>never</c>; empty when not sent.</summary>
    public string RestartPolicy { get; init; } = "";

    /// <summary>Equal by content.</summary>
    public bool Equals(JobSpec? other) => other is not null && Hash == other.Hash;

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Which nodes a job runs on; all parts must match.</summary>
public sealed record NodeSelector
{
    /// <summary>Only these nodes; empty means any.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
    /// <summary>Labels that must be equal.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    /// <summary>Expressions: <c>key=value</c>, <c>key!=value</c>, <c>key in (a,b)</c>, <c>key notin (a,b)</c>, <c>key</c>, <c>!key</c>.</summary>
    public IReadOnlyList<string> Expressions { get; init; } = [];
}

/// <summary>Longest times of a job in seconds; 0 is none; null when not sent.</summary>
/// <param name="ExecutionSeconds">For one execution.</param>
/// <param name="QueueSeconds">In the queue.</param>
/// <param name="TotalSeconds">In all, queue and retries included.</param>
public sealed record JobTimeouts(long? ExecutionSeconds, long? QueueSeconds, long? TotalSeconds);
