using System.Text.Json;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Api.Json;

/// <summary>Events of executions and jobs, as the API sends them.</summary>
internal sealed class EventJson(World world)
{
    /// <summary>One event of an execution.</summary>
    public void Write(Utf8JsonWriter json, SimExecution execution, HistoryEntry entry)
    {
        Begin(json, entry.Sequence, entry.At, entry.Report.Message);
        json.WriteString("execution_id"u8, world.ExecutionIds.Of(execution.Ordinal));
        json.WriteString("job_id"u8, execution.Job.Id);
        json.WriteNumber("job_version"u8, execution.Version.Number);
        json.WriteStartObject("details"u8);
        if (entry.From != entry.To) json.WriteString("old_state"u8, StateNames.Of(entry.From, world.Face));
        json.WriteString("new_state"u8, StateNames.Of(entry.To, world.Face));
        json.WriteString("node_id"u8, execution.Node.Id);
        json.Text("error_code"u8, entry.Report.ErrorCode);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>One event of a job.</summary>
    public static void Write(Utf8JsonWriter json, SimJob job, JobEvent told)
    {
        Begin(json, told.Sequence, told.At, told.Message);
        json.WriteString("job_id"u8, job.Id);
        json.Number("job_version"u8, told.Version);
        json.Map("details"u8, told.Details);
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, long sequence, long at, string message)
    {
        json.WriteStartObject();
        json.WriteNumber("seq_num"u8, sequence);
        json.Time("timestamp"u8, at);
        json.WriteString("message"u8, message);
    }
}
