using System.Text.Json;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>Jobs, their versions and deployments on the wire.</summary>
internal sealed class JobJson(World world)
{
    /// <summary>One job.</summary>
    public void Write(Utf8JsonWriter json, SimJob job)
    {
        if (world.Options.OmitOptional)
        {
            SparseJson.Write(json, world, job);
            return;
        }
        json.WriteStartObject();
        json.WriteString("id"u8, job.Id);
        json.WritePropertyName("spec"u8);
        json.WriteRawValue(job.Version.Spec, skipInputValidation: true);
        json.WriteStartObject("status"u8);
        json.State("state"u8, job.State, job.Message, null);
        json.WriteNumber("version"u8, job.Version.Number);
        json.WriteNumber("revision"u8, job.Revision);
        if (world.Face == Generation.Deployment)
        {
            if (job.Deployment is { IsOpen: true } open) json.WriteString("deployment_id"u8, world.DeploymentIds.Of(open.Ordinal));
        }
        else WriteRollout(json, job);
        json.Time("created_at"u8, job.CreatedAt);
        json.Time("updated_at"u8, job.UpdatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>One version.</summary>
    public static void Write(Utf8JsonWriter json, SimJobVersion version)
    {
        json.WriteStartObject();
        json.WriteNumber("version"u8, version.Number);
        json.WritePropertyName("spec"u8);
        json.WriteRawValue(version.Spec, skipInputValidation: true);
        json.WriteStartObject("status"u8);
        var job = version.Job;
        json.State("state"u8, ReferenceEquals(job.Version, version) ? job.State : version.Number == job.LastGood ? "completed" : "superseded", "", null);
        json.WriteEndObject();
        json.Time("created_at"u8, version.CreatedAt);
        json.WriteEndObject();
    }

    /// <summary>One evaluation, by the executions that it created.</summary>
    public void Write(Utf8JsonWriter json, SimJob job, IGrouping<int, SimExecution> created)
    {
        var (first, count) = (created.First(), created.Count());
        json.WriteStartObject();
        json.WriteString("id"u8, world.EvaluationIds.Of(created.Key));
        json.WriteString("job_id"u8, job.Id);
        json.WriteString("namespace"u8, job.Namespace);
        json.WriteString("type"u8, job.Type);
        if (first.Deployment is { } deployment && world.Face == Generation.Deployment) json.WriteString("deployment_id"u8, world.DeploymentIds.Of(deployment.Ordinal));
        json.WriteString("triggered_by"u8, first.Previous >= 0 && first.Attempt > 0 ? "exec-failure" : first.Deployment?.Kind switch
        {
            DeploymentKind.Create => "job-create", DeploymentKind.Update => "job-update", DeploymentKind.Restart => "job-rerun", DeploymentKind.Rollback => "deployment-rollback", _ => "node-update",
        });
        json.WriteStartObject("status"u8);
        json.WriteString("state"u8, "complete");
        json.WriteString("message"u8, count == 1 ? "Scheduled on 1 node" : $"Scheduled on {count} nodes");
        json.WriteNumber("revision"u8, 1);
        json.Time("created_at"u8, first.CreatedAt);
        json.Time("updated_at"u8, first.CreatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

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
        json.WriteNumber("revision"u8, deployment.Revision);
        json.Time("created_at"u8, deployment.CreatedAt);
        json.Time("updated_at"u8, deployment.UpdatedAt);
        json.TimeOrZero("completed_at"u8, deployment.CompletedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRollout(Utf8JsonWriter json, SimJob job)
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
