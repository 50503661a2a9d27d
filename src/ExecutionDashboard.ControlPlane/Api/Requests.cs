using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExecutionDashboard.ControlPlane.Api;

/// <summary>The reason of a command; left out when null.</summary>
internal sealed record ReasonRequest(string? Reason);

/// <summary>No fields.</summary>
internal sealed record EmptyRequest;

/// <summary>Creates or updates a job.</summary>
internal sealed record PutJobRequest(JsonElement Spec, bool? Force = null, bool? DryRun = null);

/// <summary>The spec to compare with the current one.</summary>
internal sealed record DiffJobRequest(JsonElement Spec);

/// <summary>Deletes a job or node.</summary>
internal sealed record DeleteRequest(bool? Force, string? Reason);

/// <summary>Rolls back to a version of a job; null for the previous one.</summary>
internal sealed record RollbackJobRequest(int? Version, string? Reason, bool? DryRun);

/// <summary>Rolls a deployment back; null for the version before it.</summary>
internal sealed record RollbackDeploymentRequest(int? TargetVersion, string? Reason);

/// <summary>JSON of requests: <c>snake_case</c>, without null values.</summary>
internal static class RequestJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
