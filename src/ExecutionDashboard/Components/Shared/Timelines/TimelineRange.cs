using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>The time range of a timeline: a span that ends now and follows, or a fixed range; 1 s to 400 days.</summary>
public sealed record TimelineRange
{
    /// <summary>Shortest span.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    /// <summary>Longest span.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(400);
    /// <summary>The last hour, followed.</summary>
    public static TimelineRange Default { get; } = Last(TimeSpan.FromHours(1));

    private TimelineRange(TimeSpan span, DateTimeOffset? from) => (Span, From) = (span, from);

    /// <summary>Length.</summary>
    public TimeSpan Span { get; }
    /// <summary>Start, UTC; null when it follows.</summary>
    public DateTimeOffset? From { get; }
    /// <summary>Whether it ends now and follows.</summary>
    public bool Follows => From is null;

    /// <summary>A span before now that follows, limited to the allowed lengths.</summary>
    public static TimelineRange Last(TimeSpan span) => new(Clamp(span), null);

    /// <summary>A fixed range. Swapped ends are corrected; limited to the allowed lengths.</summary>
    public static TimelineRange Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from) (from, to) = (to, from);
        return new(Clamp(to - from), from.ToUniversalTime());
    }

    /// <summary>The timeline of a range that was chosen: a span before now follows, all others stand still.</summary>
    /// <param name="range">The range.</param>
    /// <param name="span">Length of one that has no beginning.</param>
    /// <param name="now">The current time.</param>
    public static TimelineRange Of(TimeRange range, TimeSpan span, DateTimeOffset now)
    {
        if (range is { From: { IsRelative: true, Ago.Ticks: > 0 } last, To: null }) return Last(last.Ago);
        var (from, to) = range.Seen(now);
        var end = to ?? now;
        return Between(from ?? Back(end, span), end);
    }

    /// <summary>The same as a range that can be chosen.</summary>
    public TimeRange ToTimes() => From is { } from ? TimeRange.Of(Moment.At(from), Moment.At(At(from).To)) : TimeRange.Last(Span);

    /// <summary>Start and end at a point in time, UTC.</summary>
    public (DateTimeOffset From, DateTimeOffset To) At(DateTimeOffset now)
    {
        var from = From ?? Back(now, Span);
        return (from, DateTimeOffset.MaxValue - from > Span ? from + Span : DateTimeOffset.MaxValue);
    }

    private static TimeSpan Clamp(TimeSpan span) => span < Shortest ? Shortest : span > Longest ? Longest : span;

    private static DateTimeOffset Back(DateTimeOffset now, TimeSpan span) => now - DateTimeOffset.MinValue > span ? now - span : DateTimeOffset.MinValue;
}
