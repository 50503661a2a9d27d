using System.Globalization;
using System.Text;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Pages.DeploymentDetail;

/// <summary>Layout of a stacked area chart: one closed path per state, in the order given, the first at the bottom.</summary>
public static class StateAreaPaths
{
    /// <summary>Width in user units.</summary>
    public const int Width = 600;
    /// <summary>Height in user units.</summary>
    public const int Height = 140;

    /// <summary>The paths; empty with less than two points in time, or without counts.</summary>
    public static IReadOnlyList<(ExecutionState State, string Path)> Of(DeploymentHistory history)
    {
        var moments = history.Times.Count;
        if (moments < 2) return [];
        var totals = Enumerable.Range(0, moments).Select(i => history.Series.Sum(s => s.Counts[i])).ToArray();
        var highest = Math.Max(1, totals.Max());
        var from = history.Times[0].UtcTicks;
        var span = Math.Max(1, history.Times[^1].UtcTicks - from);
        var x = history.Times.Select(t => (double)(t.UtcTicks - from) / span * Width).ToArray();
        var below = new int[moments];
        var paths = new List<(ExecutionState, string)>();
        foreach (var series in history.Series)
        {
            var top = below.Select((b, i) => b + series.Counts[i]).ToArray();
            var path = new StringBuilder("M");
            // A count is valid until the next point in time, so the lines are steps.
            for (var i = 0; i < moments; i++) Step(path, x[i], Y(top[i]), i == 0 ? null : Y(top[i - 1]));
            for (var i = moments - 1; i >= 0; i--) Step(path, x[i], Y(below[i == 0 ? 0 : i - 1]), i == moments - 1 ? null : Y(below[i]));
            paths.Add((series.State, path.Append('Z').ToString()));
            below = top;
        }
        return paths;

        double Y(int count) => Height - (double)count / highest * Height;
    }

    /// <summary>A line across the chart at a time within it.</summary>
    public static string MarkAt(DeploymentHistory history, DateTimeOffset at)
    {
        var (from, span) = (history.Times[0].UtcTicks, Math.Max(1, history.Times[^1].UtcTicks - history.Times[0].UtcTicks));
        return string.Create(CultureInfo.InvariantCulture, $"M{(double)(at.UtcTicks - from) / span * Width:0.#} 0V{Height}");
    }

    private static void Step(StringBuilder path, double x, double y, double? before)
    {
        if (before is { } level) path.Append(CultureInfo.InvariantCulture, $"L{x:0.#} {level:0.#}");
        else if (path.Length > 1) path.Append('L');
        path.Append(CultureInfo.InvariantCulture, $"{(before is null ? "" : "L")}{x:0.#} {y:0.#}");
    }
}
