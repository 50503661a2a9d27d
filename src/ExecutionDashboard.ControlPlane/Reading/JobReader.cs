using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>A job, with the deployment made from its rollout; null without one.</summary>
internal sealed record JobReading(Job Job, JobSpec? Spec, Deployment? Rollout);

/// <summary>Reads jobs of both API generations.</summary>
internal static class JobReader
{
    /// <summary>A job; null without an id.</summary>
    public static JobReading? Read(JsonElement element, PageReading page)
    {
        string id = "", name = "", type = "", ns = "";
        JobSpec? spec = null;
        JsonElement status = default;
        foreach (var field in Fields.Of(element))
        {
            if (field.Is("id"u8)) id = field.Value.Text();
            else if (field.Is("name"u8)) name = field.Value.Text();
            else if (field.Is("type"u8)) type = field.Value.Text();
            else if (field.Is("namespace"u8)) ns = field.Value.Text();
            else if (field.Is("spec"u8)) spec = page.Spec(field.Value);
            else if (field.Is("status"u8)) status = field.Value;
        }
        if (id.Length == 0) return null;
        var job = new Job
        {
            Id = id, Name = spec is { Name.Length: > 0 } ? spec.Name : name, Type = spec is { Type.Length: > 0 } ? spec.Type : type,
            Namespace = spec is { Namespace.Length: > 0 } ? spec.Namespace : ns, Labels = spec?.Labels ?? Fields.NoTexts,
            SpecHash = spec?.Hash ?? "",
        };
        return WithStatus(status, job, spec);
    }

    private static JobReading WithStatus(JsonElement status, Job job, JobSpec? spec)
    {
        var deployment = "";
        var version = 0;
        long revision = 0;
        JsonElement state = default, rollout = default;
        DateTimeOffset? created = null, updated = null;
        foreach (var field in Fields.Of(status))
        {
            if (field.Is("state"u8)) state = field.Value;
            else if (field.Is("version"u8)) version = field.Value.Int() ?? 0;
            else if (field.Is("revision"u8)) revision = field.Value.Long() ?? 0;
            else if (field.Is("deployment_id"u8)) deployment = field.Value.Text();
            else if (field.Is("rollout"u8)) rollout = field.Value;
            else if (field.Is("created_at"u8)) created = field.Value.Time();
            else if (field.Is("updated_at"u8)) updated = field.Value.Time();
        }
        var (name, message, details) = States.Read(state);
        job = job with
        {
            State = name, Message = message, Details = details, Version = version, Revision = revision,
            DeploymentId = deployment, CreatedAt = created, UpdatedAt = updated,
        };
        var made = RolloutReader.Read(rollout, job, spec?.Strategy);
        if (deployment.Length == 0 && made is { IsOpen: true }) job = job with { DeploymentId = made.Id };
        return new JobReading(job, spec, made);
    }

    public static JobReading Newer(JobReading a, JobReading b) =>
        Nullable.Compare(a.Job.UpdatedAt, b.Job.UpdatedAt) switch { > 0 => a, < 0 => b, _ => a.Job.Revision >= b.Job.Revision ? a : b };
}
