using System.Text;

namespace ExecutionDashboard.Fleet;

/// <summary>The query part of a URL as names and values.</summary>
internal static class QueryText
{
    /// <summary>The pairs of a query part, with or without <c>?</c>, unescaped. Never fails.</summary>
    public static IEnumerable<(string Key, string Value)> Pairs(string? queryString)
    {
        foreach (var part in (queryString ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=');
            yield return (Unescape(equals < 0 ? part : part[..equals]), equals < 0 ? "" : Unescape(part[(equals + 1)..]));
        }
    }

    /// <summary>Adds a pair.</summary>
    public static void Append(StringBuilder url, string key, string value) => AppendRaw(url, key, Uri.EscapeDataString(value));

    /// <summary>Adds a pair whose value can stand in a query part as it is.</summary>
    public static void AppendRaw(StringBuilder url, string key, string value) => url.Append(url.Length > 0 ? "&" : "").Append(key).Append('=').Append(value);

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
