using System.Text.Json;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Api.Json;

/// <summary>
/// The minimum that a server must send, for <see cref="SimulatorOptions.OmitOptional"/>: identity, relations, states, and the revision and times that lists are
/// sorted by. Everything else is optional in the published schemas. Specs are complete, as deployed.
/// </summary>
internal static class SparseJson
{
    /// <summary>One execution.</summary>
    public static void Write(Utf8JsonWriter json, World world, SimExecution execution)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, world.ExecutionIds.Of(execution.Ordinal));
        json.WriteString("job_id"u8, execution.Job.Id);
        json.WriteNumber("job_version"u8, execution.Version.Number);
        json.WriteString("node_id"u8, execution.Node.Id);
        if (world.Face == Generation.Deployment && execution.Deployment is { } deployment) json.WriteString("deployment_id"u8, world.DeploymentIds.Of(deployment.Ordinal));
        json.WriteStartObject("status"u8);
        json.State("desired_state"u8, StateNames.Of(execution.Desired), "", null);
        json.State(world.Face == Generation.Deployment ? "compute_state"u8 : "observed_state"u8, StateNames.Of(execution.Actual, world.Face), "", null);
        json.Revision(execution.Revision, execution.CreatedAt, execution.UpdatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>One job.</summary>
    public static void Write(Utf8JsonWriter json, World world, SimJob job)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, job.Id);
        json.Spec("spec"u8, job.Version.Spec);
        json.WriteStartObject("status"u8);
        json.State("state"u8, job.State, "", null);
        json.WriteNumber("version"u8, job.Version.Number);
        if (world.Face == Generation.Deployment)
        {
            if (job.Deployment is { IsOpen: true } open) json.WriteString("deployment_id"u8, world.DeploymentIds.Of(open.Ordinal));
        }
        else if (job.Deployment is { } rollout && (rollout.IsOpen || rollout.State == DeploymentState.Failed))
        {
            json.WriteStartObject("rollout"u8);
            json.WriteString("type"u8, StateNames.Of(rollout.Kind));
            WriteCanary(json, rollout);
            json.WriteEndObject();
        }
        json.Revision(job.Revision, job.CreatedAt, job.UpdatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>One deployment (deployment generation).</summary>
    public static void Write(Utf8JsonWriter json, World world, SimDeployment deployment)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, world.DeploymentIds.Of(deployment.Ordinal));
        json.WriteString("job_id"u8, deployment.Job.Id);
        json.WriteString("type"u8, StateNames.Of(deployment.Kind));
        json.WriteNumber("to_version"u8, deployment.To.Number);
        json.WriteStartObject("status"u8);
        json.WriteString("state"u8, StateNames.Of(deployment.State));
        WriteCanary(json, deployment);
        json.Revision(deployment.Revision, deployment.CreatedAt, deployment.UpdatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>One node.</summary>
    public static void Write(Utf8JsonWriter json, SimNode node)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, node.Id);
        json.WriteStartObject("spec"u8);
        json.WriteString("name"u8, node.Name);
        json.Map("labels"u8, node.Labels);
        json.WriteEndObject();
        json.WriteStartObject("status"u8);
        json.WriteString("connection_state"u8, node.Deleted ? "deleted" : StateNames.Of(node.Connection));
        json.Revision(node.Revision, node.CreatedAt, node.UpdatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCanary(Utf8JsonWriter json, SimDeployment deployment)
    {
        if (deployment.CanarySize == 0) return;
        json.List("canary_nodes"u8, [.. deployment.Targets.Take(deployment.CanarySize).Select(n => n.Id)]);
        json.Flag("canary_promoted"u8, deployment.CanaryPromoted);
    }
}
