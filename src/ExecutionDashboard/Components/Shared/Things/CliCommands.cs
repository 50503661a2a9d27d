using System.Globalization;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Shared.Things;

/// <summary>
/// Lines for a shell that do the same as a page or a command here: with <c>expanso-cli</c> where it has the command (2.1), else with <c>curl</c> and the settings of
/// <c>expanso-cli</c>. They contain no secrets.
/// </summary>
public static class CliCommands
{
    private const string Program = "expanso-cli";

    /// <summary>The line that shows a thing; empty when the program has none.</summary>
    public static string Show(FleetThing thing) => thing.Kind switch
    {
        ThingKind.Execution => Line("execution describe", thing.Id),
        ThingKind.Node => Line("node describe", thing.Id),
        ThingKind.Job => Line("job describe", thing.Id),
        _ => "",
    };

    /// <summary>The line that follows the log of a job.</summary>
    public static string Logs(string jobId) => Line("job logs --follow", jobId);

    /// <summary>The line that lists executions of a job or on a node.</summary>
    public static string Executions(FleetKind of, string id) => $"{Program} execution list --{(of == FleetKind.Node ? "node" : "job")}-id={Quoted(id)}";

    /// <summary>The line that gives a command for an execution or a job.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="targetId">Id of what it is for.</param>
    public static string Of(OperationKind kind, string targetId) => kind switch
    {
        OperationKind.StopJob => Line("job stop", targetId),
        OperationKind.Rerun => Line("job rerun", targetId),
        OperationKind.StopExecution => Request("POST", $"executions/{Uri.EscapeDataString(targetId)}/stop"),
        OperationKind.DeleteJob => Request("DELETE", $"jobs/{Uri.EscapeDataString(targetId)}"),
        OperationKind.Rollback => Request("POST", $"jobs/{Uri.EscapeDataString(targetId)}/rollback"),
        _ => "",
    };

    /// <summary>The line that promotes, pauses, resumes or rolls back a deployment.</summary>
    public static string Of(OperationKind kind, Deployment deployment)
    {
        var verb = kind.ToString().ToLower(CultureInfo.InvariantCulture);
        if (!deployment.IsRollout) return Request("POST", $"deployments/{Uri.EscapeDataString(deployment.Id)}/{verb}");
        // In the rollout generation the job is asked.
        return kind == OperationKind.Promote ? "" : Request("POST", $"jobs/{Uri.EscapeDataString(deployment.JobId)}/{(kind == OperationKind.Rollback ? verb : "rollout/" + verb)}");
    }

    // After two dashes nothing is a flag.
    private static string Line(string command, string id) => $"{Program} {command} {(id.StartsWith('-') ? "-- " : "")}{Quoted(id)}";

    private static string Request(string method, string path) =>
        $$"""curl -X {{method}} "$EXPANSO_CLI_ENDPOINT/api/v1/"{{Quoted(path)}} -H "Authorization: Bearer $EXPANSO_CLI_AUTH_API_KEY" -H 'Content-Type: application/json' -d '{}'""";

    // For POSIX shells: only what needs no quotes stays without.
    private static string Quoted(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:/@%".Contains(c, StringComparison.Ordinal))
        ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
