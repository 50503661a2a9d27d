using System.Text.Json;

namespace ExecutionDashboard.Fleet.Past;

/// <summary>
/// What an entity was besides what its changes tell, until a change replaced it: the change log keeps it with the number of that change. So nothing is stored of an entity that stays as it is, and what it
/// was at a moment is what the first such row after the moment says, or what it is now.
/// </summary>
public static class FormerFacts
{
    /// <summary>What a change replaces, as JSON; empty when it replaces nothing that is kept.</summary>
    /// <param name="before">The entity before the change; null when it is new.</param>
    /// <param name="now">The entity after it; null when it was removed.</param>
    public static byte[] Of(object? before, object? now) => (before, now) switch
    {
        (Node was, var then) when then is not Node node || FormerNode.Of(was) != FormerNode.Of(node) => Json(FormerNode.Of(was)),
        (Job was, var then) when then is not Job job || FormerJob.Of(was) != FormerJob.Of(job) => Json(FormerJob.Of(was)),
        (Deployment was, null) => Json(FormerDeployment.Of(was)),
        (Deployment was, Deployment then) when FormerDeployment.Of(was) != FormerDeployment.Of(then) => Json(FormerDeployment.Of(was, then)),
        _ => [],
    };

    /// <summary>A node as it was.</summary>
    /// <param name="known">As it is known now.</param>
    /// <param name="rows">The rows after the moment, oldest first.</param>
    public static Node Undo(Node known, IReadOnlyList<byte[]> rows)
    {
        if (rows.Count == 0) return known;
        var was = Read<FormerNode>(rows[0]);
        return known with
        {
            Name = was.Name, Hostname = was.Hostname, OperatingSystem = was.OperatingSystem, Architecture = was.Architecture, AgentVersion = was.AgentVersion, Labels = was.Labels, CreatedAt = was.CreatedAt,
        };
    }

    /// <summary>A job as it was, but for what its changes tell.</summary>
    /// <param name="known">As it is known now.</param>
    /// <param name="rows">The rows after the moment, oldest first.</param>
    public static Job Undo(Job known, IReadOnlyList<byte[]> rows)
    {
        if (rows.Count == 0) return known;
        var was = Read<FormerJob>(rows[0]);
        return known with { Name = was.Name, Namespace = was.Namespace, Type = was.Type, Labels = was.Labels, Version = was.Version, SpecHash = was.SpecHash, CreatedAt = was.CreatedAt };
    }

    /// <summary>A deployment as it was, but for what its changes tell.</summary>
    /// <param name="known">As it is known now.</param>
    /// <param name="rows">The rows after the moment, oldest first.</param>
    public static Deployment Undo(Deployment known, IReadOnlyList<byte[]> rows)
    {
        if (rows.Count == 0) return known;
        FormerDeployment? first = null;
        IReadOnlyList<string>? canaries = null;
        foreach (var row in rows)
        {
            var was = Read<FormerDeployment>(row);
            first ??= was;
            if ((canaries = was.CanaryNodes) is not null) break;
        }
        return first!.Over(known) with { CanaryNodes = canaries ?? known.CanaryNodes };
    }

    /// <summary>Version and fingerprint of the spec that a row of a job has.</summary>
    public static (int Version, string SpecHash) SpecOf(byte[] row) => Read<FormerJob>(row) is var was ? (was.Version, was.SpecHash) : default;

    private static byte[] Json<T>(T facts) => JsonSerializer.SerializeToUtf8Bytes(facts, FeedContract.Json);

    private static T Read<T>(byte[] row) => JsonSerializer.Deserialize<T>(row, FeedContract.Json)!;

    private sealed record FormerNode(string Name, string Hostname, string OperatingSystem, string Architecture, string AgentVersion, IReadOnlyDictionary<string, string> Labels, DateTimeOffset? CreatedAt)
    {
        public static FormerNode Of(Node node) => new(node.Name, node.Hostname, node.OperatingSystem, node.Architecture, node.AgentVersion, node.Labels, node.CreatedAt);

        public bool Equals(FormerNode? other) =>
            other is not null && Name == other.Name && Hostname == other.Hostname && OperatingSystem == other.OperatingSystem && Architecture == other.Architecture && AgentVersion == other.AgentVersion
            && CreatedAt == other.CreatedAt && Texts.Same(Labels, other.Labels);

        public override int GetHashCode() => HashCode.Combine(Name, AgentVersion);
    }

