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
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Past;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>Exports the filtered list as CSV or JSON: all matches, streamed, secrets masked; the file is named after the filters.</summary>
public static class ExecutionExport
{
    // Always with a byte order mark: Excel needs it for accents, and a stream cannot know at its start whether they occur. CSV readers skip it.
    private static readonly UTF8Encoding CsvEncoding = new(encoderShouldEmitUTF8Identifier: true);

    // Escape cells that start like a formula, also with full-width signs, because spreadsheets would run them.
    internal static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape, InjectionCharacters = ['=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', '\uff0b', '\uff0d', '\uff20'],
    };

    // Write empty texts too, because programs expect all properties.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    private const string GroupKey = "group", PlaneKey = "plane";

    private static readonly string[] Head =
    [
        "id", "state", "desired_state", "job_id", "job_name", "job_version", "job_type", "namespace", "node_id", "node_name", "deployment_id",
        "evaluation_id", "message", "error_code", "previous_execution_id", "next_execution_id", "revision", "created_at", "updated_at", "stable_at",
    ];

    /// <summary>Address of an export.</summary>
    public static string Address(string format, ExecutionQuery query, ExecutionGrouping group) =>
        $"export/executions.{format}?{query.ToUrl()}{(group.IsNone ? "" : $"&{GroupKey}={Uri.EscapeDataString(group.ToString())}")}";

    /// <summary>Maps the exports.</summary>
    public static void MapExecutionExports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/export/executions.csv", (HttpContext context, Replica replica, PageTime time) => WriteCsv(context, replica.Store, time));
        app.MapGet("/export/executions.json", (HttpContext context, Replica replica, SpecFingerprints fingerprints, PageTime time) => WriteJson(context, replica.Store, fingerprints, time));
    }

    /// <summary>Name of the file: filters, grouping and time.</summary>
    public static string FileName(string extension, ExecutionQuery query, FleetStore store, DateTimeOffset at, ExecutionGrouping? group = null) => ExportName.Of(extension, at,
    [
        "executions", query.Scope == ExecutionScope.All ? "" : query.Scope.ToString().ToLowerInvariant(), string.Join('-', query.States.Select(s => s.Name)), query.Drift == true ? "not-in-desired-state" : "",
        .. ExecutionFilterList.List.Chips(query, store).Select(chip => $"{chip.Field}-{chip.Value}"), group is null or { IsNone: true } ? "" : "by-" + group,
    ]);

    private static async Task WriteCsv(HttpContext context, FleetStore store, TimeProvider time)
    {
        var group = Group(context);
        if (!FileReply.Begin(context, "text/csv; charset=utf-8", FileName("csv", Query(context), store, time.GetUtcNow(), group))) return;
        await using var writer = new StreamWriter(context.Response.Body, CsvEncoding, leaveOpen: true);
        await using var csv = new CsvWriter(writer, Csv);
        foreach (var name in group.IsNone ? Head : [GroupKey, .. Head]) csv.WriteField(name);
        if (store.Planes.AreSeveral) csv.WriteField(PlaneKey);
        await csv.NextRecordAsync();
        var count = 0L;
        foreach (var execution in store.Enumerate(Query(context)))
        {
            context.RequestAborted.ThrowIfCancellationRequested();
            ExportCount.Note(context, ++count);
            if (!group.IsNone) csv.WriteField(ExecutionGroupLabels.Of(execution, group, store));
            foreach (var cell in Cells(execution, store)) csv.WriteField(cell);
            if (store.Planes.AreSeveral) csv.WriteField(store.Planes.Of(execution.Id));
            await csv.NextRecordAsync();
        }
    }

    private static async Task WriteJson(HttpContext context, FleetStore store, SpecFingerprints fingerprints, TimeProvider time)
    {
        var group = Group(context);
        if (!FileReply.Begin(context, "application/json; charset=utf-8", FileName("json", Query(context), store, time.GetUtcNow(), group))) return;
        await using var writer = new StreamWriter(context.Response.Body, leaveOpen: true);
        await writer.WriteAsync('[');
        var count = 0L;
        foreach (var execution in store.Enumerate(Query(context)))
        {
            context.RequestAborted.ThrowIfCancellationRequested();
            await writer.WriteAsync(count == 0 ? "\n" : ",\n");
            ExportCount.Note(context, ++count);
            var document = Document(execution, fingerprints);
            if (store.Planes.AreSeveral) document = $"{{\"{PlaneKey}\":\"{store.Planes.Of(execution.Id)}\",{document[1..]}";
            await writer.WriteAsync(group.IsNone ? document : $"{{\"{GroupKey}\":{JsonSerializer.Serialize(ExecutionGroupLabels.Of(execution, group, store))},{document[1..]}");
        }
        await writer.WriteAsync("\n]\n");
    }

    /// <summary>An execution as JSON, secrets masked, with a fingerprint instead of its spec's hash.</summary>
    public static string Document(Execution execution, SpecFingerprints fingerprints, bool indented = false)
    {
        var masked = SecretMask.Mask(JsonSerializer.Serialize(execution with { SpecHash = fingerprints.Of(execution.SpecHash) }, Json));
        return indented ? JsonNode.Parse(masked)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) : masked;
    }

    private static ExecutionQuery Query(HttpContext context) => ExecutionQuery.Parse(context.Request.QueryString.Value);

    private static ExecutionGrouping Group(HttpContext context) => ExecutionGrouping.Parse(context.Request.Query[GroupKey]);

    private static IEnumerable<string> Cells(Execution e, FleetStore store) =>
    [
        e.Id, e.Actual.State.Name, e.Desired.State.Name, e.JobId, store.FindJob(e.JobId)?.Name ?? "", e.JobVersion.ToString(CultureInfo.InvariantCulture),
        e.JobType, e.Namespace, e.NodeId, store.FindNode(e.NodeId)?.Name ?? "", e.DeploymentId, e.EvaluationId, Masked.Text(e.Actual.Message),
        Masked.Text(e.Details?.GetValueOrDefault("error_code") ?? e.Actual.Details?.GetValueOrDefault("error_code") ?? ""), e.PreviousId, e.NextId,
        e.Revision.ToString(CultureInfo.InvariantCulture), Moment(e.CreatedAt), Moment(e.UpdatedAt), Moment(e.StableAt),
    ];

    private static string Moment(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "";
}
