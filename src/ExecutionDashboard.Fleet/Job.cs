namespace ExecutionDashboard.Fleet;

/// <summary>A job as it is now: its newest spec and its state.</summary>
public sealed record Job
{
    /// <summary>The job's id, made by the server. A job that is deleted and created again gets another one.</summary>
    public required string Id { get; init; }
    /// <summary>The job's name; empty when not sent.</summary>
    public string Name { get; init; } = "";
    /// <summary>The job's namespace.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>Job type: <c>pipeline</c>, <c>query</c>, <c>update</c>, <c>config</c> or another.</summary>
    public string Type { get; init; } = "";
    /// <summary>Labels of the spec.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    /// <summary>Hash of the spec of <see cref="Version"/>; empty when not sent.</summary>
    public string SpecHash { get; init; } = "";
    /// <summary>State as sent: <c>pending</c>, <c>queued</c>, <c>deploying</c>, <c>running</c>, <c>degraded</c>, <c>rollout_paused</c>, … May be empty.</summary>
    public string State { get; init; } = "";
    /// <summary>The server's message for the state.</summary>
    public string Message { get; init; } = "";
    /// <summary>Details of the state; null when none.</summary>
    public IReadOnlyDictionary<string, string>? Details { get; init; }
    /// <summary>Version of the spec; increases with spec updates only.</summary>
    public int Version { get; init; }
    /// <summary>Increases with every change.</summary>
    public long Revision { get; init; }
    /// <summary>The deployment in progress, or empty. In the rollout generation made from job and version (<see cref="Deployment.IdOf"/>).</summary>
    public string DeploymentId { get; init; } = "";
    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The name, or the id without one.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string DisplayName => Name.Length > 0 ? Name : PlainText.Of(Id);

    /// <summary>Equal when every field is, maps by their entries.</summary>
    public bool Equals(Job? other) =>
        other is not null && Id == other.Id && Name == other.Name && Namespace == other.Namespace && Type == other.Type
        && Texts.Same(Labels, other.Labels) && SpecHash == other.SpecHash && State == other.State && Message == other.Message
        && Texts.Same(Details, other.Details) && Version == other.Version && Revision == other.Revision
        && DeploymentId == other.DeploymentId && CreatedAt == other.CreatedAt && UpdatedAt == other.UpdatedAt;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Revision, Version);
}
