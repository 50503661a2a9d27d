using System.Globalization;
using System.Text;
using ExecutionDashboard.Simulator.Engine;
using Microsoft.AspNetCore.Http;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>The query string of a list.</summary>
internal sealed class ListQuery
{
    private const int DefaultLimit = 50, HighestLimit = 1000;
    private readonly IQueryCollection _query;

    /// <summary>Parses and checks it; <paramref name="orders"/> are the allowed sorts, the first is the default.</summary>
    /// <exception cref="RefusedException">400: it is invalid.</exception>
    public ListQuery(HttpContext context, params ReadOnlySpan<string> orders)
    {
        _query = context.Request.Query;
        Limit = DefaultLimit;
        if (One("limit") is { Length: > 0 } limit)
        {
            if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) || rows < 1) throw new RefusedException(400, $"limit '{limit}' is not a positive number");
            if (rows > HighestLimit) throw new RefusedException(400, $"limit {rows} is above the maximum of {HighestLimit}");
            Limit = rows;
        }
        OrderBy = One("order_by") is { Length: > 0 } order ? order : orders.Length > 0 ? orders[0] : "";
        if (orders.Length > 0 && !orders.Contains(OrderBy)) throw new RefusedException(400, $"order_by '{OrderBy}' is not one of {string.Join(", ", orders.ToArray())}");
        Descending = One("order") switch
        {
            "" => OrderBy is not "name",
            "asc" => false,
            "desc" => true,
            var other => throw new RefusedException(400, $"order '{other}' is not one of asc, desc"),
        };
        if (One("next_token") is { Length: > 0 } token) Token = Decode(token);
    }

    /// <summary>Rows per page.</summary>
    public int Limit { get; }
    /// <summary>Sort.</summary>
    public string OrderBy { get; }
    /// <summary>Highest first.</summary>
    public bool Descending { get; }
    /// <summary>Parts of the page token; null for the first page.</summary>
    public string[]? Token { get; }

    /// <summary>A parameter; empty without one.</summary>
    public string One(string name) => _query[name] is [{ } value, ..] ? value : "";

    /// <summary>All values of a repeated parameter.</summary>
    public HashSet<string> Many(string name) => _query[name].Where(v => !string.IsNullOrEmpty(v)).Select(v => v!).ToHashSet(StringComparer.Ordinal);

    /// <summary>A part of the token as a number.</summary>
    /// <exception cref="RefusedException">400: it is not a number.</exception>
    public long Number(int part) =>
        Token is { } token && part < token.Length && long.TryParse(token[part], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw BadToken();

    /// <summary>The token of the next page. It names the last row instead of its index, so that concurrent changes do not shift it.</summary>
    public string Encode(params ReadOnlySpan<string> parts) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{OrderBy}{(Descending ? '-' : '+')}\n{string.Join('\n', parts.ToArray())}")).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private string[] Decode(string token)
    {
        var padded = token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=');
        Span<byte> bytes = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, bytes, out var length)) throw BadToken();
        var parts = Encoding.UTF8.GetString(bytes[..length]).Split('\n');
        if (parts[0] != $"{OrderBy}{(Descending ? '-' : '+')}") throw BadToken();
        return parts[1..];
    }

    private static RefusedException BadToken() => new(400, "next_token is not valid for this list");
}
