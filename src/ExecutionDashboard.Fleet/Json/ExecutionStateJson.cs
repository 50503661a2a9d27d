using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExecutionDashboard.Fleet.Json;

/// <summary>Writes an <see cref="ExecutionState"/> as its name.</summary>
public sealed class ExecutionStateJson : JsonConverter<ExecutionState>
{
    /// <inheritdoc/>
    public override ExecutionState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ExecutionState.Parse(reader.GetString());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ExecutionState value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
