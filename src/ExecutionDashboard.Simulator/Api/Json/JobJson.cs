using System.Text.Json;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Api.Json;

/// <summary>Jobs, their versions and their evaluations, as the API sends them.</summary>
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
        json.Spec("spec"u8, job.Version.Spec);
        json.WriteStartObject("status"u8);
        json.State("state"u8, job.State, job.Message, null);
        json.WriteNumber("version"u8, job.Version.Number);
        json.WriteNumber("revision"u8, job.Revision);
        if (world.Face == Generation.Deployment)
        {
            if (job.Deployment is { IsOpen: true } open) json.WriteString("deployment_id"u8, world.DeploymentIds.Of(open.Ordinal));
        }
        else DeploymentJson.WriteRollout(json, job);
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
        json.Spec("spec"u8, version.Spec);
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
        json.Revision(1, first.CreatedAt, first.CreatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
