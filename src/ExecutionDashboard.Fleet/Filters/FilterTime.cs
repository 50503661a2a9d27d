using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ExecutionDashboard.Fleet.Filters;

/// <summary>Times and spans in filters: <c>2026-05-01</c>, <c>2026-05-01T10:30Z</c>, <c>10m</c>, <c>1d12h</c>.</summary>
public static class FilterTime
{
    private const string Canonical = "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ";

    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('w', 7 * TimeSpan.TicksPerDay), ('d', TimeSpan.TicksPerDay), ('h', TimeSpan.TicksPerHour), ('m', TimeSpan.TicksPerMinute), ('s', TimeSpan.TicksPerSecond),
    ];

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK",
    ];

    /// <summary>Reads a span: whole numbers with <c>w</c>, <c>d</c>, <c>h</c>, <c>m</c>, <c>s</c>, the larger unit first, each once. At most ten years.</summary>
    public static bool TrySpan(string text, out TimeSpan span)
    {
        span = default;
        long ticks = 0;
        var next = 0;
        for (var at = 0; at < text.Length;)
        {
            var from = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (at == from || at - from > 6 || at == text.Length) return false;
            var unit = Array.FindIndex(Units, next, u => u.Unit == text[at]);
            if (unit < 0) return false;
            ticks += int.Parse(text.AsSpan(from, at - from), NumberStyles.None, CultureInfo.InvariantCulture) * Units[unit].Ticks;
            (next, at) = (unit + 1, at + 1);
        }
        if (text.Length == 0 || ticks > TimeSpan.TicksPerDay * 3_660) return false;
        span = TimeSpan.FromTicks(ticks);
        return true;
    }

    /// <summary>A span as it is written.</summary>
    public static string Text(TimeSpan span)
    {
        var text = new StringBuilder();
        var left = span.Ticks;
        foreach (var (unit, ticks) in Units)
        {
            if (left / ticks is not (> 0 and var count)) continue;
            text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            left -= count * ticks;
        }
        return text.Length > 0 ? text.ToString() : "0s";
    }

    /// <summary>Reads a time with its offset from UTC; without one it is UTC.</summary>
    public static bool TryMoment(string text, out DateTimeOffset moment) => DateTimeOffset.TryParseExact(
        text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);

    /// <summary>Whether a text is a day without a time of day.</summary>
    public static bool IsDay([NotNullWhen(true)] string? text) => text is { Length: 10 } && TryMoment(text, out _);

    /// <summary>A time as it is written.</summary>
    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Canonical, CultureInfo.InvariantCulture);

    /// <summary>The range of times that a comparison lets through, in ticks after the earliest time; an end of 0 is open.</summary>
    /// <param name="condition">A condition on a time.</param>
    /// <param name="now">The time at which it is asked, in the same ticks.</param>
    internal static (long From, long To) Range(FilterCondition condition, long now)
    {
        if (TrySpan(condition.Value, out var span))
        {
            var edge = Math.Max(1, now - span.Ticks);
            return condition.Test switch
            {
                FilterTest.Below => (edge + 1, 0),
                FilterTest.AtMost => (edge, 0),
                FilterTest.Above => (1, edge),
                _ => (1, edge + 1),
            };
        }
        if (!TryMoment(condition.Value, out var moment)) return (1, 1);
        var at = moment.UtcTicks + 1;
        return condition.Test switch
        {
            FilterTest.Below => (1, at),
            FilterTest.AtMost => (1, at + 1),
            FilterTest.Above => (at + 1, 0),
            _ => (at, 0),
        };
    }
}
