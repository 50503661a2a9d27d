using System.Text.Json;

namespace ExecutionDashboard.Fleet.Json;

/// <summary>The property names of a JSON object, in the order in which they are written.</summary>
/// <typeparam name="T">An enumeration of the properties from 0; the names differ by the case of the first letter.</typeparam>
internal sealed class JsonNames<T> where T : struct, Enum
{
    private readonly JsonEncodedText[] _names = [.. Enum.GetNames<T>().Select(name => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(name)))];

    public JsonEncodedText this[int member] => _names[member];

    /// <summary>Index of the property at the reader, searched from <paramref name="expected"/> on; -1 for an unknown one.</summary>
    public int Find(ref Utf8JsonReader reader, int expected)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            var member = expected + i < _names.Length ? expected + i : expected + i - _names.Length;
            if (reader.ValueTextEquals(_names[member].EncodedUtf8Bytes)) return member;
        }
        return -1;
    }
}
