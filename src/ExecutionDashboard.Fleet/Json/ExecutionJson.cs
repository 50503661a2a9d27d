using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExecutionDashboard.Fleet.Json;

/// <summary>
/// Reads and writes an <see cref="Execution"/> without the serializer, because a first load sends a million of them. The JSON is the serializer's, without empty
/// texts and empty states; both forms can be read.
/// </summary>
internal sealed class ExecutionJson : JsonConverter<Execution>
{
    private static readonly JsonNames<Member> Names = new();

    private enum Member
    {
        Id, JobId, JobType, JobVersion, Namespace, NodeId, DeploymentId, EvaluationId, SpecHash, Desired, Actual, Details, PreviousId, NextId, Revision, CreatedAt,
        UpdatedAt, StableAt,
    }

    /// <inheritdoc/>
    public override Execution Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, "");

    /// <param name="reader">The reader, at the start of the object.</param>
    /// <param name="likelyId">The expected id. When it matches, no second string is allocated.</param>
    public static Execution Read(ref Utf8JsonReader reader, string likelyId)
    {
        JsonParts.Open(ref reader);
        string? id = null;
        string jobId = "", jobType = "", space = "", nodeId = "", deploymentId = "", evaluationId = "", specHash = "", previousId = "", nextId = "";
        var (version, revision) = (0, 0L);
        StateReport desired = StateReport.None, actual = StateReport.None;
        IReadOnlyDictionary<string, string>? details = null;
        DateTimeOffset? created = null, updated = null, stable = null;
        for (var expected = 0; JsonParts.Next(ref reader);)
        {
            var member = Names.Find(ref reader, expected);
            reader.Read();
            switch ((Member)member)
            {
                case Member.Id: id = reader.ValueTextEquals(likelyId) ? likelyId : reader.GetString(); break;
                case Member.JobId: jobId = reader.GetString() ?? ""; break;
                case Member.JobType: jobType = reader.GetString() ?? ""; break;
                case Member.JobVersion: version = reader.GetInt32(); break;
                case Member.Namespace: space = reader.GetString() ?? ""; break;
                case Member.NodeId: nodeId = reader.GetString() ?? ""; break;
                case Member.DeploymentId: deploymentId = reader.GetString() ?? ""; break;
                case Member.EvaluationId: evaluationId = reader.GetString() ?? ""; break;
                case Member.SpecHash: specHash = reader.GetString() ?? ""; break;
                case Member.Desired: desired = JsonParts.ReadReport(ref reader); break;
                case Member.Actual: actual = JsonParts.ReadReport(ref reader); break;
                case Member.Details: details = JsonParts.ReadMap(ref reader); break;
                case Member.PreviousId: previousId = reader.GetString() ?? ""; break;
                case Member.NextId: nextId = reader.GetString() ?? ""; break;
                case Member.Revision: revision = reader.GetInt64(); break;
                case Member.CreatedAt: created = JsonParts.ReadTime(ref reader); break;
                case Member.UpdatedAt: updated = JsonParts.ReadTime(ref reader); break;
                case Member.StableAt: stable = JsonParts.ReadTime(ref reader); break;
                default: reader.Skip(); break;
            }
            expected = member + 1;
        }
        return new Execution
        {
            Id = id ?? throw new JsonException("An execution without an id."),
            JobId = jobId,
            JobType = jobType,
            JobVersion = version,
            Namespace = space,
            NodeId = nodeId,
            DeploymentId = deploymentId,
            EvaluationId = evaluationId,
            SpecHash = specHash,
            Desired = desired,
            Actual = actual,
            Details = details,
            PreviousId = previousId,
            NextId = nextId,
            Revision = revision,
            CreatedAt = created,
            UpdatedAt = updated,
            StableAt = stable,
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Execution value, JsonSerializerOptions options) => Write(writer, value);

    public static void Write(Utf8JsonWriter writer, Execution value)
    {
        writer.WriteStartObject();
        writer.WriteString(Name(Member.Id), value.Id);
        Text(Member.JobId, value.JobId);
        Text(Member.JobType, value.JobType);
        if (value.JobVersion != 0) writer.WriteNumber(Name(Member.JobVersion), value.JobVersion);
        Text(Member.Namespace, value.Namespace);
        Text(Member.NodeId, value.NodeId);
        Text(Member.DeploymentId, value.DeploymentId);
        Text(Member.EvaluationId, value.EvaluationId);
        Text(Member.SpecHash, value.SpecHash);
        JsonParts.Write(writer, Name(Member.Desired), value.Desired);
        JsonParts.Write(writer, Name(Member.Actual), value.Actual);
        JsonParts.Write(writer, Name(Member.Details), value.Details);
        Text(Member.PreviousId, value.PreviousId);
        Text(Member.NextId, value.NextId);
        if (value.Revision != 0) writer.WriteNumber(Name(Member.Revision), value.Revision);
        Time(Member.CreatedAt, value.CreatedAt);
        Time(Member.UpdatedAt, value.UpdatedAt);
        Time(Member.StableAt, value.StableAt);
        writer.WriteEndObject();

        static JsonEncodedText Name(Member member) => Names[(int)member];

        void Text(Member member, string text)
        {
            if (text.Length > 0) writer.WriteString(Name(member), text);
        }

        void Time(Member member, DateTimeOffset? time)
        {
            if (time is { } value) writer.WriteString(Name(member), value);
        }
    }
}
