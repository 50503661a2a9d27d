namespace ExecutionDashboard.Fleet.Attention;

/// <summary>What this process knows of how it is told: the feed's word, and whether the feed is there.</summary>
public sealed record FeedFacts
{
    /// <summary>What the feed last said.</summary>
    public FeedStatus Status { get; init; } = new();
    /// <summary>Since when the feed is gone, UTC by this process's clock; null while it is there.</summary>
    public DateTimeOffset? FeedLostSince { get; init; }
    /// <summary>Why it is gone, for people.</summary>
    public string FeedProblem { get; init; } = "";
    /// <summary>Since when the feed warns, UTC by this process's clock; null while it does not.</summary>
    public DateTimeOffset? WarnedSince { get; init; }
    /// <summary>Since when the control plane's clock is off, UTC by this process's clock; null while it is not.</summary>
    public DateTimeOffset? SkewedSince { get; init; }

    /// <summary>The facts at a moment, by those before: what lasts keeps its beginning.</summary>
    /// <param name="before">Those before.</param>
    /// <param name="status">What the feed last said.</param>
    /// <param name="lostSince">Since when the feed is gone; null while it is there.</param>
    /// <param name="problem">Why it is gone.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="now">The moment, by this process's clock.</param>
    public static FeedFacts Next(FeedFacts before, FeedStatus status, DateTimeOffset? lostSince, string problem, AttentionOptions options, DateTimeOffset now) => new()
    {
        Status = status, FeedLostSince = lostSince, FeedProblem = problem,
        WarnedSince = status.Warning.Length == 0 ? null : before.WarnedSince ?? now,
        SkewedSince = Math.Abs(status.ClockSkewSeconds ?? 0) >= options.ClockSkew.TotalSeconds ? before.SkewedSince ?? now : null,
    };
}
