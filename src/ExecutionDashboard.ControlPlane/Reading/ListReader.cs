using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Kinds of lists: singular and plural, which are also the keys of their elements.</summary>
internal sealed record ListKind(string One, string Many);

/// <summary>
/// Reads lists in all published formats: <c>{items, next_token}</c>, <c>{jobs: […]}</c> and similar, and a plain array. An unreadable element does not affect the
/// others.
/// </summary>
internal static class ListReader
{
    /// <summary>The result.</summary>
    public readonly record struct Listing<T>(List<T> Items, string NextToken, int LeftOut);

    /// <summary>Null when the reply is not a list, which must not be taken for an empty one.</summary>
    public static Listing<T>? Read<T>(
        JsonElement root, ListKind kind, PageReading page, Func<JsonElement, T?> read, Func<T, string> idOf, Func<T, T, T> newer)
        where T : class
    {
        if (!TryFind(root, kind, out var list, out var token)) return null;
        var items = new List<T>(list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0);
        var places = new Dictionary<string, int>(items.Capacity, StringComparer.Ordinal);
        var (number, leftOut) = (0, 0);
        foreach (var element in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default)
        {
            number++;
            if (element.ValueKind == JsonValueKind.Null) continue;
            if (ReadOne(element, kind, number, page, read) is not { } item)
            {
                leftOut++;
                continue;
            }
            if (places.TryAdd(idOf(item), items.Count))
            {
                items.Add(item);
                continue;
            }
            var place = places[idOf(item)];
            items[place] = newer(items[place], item);
            page.Problem($"two {kind.Many} in one page have the id {idOf(item)}: the newer is kept");
        }
        return new Listing<T>(items, token, leftOut);
    }

    private static T? ReadOne<T>(JsonElement element, ListKind kind, int number, PageReading page, Func<JsonElement, T?> read)
        where T : class
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            page.Problem($"{kind.One} number {number} of the page is not an object but {element.ValueKind}");
            return null;
        }
        // Some servers wrap each element like a single object.
        var inner = Unwrap(element, kind);
        try
        {
            if (read(inner) is { } item) return item;
            page.Problem($"{kind.One} number {number} of the page has no id");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            page.Problem($"{kind.One} number {number} of the page could not be read: {e.Message}");
        }
        return null;
    }

    /// <summary>The object in <c>{execution: {…}}</c>, or the object itself.</summary>
    public static JsonElement Unwrap(JsonElement element, ListKind kind)
    {
        if (element.ValueKind != JsonValueKind.Object) return element;
        foreach (var field in element.EnumerateObject())
        {
            if (field.Is("id"u8)) return element;
            if (field.Value.ValueKind == JsonValueKind.Object && Fields.NameOf(field).Equals(kind.One, StringComparison.OrdinalIgnoreCase))
                return field.Value;
        }
        return element;
    }

    // An object without list and token is another reply, except {}: that is an empty list of a server that leaves out
    // empty values.
    private static bool TryFind(JsonElement root, ListKind kind, out JsonElement list, out string token)
    {
        (list, token) = (default, "");
        if (root.ValueKind == JsonValueKind.Array)
        {
            list = root;
            return true;
        }
        if (root.ValueKind != JsonValueKind.Object) return false;
        var (found, empty) = (false, true);
        foreach (var field in root.EnumerateObject())
        {
            empty = false;
            if (field.Is("next_token"u8))
            {
                token = field.Value.Text();
                found = true;
            }
            else if (field.Is("items"u8) || Fields.NameOf(field).Equals(kind.Many, StringComparison.OrdinalIgnoreCase))
            {
                if (field.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null)) return false;
                if (field.Value.ValueKind == JsonValueKind.Array) list = field.Value;
                found = true;
            }
        }
        return found || empty;
    }
}
