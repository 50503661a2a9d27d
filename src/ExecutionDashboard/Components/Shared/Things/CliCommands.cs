using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Shared.Things;

/// <summary>Lines of <c>expanso-cli</c> that do the same as a page or a command here. Only commands that expanso-cli 2.1 has.</summary>
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

    /// <summary>The line that gives a command; empty when the program has none.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="targetId">Id of what it is for.</param>
    public static string Of(OperationKind kind, string targetId) => kind switch
    {
        OperationKind.StopJob => Line("job stop", targetId),
        OperationKind.Rerun => Line("job rerun", targetId),
        _ => "",
    };

    // After two dashes nothing is a flag.
    private static string Line(string command, string id) => $"{Program} {command} {(id.StartsWith('-') ? "-- " : "")}{Quoted(id)}";

    // For POSIX shells: only what needs no quotes stays without.
    private static string Quoted(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:/@".Contains(c, StringComparison.Ordinal))
        ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
