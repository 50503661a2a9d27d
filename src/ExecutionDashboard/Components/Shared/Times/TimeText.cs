using System.Globalization;
using ExecutionDashboard.Fleet.Times;
using NodaTime;

namespace ExecutionDashboard.Components.Shared.Times;

/// <summary>
/// Moments and ranges as people write them, by the clocks of a zone: <c>-2h</c>, <c>last 30 min</c>, <c>2026-05-01</c>, <c>14:02</c>, <c>2026-05-01 10:30 .. 11:00</c>. The same in every
/// language: dates are written year first. docs/times.md is its description.
/// </summary>
/// <param name="zone">The zone of all times without an offset.</param>
public sealed partial class TimeText(DateTimeZone zone)
{
    /// <summary>Times in UTC.</summary>
    public static TimeText Utc { get; } = new(DateTimeZone.Utc);

    /// <summary>Name of the zone.</summary>
    public string ZoneName => zone.Id;

    /// <summary>Times of a zone of the IANA database, or of <c>utc</c>; null for another name. The database is a part of the program, so it is the same on every machine.</summary>
    public static TimeText? In(string zone) =>
        zone.Equals("utc", StringComparison.OrdinalIgnoreCase) ? Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } known ? new(known) : null;

    /// <summary>The day of a time: the one that it lies in between <see cref="StartOf"/> and <see cref="EndOf"/>.</summary>
    public LocalDate DayOf(DateTimeOffset time) => At(time).Date is var day && StartOf(day) > time ? day.PlusDays(-1) : day;

    /// <summary>
    /// The first moment of a day; null for a day that a zone left out when it changed sides of the date line. Where clocks went back a minute after midnight, which some did, the day before goes
    /// on until they show midnight again.
    /// </summary>
    public DateTimeOffset? StartOf(LocalDate day)
    {
        var midnight = zone.MapLocal(day.AtMidnight());
        if (midnight.Count > 0)
        {
            var last = midnight.Last().ToInstant();
            return ((last - Duration.Epsilon).InZone(zone).Date == day ? midnight.First().ToInstant() : last).ToDateTimeOffset();
        }
        return midnight.LateInterval.IsoLocalStart.Date == day ? midnight.LateInterval.Start.ToDateTimeOffset() : null;
    }

    /// <summary>The first moment after a day.</summary>
    public DateTimeOffset EndOf(LocalDate day)
    {
        for (var next = day.PlusDays(1); ; next = next.PlusDays(1))
            if (StartOf(next) is { } start) return start;
    }

    /// <summary>A moment as it is written: a time that comes twice has its offset. <see cref="ReadMoment"/> reads it.</summary>
    public string Of(Moment moment)
    {
        if (moment.Time is not { } time) return moment.Ago == TimeSpan.Zero ? "now" : "-" + SpanText.Of(moment.Ago);
        var local = At(time);
        var clock = local.Second == 0 && local.NanosecondOfSecond == 0 ? "uuuu-MM-dd HH:mm" : local.NanosecondOfSecond == 0 ? "uuuu-MM-dd HH:mm:ss" : "uuuu-MM-dd HH:mm:ss.FFFFFFF";
        return local.LocalDateTime.ToString(clock, CultureInfo.InvariantCulture) + (zone.MapLocal(local.LocalDateTime).Count > 1 ? " " + OffsetText(local.Offset) : "");
    }

    /// <summary>A range as it is written; empty for all times. <see cref="ReadRange"/> reads it.</summary>
    public string Of(TimeRange range)
    {
        switch (range.From, range.To)
        {
            case (null, null): return "";
            case (null, { } to): return "until " + Of(to);
            case ({ IsRelative: true, Ago.Ticks: > 0 } from, null): return "last " + SpanText.Of(from.Ago);
            case ({ } from, null): return "since " + Of(from);
            case ({ } from, { } to) when WholeDays(from, to) is { } days: return days;
            case ({ } from, { } to): return $"{Of(from)} .. {Of(to)}";
        }
    }

    private string? WholeDays(Moment from, Moment to)
    {
        if (from.Time is not { } begin || to.Time is not { } end || begin >= end) return null;
        var (first, last) = (DayOf(begin), DayOf(end.AddTicks(-1)));
        if (StartOf(first) != begin || EndOf(last) != end) return null;
        return first == last ? DayText(first) : $"{DayText(first)} .. {DayText(last)}";
    }

    /// <summary>A day as it is written.</summary>
    public static string DayText(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string OffsetText(Offset offset) => offset.ToString("+HH:mm", CultureInfo.InvariantCulture);

    // The clocks of a zone may be past the end of the calendar.
    private ZonedDateTime At(DateTimeOffset time) => Instant.FromDateTimeOffset(time < Earliest ? Earliest : time > Latest ? Latest : time).InZone(zone);

    private static DateTimeOffset Earliest { get; } = DateTimeOffset.MinValue.AddDays(3);

    private static DateTimeOffset Latest { get; } = DateTimeOffset.MaxValue.AddDays(-3);
}
