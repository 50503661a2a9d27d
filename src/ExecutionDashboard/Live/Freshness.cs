using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>How far what the pages show can be trusted to be now.</summary>
public enum FreshnessKind
{
    /// <summary>Nothing has come yet.</summary>
    Connecting,
    /// <summary>The first load is under way; what is there is shown.</summary>
    Loading,
    /// <summary>Feed and control plane answer; pages follow within moments.</summary>
    Live,
    /// <summary>The feed is gone; the last good data is shown.</summary>
    Reconnecting,
    /// <summary>The feed answers, the control plane does not; the last good data is shown.</summary>
    Stale,
}

/// <summary>The replica's standing at one moment. Immutable.</summary>
public sealed record Freshness
{
    /// <summary>The kind.</summary>
    public FreshnessKind Kind { get; init; } = FreshnessKind.Connecting;
    /// <summary>
    /// The whole fleet was loaded, now or earlier: a count of nothing is none. Until then it only says that nothing has come.
    /// </summary>
    public bool IsLoaded { get; init; }
    /// <summary>Until when the data is good, UTC; null when there is none.</summary>
    public DateTimeOffset? AsOf { get; init; }
    /// <summary>Since when it is not live, UTC; null while it is.</summary>
    public DateTimeOffset? Since { get; init; }
    /// <summary>Why, for people.</summary>
    public string Problem { get; init; } = "";
    /// <summary>What could not be read and is left out, for people.</summary>
    public string Warning { get; init; } = "";
    /// <summary>Executions loaded so far while loading.</summary>
    public long? Loaded { get; init; }
    /// <summary>Executions to load, when known.</summary>
    public long? Total { get; init; }
    /// <summary>The control plane's address.</summary>
    public string ControlPlane { get; init; } = "";

    /// <summary>The standing that a feed's status gives.</summary>
    public static Freshness Of(FeedStatus status, bool complete, long loaded) => new()
    {
        Kind = status.BlindSince is not null ? FreshnessKind.Stale
            : status.Loading is not null || !complete ? FreshnessKind.Loading
            : FreshnessKind.Live,
        IsLoaded = complete && status.Loading is null,
        AsOf = status.LastSuccessAt,
        Since = status.BlindSince,
        Problem = status.Problem,
        Warning = status.Warning,
        Loaded = status.Loading ?? (complete ? null : loaded),
        Total = status.Total,
        ControlPlane = status.ControlPlane,
    };
}
