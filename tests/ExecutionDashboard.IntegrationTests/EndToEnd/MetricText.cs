using System.Globalization;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>Reads what <c>/metrics</c> says.</summary>
internal static class MetricText
{
    /// <summary>The value of a metric, whatever labels its first line has; null without it.</summary>
    public static double? ValueOf(string text, string name)
    {
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith(name, StringComparison.Ordinal) || line.Length == name.Length || line[name.Length] is not (' ' or '{')) continue;
            // Behind the value there may be a time.
            return double.Parse(line[(Math.Max(line.LastIndexOf('}'), name.Length - 1) + 1)..].TrimStart().Split(' ')[0], CultureInfo.InvariantCulture);
        }
        return null;
    }
}