    private sealed record FormerJob(string Name, string Namespace, string Type, IReadOnlyDictionary<string, string> Labels, int Version, string SpecHash, DateTimeOffset? CreatedAt)
    {
        public static FormerJob Of(Job job) => new(job.Name, job.Namespace, job.Type, job.Labels, job.Version, job.SpecHash, job.CreatedAt);

        public bool Equals(FormerJob? other) =>
            other is not null && Name == other.Name && Namespace == other.Namespace && Type == other.Type && Version == other.Version && SpecHash == other.SpecHash && CreatedAt == other.CreatedAt
            && Texts.Same(Labels, other.Labels);

        public override int GetHashCode() => HashCode.Combine(Name, Version);
    }

    // The ids of the canaries, of which there may be thousands, are left out where they stay the same.
    private sealed record FormerDeployment
    {
        public string JobType { get; init; } = "";
        public string Namespace { get; init; } = "";
        public string Type { get; init; } = "";
        public int? FromVersion { get; init; }
        public int? ToVersion { get; init; }
        public RolloutStrategy? Strategy { get; init; }
        public IReadOnlyList<string>? CanaryNodes { get; init; }
        public bool? CanaryPromoted { get; init; }
        public int? CurrentWave { get; init; }
        public int? TotalWaves { get; init; }
        public int? TotalNodes { get; init; }
        public int? UpdatedNodes { get; init; }
        public int? FailedNodes { get; init; }
        public int? RollbackToVersion { get; init; }
        public DateTimeOffset? HealthDeadline { get; init; }
        public DateTimeOffset? LastProgressAt { get; init; }
        public DateTimeOffset? CreatedAt { get; init; }
        public DateTimeOffset? CompletedAt { get; init; }
        public bool IsRollout { get; init; }

        public static FormerDeployment Of(Deployment deployment) => new()
        {
            JobType = deployment.JobType, Namespace = deployment.Namespace, Type = deployment.Type, FromVersion = deployment.FromVersion, ToVersion = deployment.ToVersion, Strategy = deployment.Strategy,
            CanaryNodes = deployment.CanaryNodes, CanaryPromoted = deployment.CanaryPromoted, CurrentWave = deployment.CurrentWave, TotalWaves = deployment.TotalWaves, TotalNodes = deployment.TotalNodes,
            UpdatedNodes = deployment.UpdatedNodes, FailedNodes = deployment.FailedNodes, RollbackToVersion = deployment.RollbackToVersion, HealthDeadline = deployment.HealthDeadline,
            LastProgressAt = deployment.LastProgressAt, CreatedAt = deployment.CreatedAt, CompletedAt = deployment.CompletedAt, IsRollout = deployment.IsRollout,
        };

        public static FormerDeployment Of(Deployment deployment, Deployment then) => Of(deployment) with { CanaryNodes = Texts.Same(deployment.CanaryNodes, then.CanaryNodes) ? null : deployment.CanaryNodes };

        public Deployment Over(Deployment known) => known with
        {
            JobType = JobType, Namespace = Namespace, Type = Type, FromVersion = FromVersion, ToVersion = ToVersion, Strategy = Strategy, CanaryPromoted = CanaryPromoted, CurrentWave = CurrentWave,
            TotalWaves = TotalWaves, TotalNodes = TotalNodes, UpdatedNodes = UpdatedNodes, FailedNodes = FailedNodes, RollbackToVersion = RollbackToVersion, HealthDeadline = HealthDeadline,
            LastProgressAt = LastProgressAt, CreatedAt = CreatedAt, CompletedAt = CompletedAt, IsRollout = IsRollout,
        };

        public bool Equals(FormerDeployment? other) =>
            other is not null && JobType == other.JobType && Namespace == other.Namespace && Type == other.Type && FromVersion == other.FromVersion && ToVersion == other.ToVersion && Equals(Strategy, other.Strategy)
            && CanaryPromoted == other.CanaryPromoted && CurrentWave == other.CurrentWave && TotalWaves == other.TotalWaves && TotalNodes == other.TotalNodes && UpdatedNodes == other.UpdatedNodes
            && FailedNodes == other.FailedNodes && RollbackToVersion == other.RollbackToVersion && HealthDeadline == other.HealthDeadline && LastProgressAt == other.LastProgressAt && CreatedAt == other.CreatedAt
            && CompletedAt == other.CompletedAt && IsRollout == other.IsRollout && Texts.Same(CanaryNodes ?? [], other.CanaryNodes ?? []);

        public override int GetHashCode() => HashCode.Combine(Type, ToVersion, CurrentWave, UpdatedNodes);
    }
}
