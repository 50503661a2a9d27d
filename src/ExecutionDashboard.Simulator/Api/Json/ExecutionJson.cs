using System.Text.Json;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Api.Json;

/// <summary>Executions, as the API sends them.</summary>
internal sealed class ExecutionJson(World world)
{
    /// <summary>One execution.</summary>
    public void Write(Utf8JsonWriter json, SimExecution execution, bool withSpec)
    {
        if (world.Options.OmitOptional)
        {
            SparseJson.Write(json, world, execution);
            return;
        }
        var report = execution.Report;
        json.WriteStartObject();
        json.WriteString("id"u8, world.ExecutionIds.Of(execution.Ordinal));
        json.WriteString("namespace"u8, execution.Job.Namespace);
        json.WriteString("job_id"u8, execution.Job.Id);
        json.WriteString("job_type"u8, execution.Job.Type);
        json.WriteNumber("job_version"u8, execution.Version.Number);
        json.WriteString("node_id"u8, execution.Node.Id);
        json.WriteString("eval_id"u8, world.EvaluationIds.Of(execution.Evaluation));
        if (world.Face == Generation.Deployment && execution.Deployment is { } deployment) json.WriteString("deployment_id"u8, world.DeploymentIds.Of(deployment.Ordinal));
        if (withSpec) json.Spec("job_spec"u8, execution.Version.Spec);
        json.WriteStartObject("status"u8);
        json.State("desired_state"u8, StateNames.Of(execution.Desired), execution.DesiredMessage, null);
        json.State(world.Face == Generation.Deployment ? "compute_state"u8 : "observed_state"u8, StateNames.Of(execution.Actual, world.Face), report.Message, report.Details);
        if (report.ErrorCode.Length > 0)
        {
            json.WriteStartObject("details"u8);
            json.WriteString("error_code"u8, report.ErrorCode);
            json.Text("hint"u8, report.Hint);
            json.Text("component"u8, report.Component);
            json.WriteEndObject();
        }
        if (execution.Previous >= 0) json.WriteString("previous_execution_id"u8, world.ExecutionIds.Of(execution.Previous));
        if (execution.Next >= 0) json.WriteString("next_execution_id"u8, world.ExecutionIds.Of(execution.Next));
        json.WriteNumber("revision"u8, execution.Revision);
        if (world.Face == Generation.Rollout) json.TimeOrZero("stable_at"u8, execution.StableAt);
        json.Time("created_at"u8, execution.CreatedAt);
        json.Time("updated_at"u8, execution.UpdatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
