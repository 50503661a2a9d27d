using System.Globalization;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Times;
using NodaTime;
using NodaTime.TimeZones;

namespace ExecutionDashboard.Components.Shared.Times;

public sealed partial class TimeText
{
    private const int FirstYear = 1970, LastYear = 9998;

    /// <summary>Reads a moment: <c>now</c>, <c>-2h</c>, <c>2 hours ago</c>, a day (its beginning), a time of day (the last one that has passed), or both.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The time at which it is typed.</param>
    public TimeReading<Moment> ReadMoment(string text, DateTimeOffset now)
    {
        var point = ReadPoint(text, now, null);
        return new(point.Begin, point.Problem, point.Choices);
    }

    // A day or a month has an end, too.
    private sealed record Point(Moment Begin, Moment? End = null, string Problem = "")
    {
        public IReadOnlyList<string> Choices { get; init; } = [];
        public static Point Not(string problem) => new(default, Problem: problem);
    }

    private Point ReadPoint(string written, DateTimeOffset now, DateTimeOffset? after)
    {
        var text = written.Trim();
        if (text.Length > 100) return Point.Not("This is too long for a time.");
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase)) return new(Moment.Now);
        if (Relative().Match(text) is { Success: true } ago)
            return SpanText.TryRead(ago.Groups["span"].Value, out var span) ? new(Moment.Before(span)) : Point.Not($"'{text}' is not a length of time such as -2h or -1d12h, at most ten years.");
        if (Unix().IsMatch(text)) return new(Moment.At(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture) * (text.Length == 10 ? 1_000 : 1))));
        if (Month().Match(text) is { Success: true } month) return WholeMonth(Number(month, "year"), Number(month, "month"), text);
        if (Absolute().Match(text) is { Success: true } absolute && (absolute.Groups["date"].Success || absolute.Groups["time"].Success)) return ReadAbsolute(absolute, text, now, after);
        return Point.Not(DayFirst().IsMatch(text) ? "Write dates year first, such as 2026-05-31."
            : text.Length == 0 ? "A time is missing." : $"'{text}' is not a time such as 14:02, 2026-05-01, 2026-05-01 10:30 or -2h.");
    }

    private Point ReadAbsolute(Match match, string text, DateTimeOffset now, DateTimeOffset? after)
    {
        LocalDate? day = null;
        if (match.Groups["date"].Success)
        {
            if (match.Groups["year"].Success)
            {
                day = DayOf(Number(match, "year"), Number(match, "month"), Number(match, "day"));
                if (day is null) return Point.Not($"{match.Groups["date"].Value} is not a day of the calendar from {FirstYear} on.");
            }
            else day = DayOf(now).PlusDays(match.Groups["date"].Value.Equals("today", StringComparison.OrdinalIgnoreCase) ? 0 : -1);
        }
        if (!match.Groups["time"].Success) return WholeDay(day!.Value);
        if (TimeOf(match) is not { } clock) return Point.Not($"{match.Groups["time"].Value} is not a time of day.");
        if (match.Groups["offset"].Success && OffsetOf(match) is null) return Point.Not($"{match.Groups["offset"].Value} is not an offset such as +02:00.");
        if (day is { } date) return On(date);

        // A time alone is the last one that has passed, or the first one after the beginning of a range.
        var first = DayOf(after ?? now);
        var nearest = On(first);
        if (after is { } begin) return nearest.Begin.Time is { } same && same <= begin ? On(first.PlusDays(1)) : nearest;
        return nearest.Begin.Time is { } time && time > now ? On(first.PlusDays(-1)) : nearest;

        Point On(LocalDate on)
        {
            var local = on + clock;
            if (OffsetOf(match) is { } offset) return new(Moment.At(local.WithOffset(offset).ToInstant().ToDateTimeOffset()));
            var mapping = zone.MapLocal(local);
            return mapping.Count switch
            {
                1 => new(Moment.At(mapping.Single().ToInstant().ToDateTimeOffset())),
                0 => Point.Not(Skipped(mapping)),
                _ => Twice(mapping, text),
            };
        }
    }

    private string Skipped(ZoneLocalMapping mapping)
    {
        var (from, to, at) = (mapping.EarlyInterval.IsoLocalEnd, mapping.LateInterval.IsoLocalStart, mapping.LocalDateTime);
        var pattern = from.Date == to.Date ? "HH:mm" : "uuuu-MM-dd HH:mm";
        return $"{Clock(at)} does not exist on {DayText(at.Date)} in {ZoneName}: clocks go from {Plain(from)} to {Plain(to)}.";

        string Plain(LocalDateTime time) => time.ToString(pattern, CultureInfo.InvariantCulture);
    }

    private Point Twice(ZoneLocalMapping mapping, string text)
    {
        var (early, late) = (OffsetText(mapping.First().Offset), OffsetText(mapping.Last().Offset));
        return Point.Not($"{Clock(mapping.LocalDateTime)} comes twice on {DayText(mapping.LocalDateTime.Date)} in {ZoneName}: write {early} or {late} after it.") with { Choices = [$"{text} {early}", $"{text} {late}"] };
    }

    private static string Clock(LocalDateTime time) => time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    private Point WholeDay(LocalDate day) => StartOf(day) is { } start ? new(Moment.At(start), Moment.At(EndOf(day))) : Point.Not($"{DayText(day)} does not exist in {ZoneName}: the zone left it out when it crossed the date line.");

    private Point WholeMonth(int year, int month, string text)
    {
        if (DayOf(year, month, 1) is not { } first) return Point.Not($"{text} is not a month from {FirstYear} on.");
        return new(Moment.At(StartOf(first) ?? EndOf(first)), Moment.At(EndOf(first.PlusMonths(1).PlusDays(-1))));
    }

    private static LocalDate? DayOf(int year, int month, int day) =>
        year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;

    private static LocalTime? TimeOf(Match match)
    {
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), match.Groups["second"].Success ? Number(match, "second") : 0);
        if (hour > 23 || minute > 59 || second > 59) return null;
        var ticks = match.Groups["part"].Success ? int.Parse(match.Groups["part"].Value.PadRight(7, '0'), CultureInfo.InvariantCulture) : 0;
        return new LocalTime(hour, minute, second).PlusTicks(ticks);
    }

    private static Offset? OffsetOf(Match match)
    {
        if (!match.Groups["offset"].Success) return null;
        if (!match.Groups["sign"].Success) return Offset.Zero;
        var (hours, minutes) = (Number(match, "hours"), match.Groups["minutes"].Success ? Number(match, "minutes") : 0);
        // DateTimeOffset has no more.
        if (minutes > 59 || hours * 60 + minutes > 14 * 60) return null;
        return Offset.FromSeconds((hours * 60 + minutes) * (match.Groups["sign"].Value == "+" ? 60 : -60));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[-−]\s*(?<span>[0-9][0-9a-z\s]*)$|^(?<span>[0-9][0-9a-z\s]*?)\s+ago$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Relative();

    // Seconds or milliseconds since 1970, as logs have them.
    [GeneratedRegex(@"^(?:[0-9]{10}|[0-9]{13})$")]
    private static partial Regex Unix();

    [GeneratedRegex(@"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})$")]
    private static partial Regex Month();

    [GeneratedRegex(
        @"^(?:(?<date>(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})|today|yesterday)(?:t|,?\s+|$))?"
        + @"(?:(?<time>(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:[.,](?<part>[0-9]{1,7}))?)?)\s*(?<offset>z|utc|(?<sign>[+−-])(?<hours>[0-9]{2})(?::?(?<minutes>[0-9]{2}))?)?)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Absolute();

    [GeneratedRegex(@"^[0-9]{1,2}\s*[./-]\s*[0-9]{1,2}\s*[./-]\s*[0-9]{2,4}\b|^[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}\b", RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();
}
