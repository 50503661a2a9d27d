using System.Text.Json;

namespace ExecutionDashboard.Fleet.Json;

/// <summary>Reads and writes a <see cref="FleetChange"/> without the serializer: most of what is sent are executions, see <see cref="ExecutionJson"/>.</summary>
internal static class FleetChangeJson
{
    private static readonly JsonNames<Member> Names = new();
    private static readonly JsonNames<FleetKind> Kinds = new();

    private enum Member
    {
        Kind, Id, Removed, Execution, Node, Job, Deployment, Spec,
    }

    public static FleetChange Read(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        JsonParts.Open(ref reader);
        var kind = FleetKind.Execution;
        string? id = null;
        var removed = false;
        Execution? execution = null;
        Node? node = null;
        Job? job = null;
        Deployment? deployment = null;
        JobSpec? spec = null;
        for (var expected = 0; JsonParts.Next(ref reader);)
        {
            var member = Names.Find(ref reader, expected);
            reader.Read();
            switch ((Member)member)
            {
                case Member.Kind: kind = Kinds.Find(ref reader, 0) is var found and >= 0 ? (FleetKind)found : throw new JsonException("A change of an unknown kind."); break;
                case Member.Id: id = reader.GetString(); break;
                case Member.Removed: removed = reader.GetBoolean(); break;
                case Member.Execution when reader.TokenType != JsonTokenType.Null: execution = ExecutionJson.Read(ref reader, id ?? ""); break;
                case Member.Node: node = JsonSerializer.Deserialize<Node>(ref reader, options); break;
                case Member.Job: job = JsonSerializer.Deserialize<Job>(ref reader, options); break;
                case Member.Deployment: deployment = JsonSerializer.Deserialize<Deployment>(ref reader, options); break;
                case Member.Spec: spec = JsonSerializer.Deserialize<JobSpec>(ref reader, options); break;
                default: reader.Skip(); break;
            }
            expected = member + 1;
        }
        return new FleetChange
        {
            Kind = kind,
            Id = id ?? throw new JsonException("A change without an id."),
            Removed = removed,
            Execution = execution,
            Node = node,
            Job = job,
            Deployment = deployment,
            Spec = spec,
        };
    }

    public static void Write(Utf8JsonWriter writer, FleetChange value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Kind != default) writer.WriteString(Name(Member.Kind), Kinds[(int)value.Kind]);
        writer.WriteString(Name(Member.Id), value.Id);
        if (value.Removed) writer.WriteBoolean(Name(Member.Removed), true);
        if (value.Execution is { } execution)
        {
            writer.WritePropertyName(Name(Member.Execution));
            ExecutionJson.Write(writer, execution);
        }
        Thing(Member.Node, value.Node);
        Thing(Member.Job, value.Job);
        Thing(Member.Deployment, value.Deployment);
        Thing(Member.Spec, value.Spec);
        writer.WriteEndObject();

        static JsonEncodedText Name(Member member) => Names[(int)member];

        void Thing<T>(Member member, T? thing) where T : class
        {
            if (thing is null) return;
            writer.WritePropertyName(Name(member));
            JsonSerializer.Serialize(writer, thing, options);
        }
    }
}
