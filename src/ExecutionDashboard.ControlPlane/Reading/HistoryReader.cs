using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Reads history events and job versions.</summary>
internal static class HistoryReader
{
    public static HistoryEvent Event(JsonElement element)
    {
        var read = new HistoryEvent();
        foreach (var field in Fields.Of(element))
        {
            if (field.Is("seq_num"u8)) read = read with { Sequence = field.Value.Long() ?? 0 };
            else if (field.Is("timestamp"u8)) read = read with { At = field.Value.Time() };
            else if (field.Is("message"u8)) read = read with { Message = field.Value.Text() };
            else if (field.Is("job_id"u8)) read = read with { JobId = field.Value.Text() };
            else if (field.Is("execution_id"u8)) read = read with { ExecutionId = field.Value.Text() };
            else if (field.Is("job_version"u8)) read = read with { JobVersion = field.Value.Int() ?? 0 };
            else if (field.Is("details"u8)) read = read with { Details = field.Value.TextMap() };
        }
        return read;
    }

    /// <summary>A version; null without a number.</summary>
    public static JobVersion? Version(JsonElement element, PageReading page)
    {
        int? version = null;
        Fleet.JobSpec? spec = null;
        JsonElement status = default;
        DateTimeOffset? created = null;
        var by = "";
        foreach (var field in Fields.Of(element))
        {
            if (field.Is("version"u8)) version = field.Value.Int();
            else if (field.Is("spec"u8)) spec = page.Spec(field.Value);
            else if (field.Is("status"u8)) status = field.Value;
            else if (field.Is("created_at"u8)) created = field.Value.Time();
            else if (field.Is("created_by"u8)) by = field.Value.Text();
        }
        if (version is not { } number) return null;
        // The status is the name of a state, a state object, or an object with one.
        var inner = Fields.Get(status, "state"u8);
        var state = States.Read(inner.ValueKind == JsonValueKind.Undefined ? status : inner).Name;
        return new JobVersion(number, spec, created ?? Fields.Get(status, "created_at"u8).Time(), state)
        {
            CreatedBy = by.Length > 0 ? by : Fields.Get(status, "created_by"u8).Text(),
        };
    }
}
