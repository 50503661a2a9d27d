using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Reads rollout strategies: <c>deployment</c> (deployment generation) or <c>rollout</c> (rollout generation) of a spec.</summary>
internal static class StrategyReader
{
    /// <summary>A strategy; null when not sent.</summary>
    public static RolloutStrategy? Read(JsonElement element, bool rolloutGeneration)
    {
        var none = new RolloutStrategy { ParallelIsPercent = rolloutGeneration };
        var read = none;
        foreach (var field in Fields.Of(element))
        {
            if (field.Is("strategy"u8)) read = read with { Kind = field.Value.Text() };
            else if (field.Is("max_parallel"u8)) read = read with { MaxParallel = field.Value.Int() };
            else if (field.Is("canary_count"u8)) read = read with { CanaryCount = field.Value.Int() };
            else if (field.Is("canary_percent"u8)) read = read with { CanaryPercent = field.Value.Int() };
            else if (field.Is("auto_promote"u8)) read = read with { AutoPromote = field.Value.Bool() };
            else if (field.Is("max_failed_nodes"u8)) read = read with { MaxFailedNodes = field.Value.Int() };
            else if (field.Is("max_failed_nodes_percent"u8)) read = read with { MaxFailedNodesPercent = field.Value.Double() };
            else if (field.Is("no_auto_rollback"u8)) read = read with { NoAutoRollback = field.Value.Bool() };
            else if (field.Is("health_check"u8)) read = read with { HealthCheck = Health(field.Value) };
        }
        return read == none ? null : read;
    }

    private static HealthCheck? Health(JsonElement element)
    {
        var none = new HealthCheck(null, null, null, null, null, null);
        var read = none;
        foreach (var field in Fields.Of(element))
        {
            if (field.Is("deadline"u8)) read = read with { Deadline = field.Value.Duration() };
            else if (field.Is("min_healthy_time"u8)) read = read with { MinHealthyTime = field.Value.Duration() };
            else if (field.Is("interval"u8)) read = read with { Interval = field.Value.Duration() };
            else if (field.Is("success_threshold"u8)) read = read with { SuccessThreshold = field.Value.Int() };
            else if (field.Is("failure_threshold"u8)) read = read with { FailureThreshold = field.Value.Int() };
            else if (field.Is("max_error_rate"u8)) read = read with { MaxErrorRate = field.Value.Double() };
        }
        return read == none ? null : read;
    }
}
