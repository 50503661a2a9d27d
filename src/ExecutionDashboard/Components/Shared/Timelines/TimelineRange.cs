namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>What a timeline shows of time: a span that ends now and follows it, or a range that stays. A span is 1 s to 400 days.</summary>
public sealed record TimelineRange
{
    /// <summary>Shortest span.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    /// <summary>Longest span.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(400);
    /// <summary>The last hour, followed.</summary>
    public static TimelineRange Default { get; } = Last(TimeSpan.FromHours(1));

    private TimelineRange(TimeSpan span, DateTimeOffset? from) => (Span, From) = (span, from);

    /// <summary>Its length.</summary>
    public TimeSpan Span { get; }
    /// <summary>Its start, UTC; null when it ends now and follows.</summary>
    public DateTimeOffset? From { get; }
    /// <summary>It ends now and moves with it.</summary>
    public bool Follows => From is null;

    /// <summary>The last span before now, followed. A span out of bounds is brought into them.</summary>
    public static TimelineRange Last(TimeSpan span) => new(Clamp(span), null);

    /// <summary>A range that stays. Ends given the wrong way round are swapped; a span out of bounds is brought into them.</summary>
    public static TimelineRange Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from) (from, to) = (to, from);
        return new(Clamp(to - from), from.ToUniversalTime());
    }

    /// <summary>Its two ends at a moment, UTC.</summary>
    public (DateTimeOffset From, DateTimeOffset To) At(DateTimeOffset now)
    {
        var from = From ?? Back(now, Span);
        return (from, DateTimeOffset.MaxValue - from > Span ? from + Span : DateTimeOffset.MaxValue);
    }

    private static TimeSpan Clamp(TimeSpan span) => span < Shortest ? Shortest : span > Longest ? Longest : span;

    private static DateTimeOffset Back(DateTimeOffset now, TimeSpan span) => now - DateTimeOffset.MinValue > span ? now - span : DateTimeOffset.MinValue;
}
