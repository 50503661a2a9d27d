using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>
/// Reads times: RFC 3339 with up to nanoseconds and any offset, or Unix numbers in seconds, milliseconds, microseconds or nanoseconds. Go's zero time, and times
/// before 1970, count as not sent.
/// </summary>
internal static class Times
{
    private const double Year9999 = 253_402_300_799;

    public static DateTimeOffset? Time(this JsonElement element) => element.ValueKind switch
    {
        // The fast path for nearly all times. Not without an offset, which would be read as local time.
        JsonValueKind.String when HasOffset(element) && element.TryGetDateTimeOffset(out var at) => Plausible(at),
        JsonValueKind.String => Parse(element.Text()),
        JsonValueKind.Number => FromUnix(element.Double()),
        _ => null,
    };

    public static DateTimeOffset? Parse(string text)
    {
        text = text.Trim();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var unix)) return FromUnix(unix);
        // Without this check the lenient parser would read "10:30" as a time of today.
        if (text.Length < 10 || text[4] != '-' || !text.AsSpan(0, 4).ContainsOnlyDigits()) return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var at) ? Plausible(at) : null;
    }

    private static bool HasOffset(JsonElement element) =>
        JsonMarshal.GetRawUtf8Value(element) is [.., (byte)'Z', (byte)'"'] or [.., (byte)'+' or (byte)'-', _, _, (byte)':', _, _, (byte)'"'];

    private static DateTimeOffset? FromUnix(double? number)
    {
        if (number is not > 0) return null;
        var seconds = number.Value switch
        {
            < 1e11 => number.Value,
            < 1e14 => number.Value / 1e3,
            < 1e17 => number.Value / 1e6,
            _ => number.Value / 1e9,
        };
        return seconds >= Year9999 ? null : DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
    }

    private static DateTimeOffset? Plausible(DateTimeOffset at) => at.UtcDateTime.Year < 1970 ? null : at.ToUniversalTime();

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
