using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>How up to date the data on the pages is.</summary>
public enum FreshnessKind
{
    /// <summary>No data yet.</summary>
    Connecting,
    /// <summary>The first load is running; the data so far is shown.</summary>
    Loading,
    /// <summary>The fleet is as the feed knew it before it was started again; what changed since is being asked.</summary>
    Confirming,
    /// <summary>Feed and control plane are reachable; pages are up to date.</summary>
    Live,
    /// <summary>The feed is unreachable; the last data is shown.</summary>
    Reconnecting,
    /// <summary>The feed is reachable, the control plane is not; the last data is shown.</summary>
    Stale,
}

/// <summary>How up to date the replica is at one point in time. Immutable.</summary>
public sealed record Freshness
{
    /// <summary>The kind.</summary>
    public FreshnessKind Kind { get; init; } = FreshnessKind.Connecting;
    /// <summary>Whether the whole fleet was loaded, now or earlier. Only then does a count of 0 mean "none".</summary>
    public bool IsLoaded { get; init; }
    /// <summary>Time of the data, UTC; null without data.</summary>
    public DateTimeOffset? AsOf { get; init; }
    /// <summary>Since when it is not live, UTC; null while it is.</summary>
    public DateTimeOffset? Since { get; init; }
    /// <summary>Why, as a sentence.</summary>
    public string Problem { get; init; } = "";
    /// <summary>What could not be read and is missing, as a sentence.</summary>
    public string Warning { get; init; } = "";
    /// <summary>Executions loaded so far while loading.</summary>
    public long? Loaded { get; init; }
    /// <summary>Executions to load; null when unknown.</summary>
    public long? Total { get; init; }
    /// <summary>The control plane's address.</summary>
    public string ControlPlane { get; init; } = "";
    /// <summary>Name of the feed; empty where it has its log for itself.</summary>
    public string Feed { get; init; } = "";
    /// <summary>Whether the feed stands by: it follows what another one stores, and takes no writes.</summary>
    public bool IsStandby { get; init; }
    /// <summary>Name of the feed that leads; empty while none does.</summary>
    public string Leader { get; init; } = "";
    /// <summary>The control planes, where there are several: then the rest is of the best of them. The same list while none changed.</summary>
    public IReadOnlyList<PlaneFreshness> Planes { get; init; } = [];

    /// <summary>How up to date what a plane has is.</summary>
    /// <param name="plane">Its name; empty with one plane.</param>
    public FreshnessKind KindOf(string plane)
    {
        foreach (var own in Planes)
            if (own.Name == plane) return own.Kind;
        return Kind;
    }

    /// <summary>Derives it from a feed's status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="complete">Whether the whole fleet was loaded.</param>
    /// <param name="loaded">Executions loaded.</param>
    /// <param name="before">The one before, whose list of planes is kept while it is the same.</param>
    public static Freshness Of(FeedStatus status, bool complete, long loaded, Freshness? before = null) =>
        status.Planes.Count == 0 ? OfOne(status, complete, loaded) : PlaneFreshness.OfAll(OfOne(status, complete, loaded), status.Planes, complete, before);

    private static Freshness OfOne(FeedStatus status, bool complete, long loaded) => new()
    {
        Kind = status.BlindSince is not null ? FreshnessKind.Stale
            : status.Loading is not null || !complete ? FreshnessKind.Loading
            : status.IsConfirming ? FreshnessKind.Confirming
            : FreshnessKind.Live,
        IsLoaded = complete && status.Loading is null,
        AsOf = status.LastSuccessAt,
        Since = status.BlindSince,
        Problem = status.Problem,
        Warning = status.Warning,
        Loaded = status.Loading ?? (complete ? null : loaded),
        Total = status.Total,
        ControlPlane = status.ControlPlane,
        Feed = status.Feed,
        IsStandby = status.IsStandby,
        Leader = status.Leader,
    };
}
