using System.Text.Json;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Api.Json;

/// <summary>Deployments, and the rollouts of jobs in the rollout generation, as the API sends them.</summary>
internal sealed class DeploymentJson(World world)
{
    /// <summary>One deployment (deployment generation).</summary>
    public void Write(Utf8JsonWriter json, SimDeployment deployment)
    {
        if (world.Options.OmitOptional)
        {
            SparseJson.Write(json, world, deployment);
            return;
        }
        var job = deployment.Job;
        json.WriteStartObject();
        json.WriteString("id"u8, world.DeploymentIds.Of(deployment.Ordinal));
        json.WriteString("job_id"u8, job.Id);
        json.WriteString("job_type"u8, job.Type);
        json.WriteString("namespace"u8, job.Namespace);
        json.WriteString("type"u8, StateNames.Of(deployment.Kind));
        json.Number("from_version"u8, deployment.From);
        json.WriteNumber("to_version"u8, deployment.To.Number);
        using (var spec = JsonDocument.Parse(deployment.To.Spec))
        {
            if (spec.RootElement.TryGetProperty("deployment"u8, out var strategy))
            {
                json.WritePropertyName("spec"u8);
                strategy.WriteTo(json);
            }
        }
        json.WriteStartObject("status"u8);
        json.WriteString("state"u8, StateNames.Of(deployment.State));
        json.Text("message"u8, deployment.Message);
        WriteCanary(json, deployment);
        json.WriteNumber("current_wave"u8, deployment.CurrentWave);
        json.WriteNumber("total_waves"u8, deployment.TotalWaves);
        json.WriteNumber("total_nodes"u8, TotalOf(deployment));
        json.WriteNumber("updated_nodes"u8, deployment.Updated);
        json.WriteNumber("failed_nodes"u8, deployment.Failed);
        json.Number("rollback_to_version"u8, deployment.RollbackTo);
        json.Time("health_check_deadline"u8, deployment.HealthDeadline);
        json.Time("healthy_deadline"u8, deployment.HealthDeadline);
        json.Time("last_progress_time"u8, deployment.LastProgressAt);
        json.Revision(deployment.Revision, deployment.CreatedAt, deployment.UpdatedAt);
        json.TimeOrZero("completed_at"u8, deployment.CompletedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The rollout inside of a job (rollout generation).</summary>
    public static void WriteRollout(Utf8JsonWriter json, SimJob job)
    {
        json.WriteStartObject("rollout"u8);
        // The object is empty when no rollout is running; one that failed is still shown.
        if (job.Deployment is { } rollout && (rollout.IsOpen || rollout.State == DeploymentState.Failed))
        {
            json.WriteString("type"u8, StateNames.Of(rollout.Kind));
            json.WriteNumber("total_nodes"u8, TotalOf(rollout));
            json.WriteNumber("updated_nodes"u8, rollout.Updated);
            json.WriteNumber("failed_nodes"u8, rollout.Failed);
            json.WriteNumber("current_wave"u8, rollout.CurrentWave);
            json.WriteNumber("total_waves"u8, rollout.TotalWaves);
            WriteCanary(json, rollout);
            json.WriteNumber("rollback_to_version"u8, rollout.RollbackTo);
            json.Time("started_at"u8, rollout.CreatedAt);
            json.TimeOrZero("completed_at"u8, rollout.CompletedAt);
        }
        json.WriteEndObject();
    }

    private static void WriteCanary(Utf8JsonWriter json, SimDeployment deployment)
    {
        if (deployment.CanarySize == 0) return;
        json.List("canary_nodes"u8, [.. deployment.Targets.Take(deployment.CanarySize).Select(n => n.Id)]);
        json.WriteBoolean("canary_promoted"u8, deployment.CanaryPromoted);
    }

    private static int TotalOf(SimDeployment deployment) => deployment.Targets.Length > 0 ? deployment.Targets.Length : deployment.Updated + deployment.Failed;
}
