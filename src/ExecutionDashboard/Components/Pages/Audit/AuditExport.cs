using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.Files;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;

namespace ExecutionDashboard.Components.Pages.Audit;

/// <summary>Exports all rows of the acts that match as CSV or JSON, acts newest first, the rows of each oldest first.</summary>
public static class AuditExport
{
    private static readonly UTF8Encoding CsvEncoding = new(encoderShouldEmitUTF8Identifier: true);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly string[] Head =
        ["number", "stored_at", "at", "act", "outcome", "who", "role", "from", "action", "target_kind", "target_id", "target_name", "numbers", "reason", "answer", "hash"];

    /// <summary>Address of an export.</summary>
    public static string Address(string format, AuditQuery query) => $"export/audit.{format}?{query.ToUrl()}";

    /// <summary>Maps the exports, for whom <see cref="AuditReading.Needed"/> says.</summary>
    public static void MapAuditExports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/export/audit.csv", WriteCsvAsync).WithMetadata(new LeastRoleAttribute(AuditReading.Needed));
        app.MapGet("/export/audit.json", WriteJsonAsync).WithMetadata(new LeastRoleAttribute(AuditReading.Needed));
    }

    private static async Task<IResult> WriteCsvAsync(HttpContext context, IAuditLog log, TimeProvider time)
    {
        var rows = new Pages(log, context, time.GetUtcNow());
        if (await rows.NextAsync() is { } problem) return Unreadable(problem);
        if (!FileReply.Begin(context, "text/csv; charset=utf-8", ExportName.Of("csv", time.GetUtcNow(), "audit", rows.Query.Who, string.Join('-', rows.Query.Actions), rows.Query.Target, rows.Query.Text))) return Results.Empty;
        await using var writer = new StreamWriter(context.Response.Body, CsvEncoding, leaveOpen: true);
        await using var csv = new CsvWriter(writer, ExecutionExport.Csv);
        foreach (var name in Head) csv.WriteField(name);
        await csv.NextRecordAsync();
        await rows.ForEachAsync(async row =>
        {
            foreach (var cell in Cells(row)) csv.WriteField(cell);
            await csv.NextRecordAsync();
        });
        return Results.Empty;
    }

    private static async Task<IResult> WriteJsonAsync(HttpContext context, IAuditLog log, TimeProvider time)
    {
        var rows = new Pages(log, context, time.GetUtcNow());
        if (await rows.NextAsync() is { } problem) return Unreadable(problem);
        if (!FileReply.Begin(context, "application/json; charset=utf-8", ExportName.Of("json", time.GetUtcNow(), "audit", rows.Query.Who, string.Join('-', rows.Query.Actions), rows.Query.Target, rows.Query.Text))) return Results.Empty;
        await using var writer = new StreamWriter(context.Response.Body, leaveOpen: true);
        await writer.WriteAsync('[');
        var isFirst = true;
        await rows.ForEachAsync(async row =>
        {
            await writer.WriteAsync((isFirst ? "\n" : ",\n") + JsonSerializer.Serialize(Head.Zip(Cells(row)).ToDictionary(pair => pair.First, pair => pair.Second), Json));
            isFirst = false;
        });
        await writer.WriteAsync("\n]\n");
        return Results.Empty;
    }

    private static IResult Unreadable(string problem) => Results.Text($"The audit cannot be read: {problem}", statusCode: StatusCodes.Status503ServiceUnavailable);

    private static IEnumerable<string> Cells(AuditRow row)
    {
        var e = row.Entry;
        return
        [
            row.Number.ToString(CultureInfo.InvariantCulture), Moment(row.StoredAt), Moment(e.At), e.Act, AuditQuery.NameOf(e.Outcome), e.Who, e.Role, e.From, e.Action, e.Target.Kind, e.Target.Id, e.Target.Name, e.Numbers, e.Reason, e.Answer, row.Hash,
        ];
    }

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    // Page by page, so that an export of years holds no more than one.
    private sealed class Pages(IAuditLog log, HttpContext context, DateTimeOffset now)
    {
        private Fleet.Audit.AuditPage? _page;

        // A range that moves on would be another one for each page.
        public AuditQuery Query { get; private set; } = Still(AuditQuery.Parse(context.Request.QueryString.Value), now);

        /// <summary>Reads the next page. Gives why it cannot be read; null when it was.</summary>
        public async Task<string?> NextAsync()
        {
            (_page, var problem) = await log.ActsAsync(Query, AuditLimits.Acts, context.RequestAborted);
            return _page is null ? problem ?? "The feed sent no answer." : null;
        }

        private static AuditQuery Still(AuditQuery query, DateTimeOffset now) => query with { Range = query.Range.Fixed(now) };

        public async Task ForEachAsync(Func<AuditRow, Task> write)
        {
            for (var count = 0L; _page is { } page;)
            {
                foreach (var row in page.Acts.SelectMany(act => act.Rows))
                {
                    context.RequestAborted.ThrowIfCancellationRequested();
                    await write(row);
                    ExportCount.Note(context, ++count);
                }
                if (!page.More || page.Acts.Count == 0) return;
                Query = Query with { Before = page.Acts[^1].Number };
                // The client must not take a part for the whole.
                if (await NextAsync() is { } problem) throw new IOException($"The audit cannot be read: {problem}");
            }
        }
    }
}
