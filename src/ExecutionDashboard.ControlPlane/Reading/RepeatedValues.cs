using System.Runtime.InteropServices;
using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>
/// Values that most rows of a page have in common: states, jobs, namespaces, labels. JSON with the same bytes gives the same object again, so it is read and masked once. Keeps the newest of each
/// slot.
/// </summary>
/// <param name="read">Reads a value. It depends on its JSON alone, and what it gives is never changed.</param>
internal sealed class RepeatedValues<T>(Func<JsonElement, T> read) where T : class
{
    private const int Slots = 256, Longest = 1024;

    private readonly (byte[] Json, T Value)[] _slots = new (byte[], T)[Slots];

    public T Of(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return read(element);
        var json = JsonMarshal.GetRawUtf8Value(element);
        if (json.Length > Longest) return read(element);
        var hash = new HashCode();
        hash.AddBytes(json);
        ref var slot = ref _slots[hash.ToHashCode() & (Slots - 1)];
        if (slot.Json is { } known && json.SequenceEqual(known)) return slot.Value;
        var value = read(element);
        slot = (json.ToArray(), value);
        return value;
    }
}
