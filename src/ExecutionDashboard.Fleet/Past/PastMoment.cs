using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Fleet.Past;

/// <summary>What the change log knows of a moment.</summary>
public sealed record PastMoment
{
    /// <summary>Id of the log.</summary>
    public string LogId { get; init; } = "";
    /// <summary>The moment, UTC.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>Sequence number of the last change that was seen by then; 0 when nothing is known of it.</summary>
    public long Sequence { get; init; }
    /// <summary>Since when the log is complete, UTC; null when it is empty.</summary>
    public DateTimeOffset? KnownSince { get; init; }
    /// <summary>Up to when the fleet was watched, UTC; null when it never was.</summary>
    public DateTimeOffset? WatchedUntil { get; init; }
    /// <summary>The time around the moment in which nobody watched; null when it was watched. What happened in it was seen afterwards.</summary>
    public WatchGap? Gap { get; init; }

    /// <summary>Since when the log has what entities were besides their states: labels, names and versions of nodes, labels and specs of jobs, waves and counts of deployments. UTC; null where it always had.</summary>
    public DateTimeOffset? FactsSince { get; init; }
    /// <summary>Whether it has that of this moment. Where it has not, it is as now.</summary>
    public bool HasFacts { get; init; }

    /// <summary>Whether the fleet of this moment is known.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsKnown => Sequence > 0;
}

/// <summary>How many executions and nodes there were at a moment.</summary>
/// <param name="Executions">Executions by state, those that were replaced with them.</param>
/// <param name="Nodes">Nodes by connection.</param>
public sealed record PastCounts(IReadOnlyDictionary<string, int> Executions, IReadOnlyDictionary<string, int> Nodes)
{
    /// <summary>Those of several fleets together.</summary>
    public static PastCounts Sum(IReadOnlyCollection<PastCounts> counts) => new(Sum(counts.SelectMany(each => each.Executions)), Sum(counts.SelectMany(each => each.Nodes)));

    private static Dictionary<string, int> Sum(IEnumerable<KeyValuePair<string, int>> counts) => counts.GroupBy(each => each.Key, StringComparer.Ordinal).ToDictionary(each => each.Key, each => each.Sum(one => one.Value), StringComparer.Ordinal);
}

/// <summary>When the next change before or after a moment was seen.</summary>
/// <param name="At">The time, UTC; null when there is none near.</param>
public sealed record PastStep(DateTimeOffset? At);
