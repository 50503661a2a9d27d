using System.Globalization;
using System.Text;
using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.Components.Pages.NodeDetail;

/// <summary>Resource usage over time as SVG paths. Times without values are gaps in the line.</summary>
/// <param name="Line">Path of the line.</param>
/// <param name="Area">Path of the area under it.</param>
public sealed record UsePath(string Line, string Area)
{
    /// <summary>Width of the drawing.</summary>
    public const int Width = 300;
    /// <summary>Height of the drawing.</summary>
    public const int Height = 56;

    /// <summary>The paths for a time range; <paramref name="most"/> is the top of the chart.</summary>
    public static UsePath Of(IReadOnlyList<MetricPoint> points, DateTimeOffset from, DateTimeOffset to, double most)
    {
        var (line, area) = (new StringBuilder(), new StringBuilder());
        var span = (to - from).TotalSeconds;
        if (span <= 0 || most <= 0) return new("", "");
        var gap = GapOf(points);
        (double X, double Y)? last = null;
        MetricPoint? before = null;
        foreach (var point in points)
        {
            if (point.At < from || point.At > to) continue;
            var (x, y) = ((point.At - from).TotalSeconds / span * Width, Height - Math.Clamp(point.Value / most, 0, 1) * (Height - 2));
            var joined = before is { } b && point.At - b.At <= gap;
            if (!joined && last is { } end) Append(area, $"L{end.X:0.#} {Height}Z");
            if (!joined) Append(area, $"M{x:0.#} {Height}L{x:0.#} {y:0.#}");
            else Append(area, $"L{x:0.#} {y:0.#}");
            Append(line, joined ? (FormattableString)$"L{x:0.#} {y:0.#}" : $"M{x:0.#} {y:0.#}");
            (last, before) = ((x, y), point);
        }
        if (last is { } right) Append(area, $"L{right.X:0.#} {Height}Z");
        return new(line.ToString(), area.ToString());
    }

    // Three times the usual interval, so that a late value makes no gap.
    private static TimeSpan GapOf(IReadOnlyList<MetricPoint> points)
    {
        if (points.Count < 3) return TimeSpan.MaxValue;
        var steps = points.Zip(points.Skip(1), (a, b) => b.At - a.At).Order().ToArray();
        return steps[steps.Length / 2] * 3;
    }

    private static void Append(StringBuilder path, FormattableString part) => path.Append(part.ToString(CultureInfo.InvariantCulture));
}
