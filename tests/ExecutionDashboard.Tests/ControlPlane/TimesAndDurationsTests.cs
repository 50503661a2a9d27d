using System.Globalization;
using System.Text.Json;
using CsCheck;
using ExecutionDashboard.ControlPlane.Reading;

namespace ExecutionDashboard.Tests.ControlPlane;

public class TimesAndDurationsTests
{
    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement.Clone();

    [Theory]
    [InlineData("\"2026-09-30T18:39:00Z\"", "2026-09-30T18:39:00.0000000")]
    [InlineData("\"2026-09-30T18:39:00.123456789Z\"", "2026-09-30T18:39:00.1234567")]
    [InlineData("\"2026-09-30T18:39:00.5+02:00\"", "2026-09-30T16:39:00.5000000")]
    [InlineData("\"2026-09-30t18:39:00z\"", "2026-09-30T18:39:00.0000000")]
    [InlineData("\"2026-09-30 18:39:00Z\"", "2026-09-30T18:39:00.0000000")]
    [InlineData("\"2026-09-30T18:39:00\"", "2026-09-30T18:39:00.0000000")]
    [InlineData("\"2026-09-30\"", "2026-09-30T00:00:00.0000000")]
    [InlineData("1790793540", "2026-09-30T18:39:00.0000000")]
    [InlineData("1790793540.5", "2026-09-30T18:39:00.5000000")]
    [InlineData("1790793540000", "2026-09-30T18:39:00.0000000")]
    [InlineData("1790793540000000", "2026-09-30T18:39:00.0000000")]
    [InlineData("1790793540000000000", "2026-09-30T18:39:00.0000000")]
    [InlineData("\"1790793540\"", "2026-09-30T18:39:00.0000000")]
    public void Time_EveryForm_IsReadAsUtc(string json, string expected)
    {
        var at = Json(json).Time();
        Assert.Equal(expected, at?.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, at?.Offset);
    }

    [Theory]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    [InlineData("\"0001-01-01T00:00:00+05:00\"")]
    [InlineData("\"1969-12-31T23:59:59Z\"")]
    [InlineData("\"\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"10:30\"")]
    [InlineData("\"2026-13-45T99:00:00Z\"")]
    [InlineData("\"9999-12-31T23:59:59-14:00\"")]
    [InlineData("0")]
    [InlineData("-62135596800")]
    [InlineData("1e300")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    public void Time_ZeroOrNonsense_IsNotSent(string json) => Assert.Null(Json(json).Time());

    [Fact]
    public void Time_AnyPointSince1970_RoundTrips() =>
        Gen.Select(Gen.Long[0, new DateTimeOffset(9999, 12, 30, 0, 0, 0, TimeSpan.Zero).Ticks - DateTimeOffset.UnixEpoch.Ticks], Gen.Int[-14 * 60, 14 * 60])
            .Sample((ticks, minutes) =>
            {
                var at = DateTimeOffset.UnixEpoch.AddTicks(ticks);
                var text = at.ToOffset(TimeSpan.FromMinutes(minutes)).ToString("o", CultureInfo.InvariantCulture);
                return Json($"\"{text}\"").Time() == at && Times.Parse(text) == at;
            });

    [Theory]
    [InlineData("\"5m\"", 300_000)]
    [InlineData("\"1h30m\"", 5_400_000)]
    [InlineData("\"500ms\"", 500)]
    [InlineData("\"1.5s\"", 1_500)]
    [InlineData("\"1h0m0.5s\"", 3_600_500)]
    [InlineData("\"-2m\"", -120_000)]
    [InlineData("\"0s\"", 0)]
    [InlineData("\"0\"", 0)]
    [InlineData("\"1000µs\"", 1)]
    [InlineData("\"1000us\"", 1)]
    [InlineData("\"1000000ns\"", 1)]
    [InlineData("\" 30s \"", 30_000)]
    [InlineData("\"300000000000\"", 300_000)]
    [InlineData("300000000000", 300_000)]
    [InlineData("0", 0)]
    public void Duration_EveryForm_IsRead(string json, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Json(json).Duration());

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"soon\"")]
    [InlineData("\"5 minutes\"")]
    [InlineData("\"m\"")]
    [InlineData("\"-\"")]
    [InlineData("\"1.2.3s\"")]
    [InlineData("\"99999999999999999999h\"")]
    [InlineData("\"9000000h\"", true)]
    [InlineData("1e300")]
    [InlineData("null")]
    [InlineData("[]")]
    public void Duration_Nonsense_IsNotSent(string json, bool longButReal = false) => Assert.Equal(longButReal, Json(json).Duration() is not null);

    [Fact]
    public void Duration_AnyLength_RoundTripsAsTextAndAsNanoseconds() =>
        Gen.Long[0, TimeSpan.FromDays(10_000).Ticks].Sample(ticks =>
        {
            var length = TimeSpan.FromTicks(ticks);
            var text = string.Create(
                CultureInfo.InvariantCulture, $"{(long)length.TotalHours}h{length.Minutes}m{length.Seconds}.{ticks % TimeSpan.TicksPerSecond:0000000}s");
            return Durations.Parse(text) == length && Durations.Parse((ticks * (decimal)100).ToString(CultureInfo.InvariantCulture)) == length;
        });

    [Fact]
    public void Parsers_AnyText_NeverThrow() =>
        Gen.String.Sample(text =>
        {
            Times.Parse(text);
            Durations.Parse(text);
        });
}
