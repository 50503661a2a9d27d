using System.Globalization;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>Lengths of time in words.</summary>
internal static class Spans
{
    /// <summary>A length in its two largest units: <c>850 ms</c>, <c>41 s</c>, <c>2 min 5 s</c>, <c>3 h</c>, <c>2 d 4 h</c>.</summary>
    public static string Text(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.FromSeconds(1) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms"),
        _ when span < TimeSpan.FromMinutes(1) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
        _ when span < TimeSpan.FromHours(1) => Pair((int)span.TotalMinutes, "min", span.Seconds, "s"),
        _ when span < TimeSpan.FromDays(1) => Pair((int)span.TotalHours, "h", span.Minutes, "min"),
        _ => Pair((int)span.TotalDays, "d", span.Hours, "h"),
    };

    private static string Pair(int large, string largeUnit, int small, string smallUnit) => small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}
