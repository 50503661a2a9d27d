using System.Text;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>A filter of an address whose value cannot be read.</summary>
/// <param name="Key">What it filters by.</param>
/// <param name="Value">The value.</param>
public readonly record struct QueryPair(string Key, string Value);

/// <summary>The query part of a URL as names and values. It is read within bounds, since anyone can write an address: what lies beyond them is left out.</summary>
public static class QueryText
{
    /// <summary>Characters of a query part that are read: no server takes a longer one.</summary>
    public const int Longest = 8_192;

    /// <summary>Pairs that are read.</summary>
    public const int MostPairs = 256;

    /// <summary>Characters of a value, unescaped. A pair with a longer one is left out as a whole: half a value would mean something else.</summary>
    public const int LongestValue = 2_048;

    /// <summary>The pairs of a query part, with or without <c>?</c>, unescaped. Never fails.</summary>
    public static IEnumerable<(string Key, string Value)> Pairs(string? queryString)
    {
        foreach (var (key, value) in Escaped(queryString ?? ""))
            if (Unescape(value) is { Length: <= LongestValue } text) yield return (Unescape(key), text);
    }

    /// <summary>The pairs of the query part of an address, unescaped; none when it has no <c>?</c>.</summary>
    public static IEnumerable<(string Key, string Value)> OfAddress(string address) => Pairs(QueryOf(address));

    /// <summary>The same with values as they stand in the address, for those that have parts of their own.</summary>
    public static IEnumerable<(string Key, string Value)> EscapedOfAddress(string address) => Escaped(QueryOf(address));

    /// <summary>A filter of an address whose value cannot be read.</summary>
/// <param name="Key">What it filters by.</param>
/// <param name="Value">The value.</param>
public readonly record struct QueryPair(string Key, string Value);

/// <summary>The query part of an address without <c>?</c> and fragment; empty when it has none.</summary>
    public static string QueryOf(string address)
    {
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? "" : address[(mark + 1)..].Split('#', 2)[0];
    }

    /// <summary>A name or value without its escapes.</summary>
    public static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    /// <summary>Adds a pair.</summary>
    internal static void Append(StringBuilder url, string key, string value) => AppendRaw(url, key, Uri.EscapeDataString(value));

    /// <summary>Adds a pair whose value can stand in a query part as it is.</summary>
    internal static void AppendRaw(StringBuilder url, string key, string value) => url.Append(url.Length > 0 ? "&" : "").Append(key).Append('=').Append(value);

    private static IEnumerable<(string Key, string Value)> Escaped(string query)
    {
        var text = query.TrimStart('?');
        // What is cut in the middle of a pair is none.
        if (text.Length > Longest) text = text[..Math.Max(0, text.LastIndexOf('&', Longest))];
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries).Take(MostPairs))
        {
            var equals = part.IndexOf('=');
            yield return equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
        }
    }
}
