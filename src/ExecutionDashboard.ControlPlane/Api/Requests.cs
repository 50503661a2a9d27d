using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExecutionDashboard.ControlPlane.Api;

/// <summary>Why something is asked; left out when null.</summary>
internal sealed record ReasonRequest(string? Reason);

/// <summary>No fields.</summary>
internal sealed record EmptyRequest;

/// <summary>Creates or updates a job.</summary>
internal sealed record PutJobRequest(JsonElement Spec, bool? Force = null, bool? DryRun = null);

/// <summary>The spec to compare with the present one.</summary>
internal sealed record DiffJobRequest(JsonElement Spec);

/// <summary>Deletes a job or node.</summary>
internal sealed record DeleteRequest(bool? Force, string? Reason);

/// <summary>Goes back to a version of a job; null is the one before.</summary>
internal sealed record RollbackJobRequest(int? Version, string? Reason, bool? DryRun);

/// <summary>Rolls a deployment back; null is the version that it came from.</summary>
internal sealed record RollbackDeploymentRequest(int? TargetVersion, string? Reason);

/// <summary>How requests are written: <c>snake_case</c>, nothing for null.</summary>
internal static class RequestJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
