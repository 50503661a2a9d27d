using System.Text.Json;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>The fields of an execution in the JSON of control plane and dashboard, read without the product's own parser.</summary>
public sealed record ExecutionFacts(
    string Id, string Job, int Version, string Type, string Namespace, string Node, string Deployment, string Evaluation, string State, string Message,
    string Desired, string DesiredMessage, string Details, string Previous, string Next, long Revision, DateTimeOffset? Created, DateTimeOffset? Updated)
{
    private const string Api = "simulator/api/v1/executions";

    /// <summary>All executions of a simulator, page by page; rows that move in between can be missing.</summary>
    public static async Task<Dictionary<string, ExecutionFacts>> OfControlPlaneAsync(HttpClient http, Uri simulator)
    {
        var all = new Dictionary<string, ExecutionFacts>(StringComparer.Ordinal);
        var token = "";
        do
        {
            using var page = JsonDocument.Parse(await http.GetStringAsync(new Uri(simulator, $"{Api}?limit=1000&next_token={token}")));
            foreach (var row in Rows(page.RootElement, "items")) all[Text(row, "id")] = OfServer(row);
            token = Text(page.RootElement, "next_token");
        }
        while (token.Length > 0);
        return all;
    }

    /// <summary>All executions of a dashboard, from its export.</summary>
    public static async Task<Dictionary<string, ExecutionFacts>> OfExportAsync(HttpClient http, Uri dashboard)
    {
        using var export = JsonDocument.Parse(await http.GetStringAsync(new Uri(dashboard, "export/executions.json")));
        return export.RootElement.EnumerateArray().Select(OfDashboard).ToDictionary(e => e.Id, StringComparer.Ordinal);
    }

    /// <summary>Null when both have the same rows, else some of the differences.</summary>
    public static string? Difference(Dictionary<string, ExecutionFacts> there, Dictionary<string, ExecutionFacts> here)
    {
        var missing = there.Keys.Except(here.Keys).ToArray();
        var extra = here.Keys.Except(there.Keys).ToArray();
        var other = there.Values.Where(e => here.TryGetValue(e.Id, out var known) && known != e).ToArray();
        if (missing.Length + extra.Length + other.Length == 0) return null;
        var example = other.Length > 0 ? $"; there {other[0]}, here {here[other[0].Id]}" : "";
        return $"{there.Count} there, {here.Count} here: {missing.Length} missing ({string.Join(", ", missing.Take(3))}), {extra.Length} too many ({string.Join(", ", extra.Take(3))}), {other.Length} different{example}";
    }

    private static ExecutionFacts OfServer(JsonElement row)
    {
        var status = Part(row, "status");
        var actual = Part(status, Part(status, "observed_state").ValueKind == JsonValueKind.Object ? "observed_state" : "compute_state");
        var desired = Part(status, "desired_state");
        return new(
            Text(row, "id"), Text(row, "job_id"), (int)Number(row, "job_version"), Text(row, "job_type"), Text(row, "namespace"), Text(row, "node_id"),
            Text(row, "deployment_id"), Text(row, "eval_id"), Known(Text(actual, "state_type")), SecretMask.MaskText(Text(actual, "message")),
            Known(Text(desired, "state_type")), Text(desired, "message"), Pairs(status), Text(status, "previous_execution_id"), Text(status, "next_execution_id"),
            Number(status, "revision"), Time(status, "created_at"), Time(status, "updated_at"));
    }

    private static ExecutionFacts OfDashboard(JsonElement row)
    {
        var actual = Part(row, "actual");
        var desired = Part(row, "desired");
        return new(
            Text(row, "id"), Text(row, "jobId"), (int)Number(row, "jobVersion"), Text(row, "jobType"), Text(row, "namespace"), Text(row, "nodeId"),
            Text(row, "deploymentId"), Text(row, "evaluationId"), Text(actual, "state"), Text(actual, "message"),
            Text(desired, "state"), Text(desired, "message"), Pairs(row), Text(row, "previousId"), Text(row, "nextId"),
            Number(row, "revision"), Time(row, "createdAt"), Time(row, "updatedAt"));
    }

    private static string Known(string state) => state switch { "complete" => "completed", "run" => "running", _ => state };

    private static string Pairs(JsonElement element) => string.Join("; ",
        Part(element, "details") is { ValueKind: JsonValueKind.Object } details ? details.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value}") : []);

    private static IEnumerable<JsonElement> Rows(JsonElement page, string name) =>
        page.GetProperty(name) is { ValueKind: JsonValueKind.Array } rows ? rows.EnumerateArray() : [];

    // Both omit empty values.
    private static JsonElement Part(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : default;

    private static string Text(JsonElement element, string name) => Part(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static long Number(JsonElement element, string name) => Part(element, name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : 0;

    private static DateTimeOffset? Time(JsonElement element, string name) => Part(element, name) is { ValueKind: JsonValueKind.String } time ? time.GetDateTimeOffset() : null;
}
