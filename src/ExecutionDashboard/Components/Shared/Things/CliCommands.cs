using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Shared.Things;

/// <summary>
/// Lines for a shell that do the same as a page or a command here: with <c>expanso-cli</c> where it has the command (2.1), else with <c>curl</c> and the settings of
/// <c>expanso-cli</c>. They contain no secrets.
/// </summary>
public static class CliCommands
{
    /// <summary>Most things that one line is for. It goes to the browser again with each letter of the reason.</summary>
    public const int MostOfALine = 200;

    private const string Program = "expanso-cli";

    // A shell takes what JSON escapes only for HTML.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line that shows a thing; empty when the program has none.</summary>
    public static string Show(FleetThing thing) => thing.Kind switch
    {
        ThingKind.Execution => Line("execution describe", thing.Id),
        ThingKind.Node => Line("node describe", thing.Id),
        ThingKind.Job => Line("job describe", thing.Id),
        _ => "",
    };

    /// <summary>A deployment with the ids that its control plane has.</summary>
    public static Deployment Own(Deployment deployment, FleetPlanes planes) =>
        planes.AreSeveral ? deployment with { Id = planes.OwnId(deployment.Id), JobId = planes.OwnId(deployment.JobId) } : deployment;

    /// <summary>Ids as their control plane has them; none where they are of several, since a line asks one.</summary>
    public static IReadOnlyList<string> Own(IReadOnlyList<string> ids, FleetPlanes planes) =>
        !planes.AreSeveral ? ids : ids.Select(planes.Of).Distinct().Count() > 1 ? [] : [.. ids.Select(planes.OwnId)];

    /// <summary>Why there is no line for many.</summary>
    public static string WhyNotMany(FleetPlanes planes) =>
        string.Create(CultureInfo.InvariantCulture, $"A line is for {MostOfALine:#,0} at most{(planes.AreSeveral ? ", of one control plane" : "")}.");

    /// <summary>The line that follows the log of a job.</summary>
    public static string Logs(string jobId) => Line("job logs --follow", jobId);

    /// <summary>The line that lists executions of a job or on a node.</summary>
    public static string Executions(FleetKind of, string id) => $"{Program} execution list --{(of == FleetKind.Node ? "node" : "job")}-id={Quoted(id)}";

    /// <summary>The line that gives a command for an execution or a job.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="targetId">Id of what it is for.</param>
    /// <param name="reason">The reason, as far as a request has one; empty for none.</param>
    /// <param name="version">For a rollback: the version to go back to; 0 for the previous one.</param>
    /// <param name="force">For a deletion: of a job that has not ended.</param>
    public static string Of(OperationKind kind, string targetId, string reason = "", int version = 0, bool force = false) => kind switch
    {
        OperationKind.StopJob => Line("job stop", targetId),
        OperationKind.Rerun => Line("job rerun", targetId),
        OperationKind.StopExecution => Request("POST", Path("executions", targetId, "/stop"), Body(reason)),
        OperationKind.DeleteJob => Request("DELETE", Path("jobs", targetId), Body(reason, ("force", force ? true : null))),
        OperationKind.Rollback => Request("POST", Path("jobs", targetId, "/rollback"), Body(reason, ("version", version > 0 ? version : null))),
        _ => "",
    };

    /// <summary>The line that promotes, pauses, resumes or rolls back a deployment; empty where its server has no such request.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="reason">The reason; empty for none.</param>
    /// <param name="version">For a rollback: the version to go back to; 0 for the previous one.</param>
    public static string Of(OperationKind kind, Deployment deployment, string reason = "", int version = 0)
    {
        var verb = kind.ToString().ToLower(CultureInfo.InvariantCulture);
        // In the rollout generation the job is asked.
        var (path, name) = deployment.IsRollout ? (Path("jobs", deployment.JobId, $"{(kind == OperationKind.Rollback ? "/" : "/rollout/")}{verb}"), "version") : (Path("deployments", deployment.Id, "/" + verb), "target_version");
        return deployment.IsRollout && kind == OperationKind.Promote ? "" : Request("POST", path, Body(reason, (name, kind == OperationKind.Rollback && version > 0 ? version : null)));
    }

    /// <summary>The line that does the same for many, one after the other; empty for none, and for more than <see cref="MostOfALine"/>. A shell's line has no waves.</summary>
    /// <param name="action">The command.</param>
    /// <param name="ids">Ids of the executions or jobs.</param>
    /// <param name="reason">The reason; empty for none.</param>
    public static string Of(BulkAction action, IReadOnlyCollection<string> ids, string reason = "")
    {
        if (ids.Count is 0 or > MostOfALine) return "";
        var isOfJobs = action != BulkAction.StopExecutions;
        var one = isOfJobs ? $"{Program} job {(action == BulkAction.StopJobs ? "stop" : "rerun")} -- \"$id\"" : Request("POST", "\"executions/$id/stop\"", Body(reason));
        return $"for id in {string.Join(' ', ids.Select(id => Quoted(isOfJobs ? id : Uri.EscapeDataString(id))))}; do {one}; done";
    }

    private static string Path(string folder, string id, string rest = "") => Quoted($"{folder}/{Uri.EscapeDataString(id)}{rest}");

    private static string Body(string reason, params ReadOnlySpan<(string Name, object? Value)> others)
    {
        var fields = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in others)
            if (value is not null) fields[name] = value;
        if (reason.Trim() is { Length: > 0 } why) fields["reason"] = why;
        return JsonSerializer.Serialize(fields, Plain);
    }

    // After two dashes nothing is a flag.
    private static string Line(string command, string id) => $"{Program} {command} {(id.StartsWith('-') ? "-- " : "")}{Quoted(id)}";

    private static string Request(string method, string path, string body) =>
        $$"""curl -X {{method}} "$EXPANSO_CLI_ENDPOINT/api/v1/"{{path}} -H "Authorization: Bearer $EXPANSO_CLI_AUTH_API_KEY" -H 'Content-Type: application/json' -d {{Quoted(body)}}""";

    // For POSIX shells: only what needs no quotes stays without.
    private static string Quoted(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:/@%".Contains(c, StringComparison.Ordinal))
        ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
