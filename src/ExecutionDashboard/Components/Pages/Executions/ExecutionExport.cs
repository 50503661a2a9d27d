using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CsvHelper;
using CsvHelper.Configuration;
using ExecutionDashboard.Components.Shared.Files;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>The filtered list as a file: streamed, every match, secrets masked, named by its filters.</summary>
public static class ExecutionExport
{
    // With its mark, always: Excel reads accents wrong without it, and a stream cannot know at its start whether a later row has one. Readers of CSV pass over it.
    private static readonly UTF8Encoding CsvEncoding = new(encoderShouldEmitUTF8Identifier: true);

    // A cell that starts like a formula is escaped: spreadsheets would run it, and take full-width signs for the others.
    private static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape, InjectionCharacters = ['=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', '\uff0b', '\uff0d', '\uff20'],
    };

    // Every text of an execution, the empty ones too: who reads a file relies on its members.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    private static readonly string[] Head =
    [
        "id", "state", "desired_state", "job_id", "job_name", "job_version", "job_type", "namespace", "node_id", "node_name", "deployment_id",
        "evaluation_id", "message", "error_code", "previous_execution_id", "next_execution_id", "revision", "created_at", "updated_at", "stable_at",
    ];

    /// <summary>Address of an export.</summary>
    public static string Address(string format, ExecutionQuery query) => $"export/executions.{format}?{query.ToUrl()}";

    /// <summary>Maps the exports.</summary>
    public static void MapExecutionExports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/export/executions.csv", (HttpContext context, Replica replica, TimeProvider time) => WriteCsv(context, replica.Store, time));
        app.MapGet("/export/executions.json", (HttpContext context, Replica replica, SpecFingerprints fingerprints, TimeProvider time) => WriteJson(context, replica.Store, fingerprints, time));
    }

    /// <summary>The name of an export's file: its filters and when it was made.</summary>
    public static string FileName(string extension, ExecutionQuery query, FleetStore store, DateTimeOffset at) => ExportName.Of(extension, at,
    [
        "executions", query.Scope == ExecutionScope.All ? "" : query.Scope.ToString().ToLowerInvariant(), string.Join('-', query.States.Select(s => s.Name)), query.Drift == true ? "not-in-desired-state" : "",
        .. FilterChip.Of(query, store).Select(chip => $"{chip.Field}-{chip.Value}"),
    ]);

    private static async Task WriteCsv(HttpContext context, FleetStore store, TimeProvider time)
    {
        if (!FileReply.Begin(context, "text/csv; charset=utf-8", FileName("csv", Query(context), store, time.GetUtcNow()))) return;
        await using var writer = new StreamWriter(context.Response.Body, CsvEncoding, leaveOpen: true);
        await using var csv = new CsvWriter(writer, Csv);
        foreach (var name in Head) csv.WriteField(name);
        await csv.NextRecordAsync();
        foreach (var execution in store.Enumerate(Query(context)))
        {
            context.RequestAborted.ThrowIfCancellationRequested();
            foreach (var cell in Cells(execution, store)) csv.WriteField(cell);
            await csv.NextRecordAsync();
        }
    }

    private static async Task WriteJson(HttpContext context, FleetStore store, SpecFingerprints fingerprints, TimeProvider time)
    {
        if (!FileReply.Begin(context, "application/json; charset=utf-8", FileName("json", Query(context), store, time.GetUtcNow()))) return;
        await using var writer = new StreamWriter(context.Response.Body, leaveOpen: true);
        await writer.WriteAsync('[');
        var first = true;
        foreach (var execution in store.Enumerate(Query(context)))
        {
            context.RequestAborted.ThrowIfCancellationRequested();
            await writer.WriteAsync(first ? "\n" : ",\n");
            first = false;
            await writer.WriteAsync(Document(execution, fingerprints));
        }
        await writer.WriteAsync("\n]\n");
    }

    /// <summary>An execution as this dashboard knows it, JSON text, secrets masked; in place of its spec's hash the fingerprint.</summary>
    public static string Document(Execution execution, SpecFingerprints fingerprints, bool indented = false)
    {
        var masked = SecretMask.Mask(JsonSerializer.Serialize(execution with { SpecHash = fingerprints.Of(execution.SpecHash) }, Json));
        return indented ? JsonNode.Parse(masked)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) : masked;
    }

    private static ExecutionQuery Query(HttpContext context) => ExecutionQuery.Parse(context.Request.QueryString.Value);

    private static IEnumerable<string> Cells(Execution e, FleetStore store) =>
    [
        e.Id, e.Actual.State.Name, e.Desired.State.Name, e.JobId, store.FindJob(e.JobId)?.Name ?? "", e.JobVersion.ToString(CultureInfo.InvariantCulture),
        e.JobType, e.Namespace, e.NodeId, store.FindNode(e.NodeId)?.Name ?? "", e.DeploymentId, e.EvaluationId, Masked.Text(e.Actual.Message),
        Masked.Text(e.Details?.GetValueOrDefault("error_code") ?? e.Actual.Details?.GetValueOrDefault("error_code") ?? ""), e.PreviousId, e.NextId,
        e.Revision.ToString(CultureInfo.InvariantCulture), Moment(e.CreatedAt), Moment(e.UpdatedAt), Moment(e.StableAt),
    ];

    private static string Moment(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "";
}
