using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>Names of failures in metrics and traces.</summary>
public static class ErrorKinds
{
    private static readonly string[] Names = [.. Enum.GetValues<ControlPlaneError>().Select(e => JsonNamingPolicy.SnakeCaseLower.ConvertName(e.ToString()))];

    /// <summary>The name, such as <c>not_found</c>.</summary>
    public static string Name(ControlPlaneError error) => Names[(int)error];
}
