using System.Globalization;
using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Parses durations: Go's text (<c>1h30m</c>, <c>1.5s</c>, <c>500ms</c>) or nanoseconds.</summary>
internal static class Durations
{
    public static TimeSpan? Duration(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Parse(element.Text()),
        JsonValueKind.Number when element.Double() is { } ns && Math.Abs(ns) < 1e21 => FromNanoseconds((decimal)ns),
        _ => null,
    };

    /// <summary>Null for an invalid text. Digits alone are nanoseconds, like a number.</summary>
    public static TimeSpan? Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        var negative = rest is ['-', ..];
        if (rest is ['-' or '+', ..]) rest = rest[1..];
        if (rest.IsEmpty) return null;
        var sum = 0m;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            var number = digits < 0 ? rest : rest[..digits];
            if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return null;
            rest = digits < 0 ? default : rest[digits..];
            var unitLength = rest.IndexOfAny("0123456789.");
            var unit = unitLength < 0 ? rest : rest[..unitLength];
            rest = rest[unit.Length..];
            if (NanosecondsPer(unit) is not { } per || amount > 1e18m) return null;
            sum += amount * per;
        }
        return FromNanoseconds(negative ? -sum : sum);
    }

    private static decimal? NanosecondsPer(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => 3_600_000_000_000,
        "m" => 60_000_000_000,
        "s" => 1_000_000_000,
        "ms" => 1_000_000,
        "us" or "µs" or "μs" => 1_000,
        "ns" or "" => 1,
        _ => null,
    };

    private static TimeSpan? FromNanoseconds(decimal nanoseconds)
    {
        var ticks = nanoseconds / TimeSpan.NanosecondsPerTick;
        return Math.Abs(ticks) > long.MaxValue ? null : TimeSpan.FromTicks((long)ticks);
    }
}
