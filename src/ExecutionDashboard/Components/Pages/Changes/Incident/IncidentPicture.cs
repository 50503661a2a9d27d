using System.Globalization;
using System.Net;
using System.Text;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Components.Pages.Changes.Incident;

/// <summary>Draws a timeline as SVG that needs nothing else: a lane for each node with its connection below, bars by state, and the times that nobody watched.</summary>
public static class IncidentPicture
{
    private const int Left = 190, Width = 1_000, Top = 26, Lane = 22, Bar = 12;

    /// <summary>The picture.</summary>
    /// <param name="timeline">The lanes.</param>
    /// <param name="nameOf">Name of a node.</param>
    public static string Of(FleetTimeline timeline, Func<string, string> nameOf)
    {
        var height = Top + timeline.Lanes.Count * Lane + 8;
        var svg = new StringBuilder();
        Line($"""<svg viewBox="0 0 {Width} {height}" role="img" aria-label="Timeline of {timeline.Lanes.Count} nodes">""");
        for (var i = 0; i <= 4; i++)
        {
            var at = timeline.From + (timeline.To - timeline.From) * i / 4;
            var x = X(at);
            Line($"""<line class="tick" x1="{x}" x2="{x}" y1="{Top - 6}" y2="{height}"/><text class="axis" x="{x}" y="14" text-anchor="{(i == 0 ? "start" : i == 4 ? "end" : "middle")}">{at.UtcDateTime:MM-dd HH:mm:ss}</text>""");
        }
        for (var i = 0; i < timeline.Lanes.Count; i++)
        {
            var (lane, y) = (timeline.Lanes[i], Top + i * Lane);
            Line($"""<text class="node" x="{Left - 8}" y="{y + 11}" text-anchor="end">{Text(Short(nameOf(lane.NodeId)))}</text>""");
            foreach (var bar in lane.Bars)
                foreach (var span in bar.Spans) Span(span, y, Bar, StateStyle.Class(ExecutionState.Parse(span.State)), $"{bar.JobId} v{bar.JobVersion}: {span.State}");
            foreach (var span in lane.Connection) Span(span, y + Bar + 2, 3, span.State.Equals("connected", StringComparison.OrdinalIgnoreCase) ? "up" : "down", span.State);
        }
        foreach (var gap in timeline.Gaps) Line($"""<rect class="gap" x="{X(gap.From)}" y="{Top - 6}" width="{Wide(gap.From, gap.To)}" height="{height - Top + 6}"><title>Not watched</title></rect>""");
        return svg.Append("</svg>\n").ToString();

        void Span(StateSpan span, int y, int tall, string css, string title)
        {
            if (span.State.Length > 0) Line($"""<rect class="{css}" x="{X(span.From)}" y="{y}" width="{Wide(span.From, span.To ?? timeline.To)}" height="{tall}"><title>{Text(title)}, since {span.From.UtcDateTime:yyyy-MM-dd HH:mm:ss}</title></rect>""");
        }

        void Line(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

        string X(DateTimeOffset at) => Place(at).ToString("0.#", CultureInfo.InvariantCulture);

        string Wide(DateTimeOffset from, DateTimeOffset to) => Math.Max(1, Place(to) - Place(from)).ToString("0.#", CultureInfo.InvariantCulture);

        double Place(DateTimeOffset at) => Left + (Width - Left) * Math.Clamp((double)(at - timeline.From).Ticks / Math.Max(1, (timeline.To - timeline.From).Ticks), 0, 1);
    }

    private static string Short(string name) => name.Length <= 26 ? name : name[..25] + "…";

    private static string Text(string text) => WebUtility.HtmlEncode(ShownText.Of(text));
}
