using CsCheck;
using ExecutionDashboard.Feed.Notifications;

namespace ExecutionDashboard.Tests.Feed.Notifications;

/// <summary>Quiet hours by the clocks of a zone, those that jump included.</summary>
public sealed class QuietHoursTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"];

    [Theory]
    [InlineData("22:00-07:00", "UTC", "2026-11-01T21:59:59Z", null)]
    [InlineData("22:00-07:00", "UTC", "2026-11-01T22:00:00Z", "2026-11-02T07:00:00Z")]
    [InlineData("22:00-07:00", "UTC", "2026-11-02T06:59:59Z", "2026-11-02T07:00:00Z")]
    [InlineData("22:00-07:00", "UTC", "2026-11-02T07:00:00Z", null)]
    [InlineData("9:00 – 17:30", "Europe/Berlin", "2026-07-01T07:00:00Z", "2026-07-01T15:30:00Z")]
    // The night in which clocks go forward is an hour shorter: 02:30 is not there.
    [InlineData("22:00-02:30", "Europe/Berlin", "2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z")]
    // The night in which they go back has 02:30 twice: the second is meant.
    [InlineData("22:00-02:30", "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T01:30:00Z")]
    public void EndsAt_Moment_IsTheEndOrNull(string hours, string zone, string now, string? end)
    {
        var (from, to) = QuietHours.Parse(hours)!.Value;

        var ends = new QuietHours(from, to, TimeZoneInfo.FindSystemTimeZoneById(zone)).EndsAt(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture), ends);
    }

    [Theory]
    [InlineData("")]
    [InlineData("22:00")]
    [InlineData("22-07")]
    [InlineData("22:00-25:00")]
    [InlineData("22:00-22:00")]
    [InlineData("22:00-07:00-08:00")]
    public void Parse_WhatIsNoRange_IsNull(string text) => Assert.Null(QuietHours.Parse(text));

    [Fact]
    public void EndsAt_AnyMomentAnywhere_IsLaterByADayAtMostAndComesToAnEnd() =>
        Gen.Select(Gen.Int[0, 365 * 24 * 60], Gen.Int[0, 1_439], Gen.Int[0, 1_439], Gen.Int[0, Zones.Length - 1]).Where((_, from, to, _) => from != to).Sample((minute, from, to, zone) =>
        {
            var hours = new QuietHours(TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to), TimeZoneInfo.FindSystemTimeZoneById(Zones[zone]));
            var now = Start.AddMinutes(minute);
            if (hours.EndsAt(now) is not { } end) return;
            Assert.InRange(end - now, TimeSpan.FromTicks(1), TimeSpan.FromHours(25));
            // A doubled hour can begin them anew, once.
            if (hours.EndsAt(end) is { } second) Assert.InRange(second - end, TimeSpan.FromTicks(1), TimeSpan.FromHours(25));
        }, iter: 2_000);
}
