using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Reads executions of both API generations.</summary>
internal static class ExecutionReader
{
    /// <summary>An execution; null without an id.</summary>
    public static Execution? Read(JsonElement element, PageReading page)
    {
        string id = "", job = "", type = "", ns = "", node = "", deployment = "", evaluation = "", spec = "";
        var version = 0;
        JsonElement status = default;
        foreach (var field in Fields.Of(element))
        {
            if (field.Is("id"u8)) id = field.Value.Text();
            else if (field.Is("job_id"u8)) job = page.Text(field.Value);
            else if (field.Is("job_type"u8)) type = page.Text(field.Value);
            else if (field.Is("job_version"u8)) version = field.Value.Int() ?? 0;
            else if (field.Is("namespace"u8)) ns = page.Text(field.Value);
            else if (field.Is("node_id"u8)) node = field.Value.Text();
            else if (field.Is("deployment_id"u8)) deployment = page.Text(field.Value);
            else if (field.Is("eval_id"u8)) evaluation = field.Value.Text();
            else if (field.Is("job_spec"u8)) spec = page.Spec(field.Value)?.Hash ?? "";
            else if (field.Is("status"u8)) status = field.Value;
        }
        if (id.Length == 0) return null;
        return WithStatus(status, page, new Execution
        {
            Id = id, JobId = job, JobType = type, JobVersion = version, Namespace = ns, NodeId = node,
            DeploymentId = deployment, EvaluationId = evaluation, SpecHash = spec,
        });
    }

    private static Execution WithStatus(JsonElement status, PageReading page, Execution execution)
    {
        var (desired, observed, computed) = (StateReport.None, StateReport.None, StateReport.None);
        IReadOnlyDictionary<string, string>? details = null;
        var (previous, next) = ("", "");
        long revision = 0;
        DateTimeOffset? created = null, updated = null, stable = null;
        foreach (var field in Fields.Of(status))
        {
            if (field.Is("desired_state"u8)) desired = page.Report(field.Value);
            else if (field.Is("observed_state"u8)) observed = page.Report(field.Value);
            else if (field.Is("compute_state"u8)) computed = page.Report(field.Value);
            else if (field.Is("details"u8)) details = field.Value.TextMapOrNull();
            else if (field.Is("previous_execution_id"u8)) previous = field.Value.Text();
            else if (field.Is("next_execution_id"u8)) next = field.Value.Text();
            else if (field.Is("revision"u8)) revision = field.Value.Long() ?? 0;
            else if (field.Is("created_at"u8)) created = field.Value.Time();
            else if (field.Is("updated_at"u8)) updated = field.Value.Time();
            else if (field.Is("stable_at"u8)) stable = field.Value.Time();
        }
        return execution with
        {
            Desired = desired, Actual = observed.State.IsNone ? computed : observed, Details = details, PreviousId = previous,
            NextId = next, Revision = revision, CreatedAt = created, UpdatedAt = updated, StableAt = stable,
        };
    }

    /// <summary>The newer of two executions with the same id in one page: by time, then by revision.</summary>
    public static Execution Newer(Execution a, Execution b) =>
        Nullable.Compare(a.UpdatedAt, b.UpdatedAt) switch { > 0 => a, < 0 => b, _ => a.Revision >= b.Revision ? a : b };
}
