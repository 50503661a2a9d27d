using System.Text;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Times;

/// <summary>A range of time, open at either end. In addresses it is <c>from</c> and <c>to</c>.</summary>
public sealed record TimeRange
{
    private TimeRange(Moment? from, Moment? to) => (From, To) = (from, to);

    /// <summary>All times.</summary>
    public static TimeRange All { get; } = new(null, null);

    /// <summary>The beginning, which belongs to it; null without one.</summary>
    public Moment? From { get; }

    /// <summary>The end, which does not belong to it; null without one.</summary>
    public Moment? To { get; }

    /// <summary>The part of an address that cannot be read, as it stands there. It filters nothing.</summary>
    public string Unread { get; private init; } = "";

    /// <summary>Whether every time is in it.</summary>
    public bool IsAll => From is null && To is null;

    /// <summary>Whether an end moves on with the time.</summary>
    public bool IsRelative => From is { IsRelative: true } || To is { IsRelative: true };

    /// <summary>A length of time before now.</summary>
    public static TimeRange Last(TimeSpan span) => new(Moment.Before(span), null);

    /// <summary>A range by its ends. An end that is now is no end, so that equal ranges are equal however they were written.</summary>
    public static TimeRange Of(Moment? from, Moment? to) => new(from, to == Moment.Now ? null : to);

    /// <summary>Whether it can have times: its ends are of different kinds, or the first one is before the second.</summary>
    public static bool IsOrdered(Moment? from, Moment? to) => (from, to) switch
    {
        ({ Time: { } begin }, { Time: { } end }) => begin < end,
        ({ IsRelative: true } begin, { IsRelative: true } end) => begin.Ago > end.Ago,
        _ => true,
    };

    /// <summary>Reads the values of an address; null for those that it does not have.</summary>
    public static TimeRange Parse(string? from, string? to)
    {
        var (begin, end) = (Read(from), Read(to));
        var ordered = IsOrdered(begin, end);
        var unread = new StringBuilder();
        if (from is not null && (begin is null || !ordered)) QueryText.Append(unread, "from", from);
        if (to is not null && (end is null || !ordered)) QueryText.Append(unread, "to", to);
        return (ordered ? Of(begin, end) : All) with { Unread = unread.ToString() };
    }

    /// <summary>The part of an address, without a question mark; empty for <see cref="All"/>. <see cref="Parse"/> reads its values.</summary>
    public string ToUrl()
    {
        var url = new StringBuilder();
        if (From is { } from) QueryText.AppendRaw(url, "from", from.ToString());
        if (To is { } to) QueryText.AppendRaw(url, "to", to.ToString());
        return QueryText.Join(url.ToString(), Unread);
    }

    /// <summary>Its ends at a time, UTC; null for an open one.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) Seen(DateTimeOffset now) => (From?.Seen(now), To?.Seen(now));

    /// <summary>The same with ends that stand still.</summary>
    public TimeRange Fixed(DateTimeOffset now) => new(Still(From, now), Still(To, now)) { Unread = Unread };

    /// <summary>Whether a time is in it.</summary>
    public bool Contains(DateTimeOffset time, DateTimeOffset now) => Seen(now) is var (from, to) && (from is null || time >= from) && (to is null || time < to);

    private static Moment? Still(Moment? end, DateTimeOffset now) => end is { } moment ? Moment.At(moment.Seen(now)) : null;

    private static Moment? Read(string? text) => Moment.TryParse(text, out var moment) ? moment : null;
}
