using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>A small line chart without axes.</summary>
public static class Sparkline
{
    private const int Width = 300;
    private const int Height = 48;

    /// <summary>The line with the area below it.</summary>
    /// <param name="values">The values, oldest first.</param>
    /// <param name="label">Accessible name.</param>
    public static MarkupString Of(IReadOnlyList<int> values, string label)
    {
        var (newest, highest) = values.Count > 0 ? (values[^1], values.Max()) : (0, 0);
        var line = Line(values, highest);
        var area = line.Length > 0 ? $"{line}L{Width} {Height}L0 {Height}Z" : "";
        return Markup.Of(
            $"""<svg class="sparkline" viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" role="img" aria-label="{label}: newest {newest}, highest {highest}"><path d="{area}" class="area"></path><path d="{line}" class="line"></path></svg>""");
    }

    private static string Line(IReadOnlyList<int> values, int highest)
    {
        if (values.Count < 2) return "";
        var line = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            var (x, y) = ((double)i / (values.Count - 1) * Width, Height - 2 - (double)values[i] / Math.Max(1, highest) * (Height - 4));
            line.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
        }
        return line.ToString();
    }
}
