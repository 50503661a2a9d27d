using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Components.Shared.Times;

/// <summary>Lengths of time as people write them: <c>30 min</c>, <c>1h30m</c>, <c>2 days</c>.</summary>
internal static partial class SpanText
{
    // The largest unit first.
    private static readonly (long Seconds, string[] Names)[] Units =
    [
        (7 * 86_400, ["w", "wk", "week", "weeks"]),
        (86_400, ["d", "day", "days"]),
        (3_600, ["h", "hr", "hrs", "hour", "hours"]),
        (60, ["m", "min", "mins", "minute", "minutes"]),
        (1, ["s", "sec", "secs", "second", "seconds"]),
    ];

    /// <summary>Reads whole numbers with units, the larger unit first, each once. More than zero, at most <see cref="Moment.Longest"/>.</summary>
    public static bool TryRead(string text, out TimeSpan span)
    {
        span = default;
        if (Whole().Match(text) is not { Success: true } match) return false;
        var (seconds, next) = (0L, 0);
        for (var i = 0; i < match.Groups["count"].Captures.Count; i++)
        {
            var name = match.Groups["unit"].Captures[i].Value;
            var unit = Array.FindIndex(Units, next, u => u.Names.Contains(name, StringComparer.OrdinalIgnoreCase));
            if (unit < 0) return false;
            seconds += int.Parse(match.Groups["count"].Captures[i].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) * Units[unit].Seconds;
            next = unit + 1;
        }
        if (seconds <= 0 || seconds > Moment.Longest.TotalSeconds) return false;
        span = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>Reads the name of a unit alone, as in "last hour".</summary>
    public static bool TryUnit(string text, out TimeSpan span)
    {
        var unit = Array.Find(Units, u => u.Names.Contains(text, StringComparer.OrdinalIgnoreCase));
        span = TimeSpan.FromSeconds(unit.Seconds);
        return unit.Seconds > 0 && text.Length > 2;
    }

    /// <summary>A length in words: <c>1 h 30 min</c>. <see cref="TryRead"/> reads it.</summary>
    public static string Of(TimeSpan span)
    {
        var text = new StringBuilder();
        Add(span.Days, "d");
        Add(span.Hours, "h");
        Add(span.Minutes, "min");
        Add(span.Seconds, "s");
        return text.ToString();

        void Add(int count, string unit)
        {
            if (count > 0) text.Append(text.Length > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{count} {unit}");
        }
    }

    [GeneratedRegex(@"^(?:(?<count>[0-9]{1,6})\s*(?<unit>[a-z]+)\s*)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
