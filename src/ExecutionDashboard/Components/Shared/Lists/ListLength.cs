using System.Globalization;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>The number of rows of a list, as part of its address.</summary>
public static class ListLength
{
    private const string Key = "rows";
    private const int Most = 5_000;

    /// <summary>The number in an address, at most 5,000; the default without one.</summary>
    public static int Of(string address, int usual)
    {
        foreach (var (key, value) in QueryText.OfAddress(address))
            if (key == Key && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)) return Math.Clamp(rows, usual, Most);
        return usual;
    }

    /// <summary>The address with another number.</summary>
    public static string In(string address, int rows)
    {
        var other = Without(address);
        return string.Create(CultureInfo.InvariantCulture, $"{other}{(other.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Key}={rows}");
    }

    /// <summary>The address without the number.</summary>
    public static string Without(string address)
    {
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0) return address;
        var rest = string.Join('&', address[(mark + 1)..].Split('&').Where(pair => !pair.StartsWith(Key + "=", StringComparison.Ordinal)));
        return rest.Length > 0 ? $"{address[..mark]}?{rest}" : address[..mark];
    }
}
