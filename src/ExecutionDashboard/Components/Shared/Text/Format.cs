using System.Globalization;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>Formats numbers and time spans.</summary>
public static class Format
{
    private const double DaysOfAYear = 365.25;

    /// <summary>A whole number with separators: 12,345. The sentences of the Fleet project use the same format.</summary>
    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A count, or a dash while the fleet is not loaded.</summary>
    public static string Count(long number, bool isLoaded) => number == 0 && !isLoaded ? "–" : Count(number);

    /// <summary>A number with its noun: <c>1 node</c>, <c>2 nodes</c>.</summary>
    public static string Count(long number, string singular, string? plural = null) => $"{Count(number)} {(number == 1 ? singular : plural ?? singular + "s")}";

    /// <summary>
    /// A time span in its two largest units: <c>850 ms</c>, <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h 4 min</c>, <c>5 d 3 h</c>, <c>1 y 20 d</c>. js/spans.js uses the
    /// same format.
    /// </summary>
    public static string Span(TimeSpan span)
    {
        if (span < TimeSpan.Zero) return "–";
        if (span < TimeSpan.FromSeconds(1)) return string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms");
        if (span < TimeSpan.FromMinutes(1)) return string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s");
        if (span < TimeSpan.FromHours(1)) return Pair((int)span.TotalMinutes, "min", span.Seconds, "s");
        if (span < TimeSpan.FromDays(1)) return Pair((int)span.TotalHours, "h", span.Minutes, "min");
        var years = (int)(span.TotalDays / DaysOfAYear);
        return years == 0 ? Pair((int)span.TotalDays, "d", span.Hours, "h") : Pair(years, "y", (int)(span.TotalDays - years * DaysOfAYear), "d");
    }

    /// <summary>A percentage without decimals; a dash when the total is 0.</summary>
    public static string Percent(long part, long whole) => whole <= 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0} %");

    private static string Pair(int large, string largeUnit, int small, string smallUnit) => small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}
