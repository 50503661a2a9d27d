namespace ExecutionDashboard.ControlPlane;

/// <summary>A resource whose usage servers record.</summary>
public enum NodeMetric
{
    /// <summary>CPU, as a share from 0 to 1.</summary>
    Cpu,
    /// <summary>Memory, in bytes.</summary>
    Memory,
    /// <summary>Disk, in bytes.</summary>
    Disk,
}

/// <summary>A value at a point in time.</summary>
/// <param name="At">Its time, UTC.</param>
/// <param name="Value">The value, in the unit of its <see cref="NodeMetric"/>.</param>
public readonly record struct MetricPoint(DateTimeOffset At, double Value);

/// <summary>Values over time by node id, each list sorted by time.</summary>
/// <param name="ByNode">The values of each node in the reply.</param>
public sealed record MetricSeries(IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>> ByNode);

/// <summary>Statistics of <c>/nodes/-/stats</c>; null or empty where not sent.</summary>
public sealed record NodeStats
{
    /// <summary>Number of nodes.</summary>
    public long? Total { get; init; }
    /// <summary>By connection, as the server names it.</summary>
    public IReadOnlyDictionary<string, long> ByConnection { get; init; } = new Dictionary<string, long>();
    /// <summary>By operating system.</summary>
    public IReadOnlyDictionary<string, long> BySystem { get; init; } = new Dictionary<string, long>();
    /// <summary>By architecture.</summary>
    public IReadOnlyDictionary<string, long> ByArchitecture { get; init; } = new Dictionary<string, long>();
    /// <summary>CPU over all nodes.</summary>
    public UseSpread? Cpu { get; init; }
    /// <summary>Memory over all nodes.</summary>
    public UseSpread? Memory { get; init; }
    /// <summary>Disk over all nodes.</summary>
    public UseSpread? Disk { get; init; }
}

/// <summary>Usage of a resource over all nodes, in percent; null where not sent.</summary>
/// <param name="Average">The mean.</param>
/// <param name="Highest">The highest.</param>
/// <param name="Lowest">The lowest.</param>
public sealed record UseSpread(double? Average, double? Highest, double? Lowest);
