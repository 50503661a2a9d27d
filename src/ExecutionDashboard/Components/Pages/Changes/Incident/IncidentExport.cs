using System.Text;
using ExecutionDashboard.Components.Shared.Files;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Past;

namespace ExecutionDashboard.Components.Pages.Changes.Incident;

/// <summary>Exports what is known of a range of time as one file: HTML that opens offline, or its JSON alone.</summary>
public static class IncidentExport
{
    // What led to a problem is before it.
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(15), After = TimeSpan.FromMinutes(15);

    /// <summary>Address of an export.</summary>
    /// <param name="format"><c>html</c> or <c>json</c>.</param>
    /// <param name="range">The range.</param>
    /// <param name="by">What executions and nodes are grouped by.</param>
    public static string Address(string format, TimeRange range, ChangeGrouping by) => $"export/incident.{format}?{new ChangesUrl(range, by).ToString()[ChangesUrl.Path.Length..].TrimStart('?')}";

    /// <summary>Address of the export around a problem.</summary>
    /// <param name="since">When it began.</param>
    /// <param name="resolved">When it was resolved; null while it is open.</param>
    public static string Around(DateTimeOffset since, DateTimeOffset? resolved) =>
        Address("html", TimeRange.Of(Moment.At(since - Before), resolved is { } end ? Moment.At(end + After) : null), ChangeGrouping.Job);

    /// <summary>Maps the exports.</summary>
    public static void MapIncidentExports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/export/incident.html", (HttpContext context, IncidentReader reader, Replica replica, PageTime time) => WriteAsync(context, reader, time, "html", "text/html; charset=utf-8",
            report => IncidentFile.Html(report, id => replica.Store.FindNode(id)?.DisplayName ?? PlainText.Of(id))));
        app.MapGet("/export/incident.json", (HttpContext context, IncidentReader reader, PageTime time) => WriteAsync(context, reader, time, "json", "application/json; charset=utf-8",
            report => Encoding.UTF8.GetBytes(IncidentFile.Json(report))));
    }

    private static async Task<IResult> WriteAsync(HttpContext context, IncidentReader reader, PageTime time, string extension, string type, Func<IncidentReport, byte[]> fileOf)
    {
        var url = ChangesUrl.Parse("?" + context.Request.QueryString.Value?.TrimStart('?'));
        if (url.Range.Unread.Length > 0) return Results.Text($"The range is not understood: {url.Range.Unread}. Give from and to such as 2026-11-01T12:00:00Z.", statusCode: StatusCodes.Status400BadRequest);
        var (from, to) = url.Shown.Seen(time.GetUtcNow());
        var name = ExportName.Of(extension, time.GetUtcNow(), "incident", from is { } start ? start.UtcDateTime.ToString("yyyy-MM-dd'T'HHmm'Z'", System.Globalization.CultureInfo.InvariantCulture) : "");
        if (HeadersOnly.Asks(context))
        {
            FileReply.Begin(context, type, name);
            return Results.Empty;
        }
        var (report, problem) = await reader.ReadAsync(from ?? DateTimeOffset.UnixEpoch, to, url.By, context.RequestAborted);
        if (report is null) return Results.Text($"What changed is not known: {problem}", statusCode: StatusCodes.Status503ServiceUnavailable);
        FileReply.Begin(context, type, name);
        return Results.Bytes(fileOf(report), type);
    }
}
