using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>
/// Makes the deployment of the rollout generation from <c>job.status.rollout</c>. That generation has no deployments: the progress is in the rollout, and the job's
/// state tells whether it is paused or failed.
/// </summary>
internal static class RolloutReader
{
    /// <summary>The deployment; null when the job has no rollout (missing, null, or without values).</summary>
    public static Deployment? Read(JsonElement rollout, Job job, RolloutStrategy? strategy)
    {
        var none = new Deployment { Id = Deployment.IdOf(job.Id, job.Version) };
        var read = none;
        int? rollbackTo = null;
        foreach (var field in Fields.Of(rollout))
        {
            if (field.Is("type"u8)) read = read with { Type = field.Value.Text() };
            else if (field.Is("total_nodes"u8)) read = read with { TotalNodes = field.Value.Int() };
            else if (field.Is("updated_nodes"u8)) read = read with { UpdatedNodes = field.Value.Int() };
            else if (field.Is("failed_nodes"u8)) read = read with { FailedNodes = field.Value.Int() };
            else if (field.Is("current_wave"u8)) read = read with { CurrentWave = field.Value.Int() };
            else if (field.Is("total_waves"u8)) read = read with { TotalWaves = field.Value.Int() };
            else if (field.Is("canary_nodes"u8)) read = read with { CanaryNodes = field.Value.Texts() };
            else if (field.Is("canary_promoted"u8)) read = read with { CanaryPromoted = field.Value.Bool() };
            else if (field.Is("rollback_to_version"u8)) rollbackTo = field.Value.Int();
            else if (field.Is("started_at"u8)) read = read with { CreatedAt = field.Value.Time() };
            else if (field.Is("completed_at"u8)) read = read with { CompletedAt = field.Value.Time() };
        }
        if (read.Equals(none) && rollbackTo is null) return null;
        // In a rollback the field is the version that is rolled back from, else the last stable one (0 for none).
        var isRollback = read.Type.Equals("rollback", StringComparison.OrdinalIgnoreCase);
        return read with
        {
            JobId = job.Id, JobType = job.Type, Namespace = job.Namespace, ToVersion = job.Version, FromVersion = rollbackTo,
            RollbackToVersion = isRollback ? null : rollbackTo, Strategy = strategy, State = StateOf(job.State, read),
            Message = job.Message, Revision = job.Revision, UpdatedAt = job.UpdatedAt, IsRollout = true,
        };
    }

    private static string StateOf(string jobState, Deployment rollout)
    {
        switch (jobState.ToLowerInvariant())
        {
            case "deploying": return "in_progress";
            case "rollout_paused": return "paused";
            case "rollout_failed": return "failed";
        }
        if (rollout.CompletedAt is not null) return "completed";
        var unfinished = rollout.TotalNodes is not { } total || (rollout.UpdatedNodes ?? 0) < total;
        if (!unfinished) return "completed";
        // The rollout of a stopped or deleted job has ended, however far it came.
        return jobState.ToLowerInvariant() switch
        {
            "stopped" or "deleted" => "canceled",
            "failed" => "failed",
            _ => "in_progress",
        };
    }
}
