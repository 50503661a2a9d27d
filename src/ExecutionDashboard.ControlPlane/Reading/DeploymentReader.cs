using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Reads deployments of the deployment generation.</summary>
internal static class DeploymentReader
{
    /// <summary>A deployment; null without an id.</summary>
    public static Deployment? Read(JsonElement element)
    {
        var id = Fields.Get(element, "id"u8).Text();
        if (id.Length == 0) return null;
        // The published schema breaks off in the middle of the status, so fields are read from both levels; the status takes precedence.
        var read = With(element, new Deployment { Id = id });
        return With(Fields.Get(element, "status"u8), read);
    }

    private static Deployment With(JsonElement element, Deployment read)
    {
        foreach (var field in Fields.Of(element))
        {
            if (field.Is("job_id"u8)) read = read with { JobId = field.Value.Text() };
            else if (field.Is("job_type"u8)) read = read with { JobType = field.Value.Text() };
            else if (field.Is("namespace"u8)) read = read with { Namespace = field.Value.Text() };
            else if (field.Is("type"u8)) read = read with { Type = field.Value.Text() };
            else if (field.Is("from_version"u8)) read = read with { FromVersion = field.Value.Int() };
            else if (field.Is("to_version"u8)) read = read with { ToVersion = field.Value.Int() };
            else if (field.Is("spec"u8)) read = read with { Strategy = Strategy(field.Value) };
            else if (field.Is("state"u8)) read = WithState(field.Value, read);
            else if (field.Is("message"u8)) read = read with { Message = field.Value.Text() };
            else if (field.Is("canary_nodes"u8)) read = read with { CanaryNodes = field.Value.Texts() };
            else if (field.Is("canary_promoted"u8)) read = read with { CanaryPromoted = field.Value.Bool() };
            else if (field.Is("current_wave"u8)) read = read with { CurrentWave = field.Value.Int() };
            else if (field.Is("total_waves"u8)) read = read with { TotalWaves = field.Value.Int() };
            else if (field.Is("total_nodes"u8)) read = read with { TotalNodes = field.Value.Int() };
            else if (field.Is("updated_nodes"u8)) read = read with { UpdatedNodes = field.Value.Int() };
            else if (field.Is("failed_nodes"u8)) read = read with { FailedNodes = field.Value.Int() };
            else if (field.Is("rollback_to_version"u8)) read = read with { RollbackToVersion = field.Value.Int() };
            else if (field.Is("health_check_deadline"u8)) read = read with { HealthDeadline = field.Value.Time() ?? read.HealthDeadline };
            else if (field.Is("healthy_deadline"u8)) read = read with { HealthDeadline = read.HealthDeadline ?? field.Value.Time() };
            else if (field.Is("last_progress_time"u8)) read = read with { LastProgressAt = field.Value.Time() };
            else if (field.Is("revision"u8)) read = read with { Revision = field.Value.Long() ?? 0 };
            else if (field.Is("created_at"u8)) read = read with { CreatedAt = field.Value.Time() };
            else if (field.Is("updated_at"u8)) read = read with { UpdatedAt = field.Value.Time() };
            else if (field.Is("completed_at"u8)) read = read with { CompletedAt = field.Value.Time() };
        }
        return read;
    }

    private static Deployment WithState(JsonElement element, Deployment read)
    {
        var (name, message, _) = States.Read(element);
        return read with { State = Normal(name), Message = message.Length > 0 ? message : read.Message };
    }

    // Known states in one spelling, others as sent.
    private static string Normal(string state) => state.ToLowerInvariant() switch
    {
        "complete" => "completed",
        "cancelled" => "canceled",
        "inprogress" or "in-progress" => "in_progress",
        "pending" or "in_progress" or "paused" or "completed" or "failed" or "canceled" or "rolled_back" => state.ToLowerInvariant(),
        _ => state,
    };

    // The strategy itself, or a whole job spec that contains it.
    private static RolloutStrategy? Strategy(JsonElement spec) =>
        StrategyReader.Read(Fields.Get(spec, "rollout"u8), rolloutGeneration: true)
        ?? StrategyReader.Read(Fields.Get(spec, "deployment"u8), rolloutGeneration: false)
        ?? StrategyReader.Read(spec, rolloutGeneration: false);

    public static Deployment Newer(Deployment a, Deployment b) => a.Revision >= b.Revision ? a : b;
}
