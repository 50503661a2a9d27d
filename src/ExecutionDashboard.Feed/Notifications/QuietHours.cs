using System.Globalization;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>A part of each day, by the clocks of a zone.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end; before the start when it is the next day's.</param>
/// <param name="Zone">The zone.</param>
internal sealed record QuietHours(TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    /// <summary>Reads <c>22:00-07:00</c>; null when it is not of this form, or has no length.</summary>
    public static (TimeOnly From, TimeOnly To)? Parse(string text)
    {
        var ends = text.Split('-', '–');
        return ends.Length == 2 && Read(ends[0]) is { } from && Read(ends[1]) is { } to && from != to ? (from, to) : null;
    }

    /// <summary>When they end; null when it is not within them.</summary>
    public DateTimeOffset? EndsAt(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone).DateTime;
        if (!TimeOnly.FromDateTime(local).IsBetween(From, To)) return null;
        var end = local.Date + To.ToTimeSpan();
        if (end <= local) end = end.AddDays(1);
        // A time that clocks jump over is the one that they jump to.
        while (Zone.IsInvalidTime(end)) end = end.AddMinutes(1);
        var ends = new DateTimeOffset(end, Zone.GetUtcOffset(end)).ToUniversalTime();
        // Where an hour comes twice, the first of both times may be over.
        return ends > now ? ends : now.AddMinutes(1);
    }

    private static TimeOnly? Read(string text) =>
        TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
