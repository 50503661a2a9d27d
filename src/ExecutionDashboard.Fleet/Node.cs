namespace ExecutionDashboard.Fleet;

/// <summary>An edge node. Texts, maps and lists are empty where the server sent nothing.</summary>
public sealed record Node
{
    /// <summary>The node's id.</summary>
    public required string Id { get; init; }
    /// <summary>Its name; may be empty: see <see cref="DisplayName"/>.</summary>
    public string Name { get; init; } = "";
    /// <summary>Host name.</summary>
    public string Hostname { get; init; } = "";
    /// <summary>Operating system, such as <c>linux</c>.</summary>
    public string OperatingSystem { get; init; } = "";
    /// <summary>Processor architecture, such as <c>arm64</c>.</summary>
    public string Architecture { get; init; } = "";
    /// <summary>Version of the edge agent.</summary>
    public string AgentVersion { get; init; } = "";
    /// <summary>Fingerprint of the hardware.</summary>
    public string HardwareFingerprint { get; init; } = "";
    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoTexts;
    /// <summary>Capabilities by kind (<c>inputs</c>, <c>outputs</c>, <c>processors</c>, <c>runtimes</c>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Capabilities { get; init; } = NoLists;
    /// <summary>Connection state: <c>connected</c>, <c>connecting</c>, <c>disconnected</c>, <c>lost</c>, <c>deleted</c> or another word of the server.</summary>
    public string Connection { get; init; } = "";
    /// <summary>Connected since, UTC.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }
    /// <summary>Disconnected since, UTC.</summary>
    public DateTimeOffset? DisconnectedSince { get; init; }
    /// <summary>Last heartbeat, UTC, by the server's clock.</summary>
    public DateTimeOffset? LastHeartbeat { get; init; }
    /// <summary>The server's message for the connection.</summary>
    public string Message { get; init; } = "";
    /// <summary>Increases with every change on the server; 0 when not sent.</summary>
    public long Revision { get; init; }
    /// <summary>Sequence number of the last message from the node; 0 when not sent.</summary>
    public long LastEdgeSequence { get; init; }
    /// <summary>Sequence number of the last message to the node; 0 when not sent.</summary>
    public long LastOrchestratorSequence { get; init; }
    /// <summary>Resource usage at the last heartbeat; null when not sent.</summary>
    public NodeResources? Resources { get; init; }
    /// <summary>Identity facts from the node's enrolment, by name, as sent.</summary>
    public IReadOnlyDictionary<string, string> Identity { get; init; } = NoTexts;
    /// <summary>When it was registered, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The name, or the id without one.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string DisplayName => Name.Length > 0 ? Name : PlainText.Of(Id);

    /// <summary>Whether the control plane reports it as connected.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsConnected => Connection.Equals("connected", StringComparison.OrdinalIgnoreCase);

    internal static IReadOnlyDictionary<string, string> NoTexts { get; } = new Dictionary<string, string>();
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> NoLists { get; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Equal when every field is, maps by their entries. Includes resource usage and the last heartbeat.</summary>
    public bool Equals(Node? other) =>
        other is not null && EqualsApartFromHeartbeat(other) && LastHeartbeat == other.LastHeartbeat && UpdatedAt == other.UpdatedAt
        && Revision == other.Revision && LastEdgeSequence == other.LastEdgeSequence
        && LastOrchestratorSequence == other.LastOrchestratorSequence && Equals(Resources, other.Resources);

    /// <summary>Equal without the fields that change with every heartbeat.</summary>
    public bool EqualsApartFromHeartbeat(Node other) =>
        Id == other.Id && Name == other.Name && Hostname == other.Hostname && OperatingSystem == other.OperatingSystem
        && Architecture == other.Architecture && AgentVersion == other.AgentVersion && HardwareFingerprint == other.HardwareFingerprint
        && Texts.Same(Labels, other.Labels) && Connection == other.Connection && ConnectedSince == other.ConnectedSince
        && DisconnectedSince == other.DisconnectedSince && Message == other.Message && Texts.Same(Identity, other.Identity)
        && CreatedAt == other.CreatedAt && Texts.Same(Capabilities, other.Capabilities);

    /// <summary>Equal in the fields that nodes are filtered and grouped by: name, labels, system, architecture, agent.</summary>
    internal bool HasTraitsOf(Node other) =>
        Name == other.Name && OperatingSystem == other.OperatingSystem && Architecture == other.Architecture && AgentVersion == other.AgentVersion
        && Texts.Same(Labels, other.Labels);

    /// <summary>Whether the two have the same maps and lists, as objects.</summary>
    internal bool HasPartsOf(Node other) =>
        ReferenceEquals(Labels, other.Labels) && ReferenceEquals(Capabilities, other.Capabilities) && ReferenceEquals(Identity, other.Identity) && ReferenceEquals(Name, other.Name);

    /// <summary>This node with what another report of it says of its heartbeat: all that <see cref="EqualsApartFromHeartbeat"/> leaves out.</summary>
    public Node WithHeartbeatOf(Node other) => this with
    {
        LastHeartbeat = other.LastHeartbeat, UpdatedAt = other.UpdatedAt, Revision = other.Revision, LastEdgeSequence = other.LastEdgeSequence,
        LastOrchestratorSequence = other.LastOrchestratorSequence, Resources = other.Resources,
    };

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Revision, Connection);
}

/// <summary>A node's resource usage at its last heartbeat. Null where the server sent nothing.</summary>
/// <param name="CpuPercent">CPU, 0–100.</param>
/// <param name="MemoryPercent">Memory, 0–100.</param>
/// <param name="MemoryUsedBytes">Memory used, bytes.</param>
/// <param name="MemoryCapacityBytes">Memory capacity, bytes.</param>
/// <param name="DiskPercent">Disk, 0–100.</param>
/// <param name="DiskUsedBytes">Disk used, bytes.</param>
/// <param name="DiskCapacityBytes">Disk capacity, bytes.</param>
public sealed record NodeResources(
    double? CpuPercent, double? MemoryPercent, long? MemoryUsedBytes, long? MemoryCapacityBytes,
    double? DiskPercent, long? DiskUsedBytes, long? DiskCapacityBytes);
