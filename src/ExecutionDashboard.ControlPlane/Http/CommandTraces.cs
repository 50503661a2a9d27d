using System.Diagnostics;
using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>Spans of commands to the control plane, source <c>ExecutionDashboard.ControlPlane</c>. An operator's reason and a server's words are no attributes.</summary>
internal static class CommandTraces
{
    private static readonly ActivitySource Source = new("ExecutionDashboard.ControlPlane");

    /// <summary>A command is sent; its requests are below it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="kind">What it is for, such as <c>job</c>.</param>
    /// <param name="id">Its id.</param>
    public static Activity? Command(ControlPlaneCommand command, string kind, string id) =>
        Source.StartActivity("control_plane.command", ActivityKind.Client)
            ?.SetTag("command", JsonNamingPolicy.SnakeCaseLower.ConvertName(command.ToString())).SetTag("target.kind", kind).SetTag("target.id", id);

    /// <summary>What came of it.</summary>
    public static void End(this Activity? span, ControlPlaneFailure? failure)
    {
        if (failure is not null) span?.SetTag("error.type", ErrorKinds.Name(failure.Error)).SetStatus(ActivityStatusCode.Error);
    }
}
