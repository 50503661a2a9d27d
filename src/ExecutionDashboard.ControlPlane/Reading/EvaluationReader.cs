using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Reads evaluations.</summary>
internal static class EvaluationReader
{
    /// <summary>An evaluation; null without an id.</summary>
    public static Evaluation? Read(JsonElement element)
    {
        var id = Fields.Get(element, "id"u8).Text();
        if (id.Length == 0) return null;
        var status = Fields.Get(element, "status"u8);
        var (state, message, _) = States.Read(Fields.Get(status, "state"u8));
        return new Evaluation
        {
            Id = id, Type = Fields.Get(element, "type"u8).Text(), DeploymentId = Fields.Get(element, "deployment_id"u8).Text(),
            TriggeredBy = Fields.Get(element, "triggered_by"u8).Text(), Priority = Fields.Get(element, "priority"u8).Int(), State = state,
            Message = Fields.Get(status, "message"u8).Text() is { Length: > 0 } own ? own : message,
            Revision = Fields.Get(status, "revision"u8).Long() ?? 0,
            CreatedAt = Fields.Get(status, "created_at"u8).Time(), UpdatedAt = Fields.Get(status, "updated_at"u8).Time(), WaitUntil = Fields.Get(status, "wait_until"u8).Time(),
        };
    }
}
