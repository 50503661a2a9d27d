using System.Text.Json;

namespace ExecutionDashboard.Fleet.Json;

/// <summary>Parts shared by the JSON readers and writers.</summary>
internal static class JsonParts
{
    private static readonly JsonNames<Member> Names = new();

    private enum Member
    {
        State, Message, Details,
    }

    /// <summary>Checks that an object starts here.</summary>
    public static void Open(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException($"An object should be here, not {reader.TokenType}.");
    }

    /// <summary>Reads the next property name of an object; false at its end.</summary>
    public static bool Next(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    public static DateTimeOffset? ReadTime(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetDateTimeOffset();

    public static StateReport ReadReport(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return StateReport.None;
        Open(ref reader);
        ExecutionState state = default;
        var message = "";
        IReadOnlyDictionary<string, string>? details = null;
        for (var expected = 0; Next(ref reader);)
        {
            var member = Names.Find(ref reader, expected);
            reader.Read();
            switch ((Member)member)
            {
                case Member.State: state = ExecutionState.Parse(reader.GetString()); break;
                case Member.Message: message = reader.GetString() ?? ""; break;
                case Member.Details: details = ReadMap(ref reader); break;
                default: reader.Skip(); break;
            }
            expected = member + 1;
        }
        return new StateReport(state, message, details);
    }

    public static IReadOnlyDictionary<string, string>? ReadMap(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        Open(ref reader);
        var map = new Dictionary<string, string>();
        while (Next(ref reader))
        {
            var name = reader.GetString()!;
            reader.Read();
            map[name] = reader.GetString()!;
        }
        return map;
    }

    /// <summary>Writes a state; nothing when it is empty.</summary>
    public static void Write(Utf8JsonWriter writer, JsonEncodedText name, StateReport report)
    {
        if (report.State.IsNone && report.Message.Length == 0 && report.Details is null) return;
        writer.WriteStartObject(name);
        if (!report.State.IsNone) writer.WriteString(Names[(int)Member.State], report.State.Name);
        if (report.Message.Length > 0) writer.WriteString(Names[(int)Member.Message], report.Message);
        Write(writer, Names[(int)Member.Details], report.Details);
        writer.WriteEndObject();
    }

    /// <summary>Writes a map; nothing when it is null.</summary>
    public static void Write(Utf8JsonWriter writer, JsonEncodedText name, IReadOnlyDictionary<string, string>? map)
    {
        if (map is null) return;
        writer.WriteStartObject(name);
        foreach (var (key, value) in map) writer.WriteString(key, value);
        writer.WriteEndObject();
    }
}
