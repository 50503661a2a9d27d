using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExecutionDashboard.Fleet.Json;

/// <summary>
/// Reads and writes a <see cref="FeedBatch"/> without the serializer. It is written into one buffer: the serializer would flush a thousand changes to the pipe in a
/// hundred pieces.
/// </summary>
internal sealed class FeedBatchJson : JsonConverter<FeedBatch>
{
    private const int LargestSpare = 4 << 20;

    private static readonly JsonNames<Member> Names = new();
    private static readonly JsonWriterOptions Writing = new() { SkipValidation = true };

    private ArrayBufferWriter<byte>? _spare;

    private enum Member
    {
        Previous, Sequence, Reset, Remaining, Changes, ChangedAt, Status, SnapshotOffered,
    }

    /// <inheritdoc/>
    public override FeedBatch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonParts.Open(ref reader);
        var (previous, sequence, reset, remaining) = (0L, 0L, false, 0);
        IReadOnlyList<FleetChange> changes = [];
        DateTimeOffset? changedAt = null;
        FeedStatus? status = null;
        var offered = false;
        for (var expected = 0; JsonParts.Next(ref reader);)
        {
            var member = Names.Find(ref reader, expected);
            reader.Read();
            switch ((Member)member)
            {
                case Member.Previous: previous = reader.GetInt64(); break;
                case Member.Sequence: sequence = reader.GetInt64(); break;
                case Member.Reset: reset = reader.GetBoolean(); break;
                case Member.Remaining: remaining = reader.GetInt32(); break;
                case Member.Changes: changes = ReadChanges(ref reader, options); break;
                case Member.ChangedAt: changedAt = reader.GetDateTimeOffset(); break;
                case Member.Status: status = JsonSerializer.Deserialize<FeedStatus>(ref reader, options); break;
                case Member.SnapshotOffered: offered = reader.GetBoolean(); break;
                default: reader.Skip(); break;
            }
            expected = member + 1;
        }
        return new FeedBatch { Previous = previous, Sequence = sequence, Reset = reset, Remaining = remaining, Changes = changes, ChangedAt = changedAt, Status = status, SnapshotOffered = offered };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FeedBatch value, JsonSerializerOptions options)
    {
        var buffer = Interlocked.Exchange(ref _spare, null) ?? new ArrayBufferWriter<byte>();
        using (var whole = new Utf8JsonWriter(buffer, Writing)) WriteMembers(whole, value, options);
        writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
        buffer.ResetWrittenCount();
        if (buffer.Capacity <= LargestSpare) _spare = buffer;
    }

    private static void WriteMembers(Utf8JsonWriter writer, FeedBatch value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Previous != 0) writer.WriteNumber(Name(Member.Previous), value.Previous);
        if (value.Sequence != 0) writer.WriteNumber(Name(Member.Sequence), value.Sequence);
        if (value.Reset) writer.WriteBoolean(Name(Member.Reset), true);
        if (value.Remaining != 0) writer.WriteNumber(Name(Member.Remaining), value.Remaining);
        writer.WriteStartArray(Name(Member.Changes));
        foreach (var change in value.Changes) FleetChangeJson.Write(writer, change, options);
        writer.WriteEndArray();
        if (value.ChangedAt is { } changedAt) writer.WriteString(Name(Member.ChangedAt), changedAt);
        if (value.Status is { } status)
        {
            writer.WritePropertyName(Name(Member.Status));
            JsonSerializer.Serialize(writer, status, options);
        }
        if (value.SnapshotOffered) writer.WriteBoolean(Name(Member.SnapshotOffered), true);
        writer.WriteEndObject();

        static JsonEncodedText Name(Member member) => Names[(int)member];
    }

    private static FleetChange[] ReadChanges(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException($"Changes should be here, not {reader.TokenType}.");
        var changes = new List<FleetChange>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) changes.Add(FleetChangeJson.Read(ref reader, options));
        return [.. changes];
    }
}
