namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>Usage of a node's scarcest resource: the highest of CPU, memory and disk.</summary>
public enum NodeLoad : byte
{
    /// <summary>Nothing was sent.</summary>
    Unknown,
    /// <summary>Below 50 %.</summary>
    Low,
    /// <summary>50–75 %.</summary>
    Medium,
    /// <summary>75–90 %.</summary>
    High,
    /// <summary>90 % and more.</summary>
    Full,
}

/// <summary>Load bands and their names.</summary>
public static class NodeLoads
{
    /// <summary>All, the fullest first.</summary>
    public static IReadOnlyList<NodeLoad> All { get; } = [NodeLoad.Full, NodeLoad.High, NodeLoad.Medium, NodeLoad.Low, NodeLoad.Unknown];

    /// <summary>The load band of a node.</summary>
    public static NodeLoad Of(NodeResources? use) =>
        Math.Max(use?.CpuPercent ?? -1, Math.Max(use?.MemoryPercent ?? -1, use?.DiskPercent ?? -1)) switch
        {
            < 0 => NodeLoad.Unknown,
            < 50 => NodeLoad.Low,
            < 75 => NodeLoad.Medium,
            < 90 => NodeLoad.High,
            _ => NodeLoad.Full,
        };

    /// <summary>Name in addresses.</summary>
    public static string Name(NodeLoad load) => load.ToString().ToLowerInvariant();

    /// <summary>Name on the page.</summary>
    public static string Words(NodeLoad load) => load switch
    {
        NodeLoad.Full => "90 % and more",
        NodeLoad.High => "75–90 %",
        NodeLoad.Medium => "50–75 %",
        NodeLoad.Low => "below 50 %",
        _ => "not sent",
    };

    /// <summary>Reads <see cref="Name"/>; null when it is none.</summary>
    public static NodeLoad? Parse(string name) => All.Cast<NodeLoad?>().FirstOrDefault(l => Name(l!.Value).Equals(name, StringComparison.OrdinalIgnoreCase));
}
