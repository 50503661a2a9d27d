using System.Text;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>A filter of an address whose value cannot be parsed.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public readonly record struct QueryPair(string Key, string Value);

/// <summary>Reads the query string of a URL. Anyone can write a URL, so its length is limited and the excess is ignored.</summary>
public static class QueryText
{
    /// <summary>Most characters of a query string that are read; servers accept no more.</summary>
    public const int Longest = 8_192;

    /// <summary>Most pairs that are read.</summary>
    public const int MostPairs = 256;

    /// <summary>Longest value, decoded. A pair with a longer one is ignored, because half a value would mean something else.</summary>
    public const int LongestValue = 2_048;

    /// <summary>The pairs of a query string, with or without <c>?</c>, decoded. Never fails.</summary>
    public static IEnumerable<(string Key, string Value)> Pairs(string? queryString)
    {
        foreach (var (key, value) in Escaped(queryString ?? ""))
            if (Unescape(value) is { Length: <= LongestValue } text) yield return (Unescape(key), text);
    }

    /// <summary>The pairs of an address's query string, decoded; none without <c>?</c>.</summary>
    public static IEnumerable<(string Key, string Value)> OfAddress(string address) => Pairs(QueryOf(address));

    /// <summary>The same without decoding the values, for values that contain lists.</summary>
    public static IEnumerable<(string Key, string Value)> EscapedOfAddress(string address) => Escaped(QueryOf(address));

    /// <summary>The query string of an address, without <c>?</c> and fragment; may be empty.</summary>
    public static string QueryOf(string address)
    {
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? "" : address[(mark + 1)..].Split('#', 2)[0];
    }

    /// <summary>Decodes a name or value.</summary>
    public static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    /// <summary>Joins the parts of a query string that are not empty.</summary>
    public static string Join(params ReadOnlySpan<string> parts) => string.Join('&', parts.ToArray().Where(part => part.Length > 0));

    /// <summary>Adds a pair.</summary>
    internal static void Append(StringBuilder url, string key, string value) => AppendRaw(url, key, Uri.EscapeDataString(value));

    /// <summary>Appends a pair whose value needs no encoding.</summary>
    internal static void AppendRaw(StringBuilder url, string key, string value) => url.Append(url.Length > 0 ? "&" : "").Append(key).Append('=').Append(value);

    private static IEnumerable<(string Key, string Value)> Escaped(string query)
    {
        var text = query.TrimStart('?');
        // Do not read half a pair.
        if (text.Length > Longest) text = text[..Math.Max(0, text.LastIndexOf('&', Longest))];
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries).Take(MostPairs))
        {
            var equals = part.IndexOf('=');
            yield return equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
        }
    }
}
