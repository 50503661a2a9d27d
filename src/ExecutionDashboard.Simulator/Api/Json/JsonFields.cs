using System.Text.Json;

namespace ExecutionDashboard.Simulator.Api.Json;

/// <summary>Writes fields like a Go server: empty ones left out, times in UTC, empty lists as <c>null</c>.</summary>
internal static class JsonFields
{
    /// <summary>Go's zero time.</summary>
    public const string ZeroTime = "0001-01-01T00:00:00Z";

    /// <summary>A text, unless it is empty.</summary>
    public static void Text(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0) json.WriteString(name, value);
    }

    /// <summary>A number, unless it is 0.</summary>
    public static void Number(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long value)
    {
        if (value != 0) json.WriteNumber(name, value);
    }

    /// <summary>A boolean, unless it is false.</summary>
    public static void Flag(this Utf8JsonWriter json, ReadOnlySpan<byte> name, bool value)
    {
        if (value) json.WriteBoolean(name, true);
    }

    /// <summary>A time (UTC ticks), unless it is 0.</summary>
    public static void Time(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long ticks)
    {
        if (ticks != 0) json.WriteString(name, new DateTime(ticks, DateTimeKind.Utc));
    }

    /// <summary>A time (UTC ticks); Go's zero time for 0.</summary>
    public static void TimeOrZero(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long ticks)
    {
        if (ticks == 0) json.WriteString(name, ZeroTime);
        else json.WriteString(name, new DateTime(ticks, DateTimeKind.Utc));
    }

    /// <summary>A map, unless it is empty.</summary>
    public static void Map(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyCollection<KeyValuePair<string, string>>? map)
    {
        if (map is null or { Count: 0 }) return;
        json.WriteStartObject(name);
        foreach (var (key, value) in map) json.WriteString(key, value);
        json.WriteEndObject();
    }

    /// <summary>A list of texts; <c>null</c> when empty.</summary>
    public static void List(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>The published envelope of a list; <c>null</c> instead of no items.</summary>
    public static void Page<T>(this Utf8JsonWriter json, IReadOnlyCollection<T> rows, string nextToken, Action<T> write)
    {
        json.WriteStartObject();
        if (rows.Count == 0) json.WriteNull("items"u8);
        else
        {
            json.WriteStartArray("items"u8);
            foreach (var row in rows) write(row);
            json.WriteEndArray();
        }
        json.WriteString("next_token"u8, nextToken);
        json.WriteEndObject();
    }

    /// <summary>A state with message and details.</summary>
    public static void State(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string state, string message, IReadOnlyCollection<KeyValuePair<string, string>>? details)
    {
        json.WriteStartObject(name);
        json.WriteString("state_type"u8, state);
        json.Text("message"u8, message);
        json.Map("details"u8, details);
        json.WriteEndObject();
    }

    /// <summary>The spec of a job version, as it was deployed.</summary>
    public static void Spec(this Utf8JsonWriter json, ReadOnlySpan<byte> name, byte[] spec)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(spec, skipInputValidation: true);
    }

    /// <summary>Revision, time of creation and time of the last change (UTC ticks).</summary>
    public static void Revision(this Utf8JsonWriter json, long revision, long createdAt, long updatedAt)
    {
        json.WriteNumber("revision"u8, revision);
        json.Time("created_at"u8, createdAt);
        json.Time("updated_at"u8, updatedAt);
    }

    /// <summary>The published envelope of one object.</summary>
    public static void Wrapped(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Action write)
    {
        json.WriteStartObject();
        json.WritePropertyName(name);
        write();
        json.WriteEndObject();
    }
}
