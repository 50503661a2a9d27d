using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.Files;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Live.Scopes;

namespace ExecutionDashboard.Components.Pages.Bulk;

/// <summary>Exports a bulk run with the outcome of every item, as CSV or JSON.</summary>
public static class BulkExport
{
    private static readonly string[] Head = ["number", "id", "job_id", "job_name", "node_id", "node_name", "outcome", "answer", "wave", "attempts", "at"];

    /// <summary>Maps the exports.</summary>
    public static void MapBulkExports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/export/bulk.csv", (HttpContext context, string? run, BulkItems items, Replica replica, FleetSight sight) => WriteAsync(context, sight.IsWhole ? run : null, items, "csv", view => CsvAsync(context, view, replica)));
        app.MapGet("/export/bulk.json", (HttpContext context, string? run, BulkItems items, FleetSight sight) => WriteAsync(context, sight.IsWhole ? run : null, items, "json", view => context.Response.WriteAsync(JsonSerializer.Serialize(view, FeedContract.Json), context.RequestAborted)));
    }

    private static async Task WriteAsync(HttpContext context, string? id, BulkItems items, string format, Func<BulkRunView, Task> write)
    {
        // The newest: what this process knows may be older.
        var (view, problem) = string.IsNullOrEmpty(id) ? (null, "") : await items.OfAsync(id, long.MaxValue, context.RequestAborted);
        if (view is null || problem.Length > 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync(problem.Length > 0 ? problem : "There is no such bulk run.", context.RequestAborted);
            return;
        }
        var type = format == "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
        if (FileReply.Begin(context, type, ExportName.Of(format, view.Run.StateAt, "bulk", BulkLabels.Title(view.Run.Action, view.Items.Count), view.Run.Id))) await write(view);
    }

    private static async Task CsvAsync(HttpContext context, BulkRunView view, Replica replica)
    {
        // A byte order mark, and no cell that a spreadsheet would run: as in the export of executions.
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(writer, ExecutionExport.Csv);
        foreach (var name in Head) csv.WriteField(name);
        await csv.NextRecordAsync();
        foreach (var item in view.Items)
        {
            context.RequestAborted.ThrowIfCancellationRequested();
            csv.WriteField(item.Number);
            foreach (var text in (string[])[item.Id, item.JobId, replica.Store.FindJob(item.JobId)?.Name ?? "", item.NodeId, replica.Store.FindNode(item.NodeId)?.Name ?? "", JsonNamingPolicy.SnakeCaseLower.ConvertName(item.Phase.ToString()), item.Note])
                csv.WriteField(text);
            csv.WriteField(item.Wave + 1);
            csv.WriteField(item.Attempts);
            csv.WriteField(item.At?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "");
            await csv.NextRecordAsync();
        }
    }
}
