using System.Diagnostics;
using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>Traces of commands, source <c>ExecutionDashboard.ControlPlane</c>. Attributes never contain an operator's reason or a server's message.</summary>
internal static class CommandTraces
{
    private static readonly ActivitySource Source = new("ExecutionDashboard.ControlPlane");

    /// <summary>A command, with its requests as children.</summary>
    /// <param name="command">The command.</param>
    /// <param name="kind">Kind of its target, such as <c>job</c>.</param>
    /// <param name="id">Id of its target.</param>
    public static Activity? Command(ControlPlaneCommand command, string kind, string id) =>
        Source.StartActivity("control_plane.command", ActivityKind.Client)
            ?.SetTag("command", JsonNamingPolicy.SnakeCaseLower.ConvertName(command.ToString())).SetTag("target.kind", kind).SetTag("target.id", id);

    /// <summary>Records the result.</summary>
    public static void End(this Activity? span, ControlPlaneFailure? failure)
    {
        if (failure is not null) span?.SetTag("error.type", ErrorKinds.Name(failure.Error)).SetStatus(ActivityStatusCode.Error);
    }
}
