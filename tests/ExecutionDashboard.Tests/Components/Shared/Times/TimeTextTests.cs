using System.Globalization;
using CsCheck;
using ExecutionDashboard.Components.Shared.Times;
using ExecutionDashboard.Fleet.Times;
using NodaTime;

namespace ExecutionDashboard.Tests.Components.Shared.Times;

public sealed class TimeTextTests
{
    private static readonly TimeText Berlin = TimeText.In("Europe/Berlin")!;

    [Fact]
    public void ReadMoment_AsWritten_IsTheSameMomentInAnyZone() => TimeGen.Zoned(TimeGen.MomentIn).Sample(zoned =>
    {
        var text = new TimeText(zoned.Zone);
        var written = text.Of(zoned.Value);
        var read = text.ReadMoment(written, TimeGen.Now);
        Assert.Equal("", read.Problem);
        Assert.Equal(zoned.Value, read.Value);
        Assert.Equal(zoned.Value, Moment.TryParse(zoned.Value.ToString(), out var again) ? again : default);
    });

    [Fact]
    public void ReadRange_AsWritten_IsTheSameRangeInAnyZone() => TimeGen.Zoned(TimeGen.RangeIn).Sample(zoned =>
    {
        var text = new TimeText(zoned.Zone);
        var read = text.ReadRange(text.Of(zoned.Value), TimeGen.Now);
        Assert.Equal("", read.Problem);
        Assert.Equal(zoned.Value, read.Value);
    });

    // What the clocks of a zone show is found by looking at every offset that the zone has around the time.
    [Fact]
    public void ReadMoment_AnyMinuteOfAnyZone_IsOnceTwiceOrNotThere() => TimeGen.Zoned(zone => Gen.Select(TimeGen.TimeIn(zone), Gen.Int[-180, 180])).Sample(zoned =>
    {
        var (zone, (time, by)) = zoned;
        var local = LocalDateTime.FromDateTime(Instant.FromDateTimeOffset(time).InZone(zone).LocalDateTime.PlusMinutes(by).ToDateTimeUnspecified());
        local = local.PlusTicks(-local.TickOfSecond).PlusSeconds(-local.Second);
        if (local.Year < 1970) return;
        var utc = local.InUtc().ToInstant();
        var expected = zone.GetZoneIntervals(utc - Duration.FromHours(30), utc + Duration.FromHours(30))
            .Select(i => (i, at: utc - Duration.FromSeconds(i.WallOffset.Seconds))).Where(x => x.i.Contains(x.at)).Select(x => Moment.At(x.at.ToDateTimeOffset())).Distinct().ToArray();
        var text = new TimeText(zone);
        var read = text.ReadMoment(local.ToString("uuuu-MM-dd HH:mm", null), TimeGen.Now);
        switch (expected.Length)
        {
            case 0:
                Assert.Contains("does not exist on", read.Problem, StringComparison.Ordinal);
                Assert.Empty(read.Choices);
                break;
            case 1:
                Assert.Equal("", read.Problem);
                Assert.Equal(expected[0], read.Value);
                break;
            default:
                Assert.Contains("comes twice on", read.Problem, StringComparison.Ordinal);
                Assert.Equal(expected.Order(Comparer<Moment>.Create((a, b) => a.Time!.Value.CompareTo(b.Time!.Value))), read.Choices.Select(choice => text.ReadMoment(choice, TimeGen.Now).Value));
                Assert.Equal(read.Choices, expected.Select(text.Of).Order(StringComparer.Ordinal).OrderBy(c => text.ReadMoment(c, TimeGen.Now).Value.Time));
                break;
        }
    });

    [Fact]
    public void ReadRange_DaysOfAnyZone_FollowOneAnother() => TimeGen.Zoned(TimeGen.TimeIn).Sample(zoned => DaysFollow(zoned.Zone, zoned.Value));

    // The clocks went from 00:01 back to 22:01: two hours of the day before came after its midnight.
    [Theory]
    [InlineData("1988-10-30T01:29:59Z")]
    [InlineData("1988-10-30T01:30:30Z")]
    [InlineData("1988-10-30T03:17:35Z")]
    [InlineData("1988-10-30T03:30:00Z")]
    public void ReadRange_DayWhoseClocksWentBackBehindMidnight_FollowsTheDayBefore(string time) =>
        DaysFollow(DateTimeZoneProviders.Tzdb["America/St_Johns"], DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));

    private static void DaysFollow(DateTimeZone zone, DateTimeOffset time)
    {
        var text = new TimeText(zone);
        var day = text.DayOf(time);
        var read = text.ReadRange(TimeText.DayText(day), TimeGen.Now);
        Assert.Equal("", read.Problem);
        Assert.True(read.Value!.Contains(time, TimeGen.Now));
        var next = text.DayOf(read.Value.To!.Value.Time!.Value);
        Assert.Equal(read.Value.To, text.ReadRange(TimeText.DayText(next), TimeGen.Now).Value!.From);
        Assert.Equal(TimeText.DayText(day), text.Of(read.Value));
    }

    [Fact]
    public void ReadRange_AnyText_IsReadOrRefusedWithAReason()
    {
        string[] pieces = ["last ", "-", "2", "30", "h", " min", "d", " ", "..", " to ", "until ", "since ", "2026-", "05-", "01", "31", "10:", "02:30", ":59", "T", "Z", "+02:00", "today", "now", " ago", "9999", "0", "x", "−", "–", ","];
        Gen.Select(Gen.OneOf(TimeGen.One(pieces).Array[0, 9].Select(string.Concat), Gen.String[0, 30]), TimeGen.Zone).Sample((typed, zone) =>
        {
            var text = new TimeText(zone);
            var read = text.ReadRange(typed, TimeGen.Now);
            Assert.Equal(read.IsRead, read.Value is not null);
            if (read.Value is not { } range) return;
            Assert.Equal(range, text.ReadRange(text.Of(range), TimeGen.Now).Value);
            Assert.Equal(range, UrlOf(range));
        });
    }

    [Theory]
    [InlineData("30m", "last 30 min")]
    [InlineData("last 30 min", "last 30 min")]
    [InlineData("Last hour", "last 1 h")]
    [InlineData("past 2 Days", "last 2 d")]
    [InlineData("-2h", "last 2 h")]
    [InlineData("−90 min", "last 1 h 30 min")]
    [InlineData("-2h .. now", "last 2 h")]
    [InlineData("-2h to 1 hour ago", "-2 h .. -1 h")]
    [InlineData("since 10:30", "since 2026-11-29 10:30")]
    [InlineData("21:00", "since 2026-11-28 21:00")]
    [InlineData("23:50 to 00:10", "2026-11-28 23:50 .. 2026-11-29 00:10")]
    [InlineData("2026-05-01", "2026-05-01")]
    [InlineData("2026-05", "2026-05-01 .. 2026-05-31")]
    [InlineData("today", "2026-11-29")]
    [InlineData("yesterday 14:02 .. 15:00", "2026-11-28 14:02 .. 2026-11-28 15:00")]
    [InlineData("between 2026-05-01 and 2026-05-03", "2026-05-01 .. 2026-05-03")]
    [InlineData("2026-05-01 10:30 – 11:00", "2026-05-01 10:30 .. 2026-05-01 11:00")]
    [InlineData("2026-05-01T08:30:00.25Z..", "since 2026-05-01 10:30:00.25")]
    [InlineData(".. 2026-05-01", "until 2026-05-02 00:00")]
    [InlineData("1780000000", "since 2026-05-28 22:26:40")]
    [InlineData("2026-10-25 02:30 +02:00 .. 2026-10-25 02:30 +01:00", "2026-10-25 02:30 +02:00 .. 2026-10-25 02:30 +01:00")]
    [InlineData("2026-10-25", "2026-10-25")]
    [InlineData("all", "")]
    public void ReadRange_WrittenInOneWay(string typed, string written)
    {
        var read = Berlin.ReadRange(typed, TimeGen.Now);
        Assert.Equal("", read.Problem);
        Assert.Equal(written, Berlin.Of(read.Value!));
    }

    [Theory]
    [InlineData("2026-03-29 02:30", "02:30 does not exist on 2026-03-29 in Europe/Berlin: clocks go from 02:00 to 03:00.")]
    [InlineData("2026-10-25 02:30 .. 04:00", "02:30 comes twice on 2026-10-25 in Europe/Berlin: write +02:00 or +01:00 after it.")]
    [InlineData("2026-02-30", "2026-02-30 is not a day of the calendar from 1970 on.")]
    [InlineData("2026-05-01 25:00", "25:00 is not a time of day.")]
    [InlineData("01.05.2026", "Write dates year first, such as 2026-05-31.")]
    [InlineData("5/1/2026 .. 5/2/2026", "Write dates year first, such as 2026-05-31.")]
    [InlineData("11:00 .. 10:00 .. 9:00", "A range has two ends, such as 10:30 .. 11:00.")]
    [InlineData("-1h .. -2h", "The range ends before it begins.")]
    [InlineData("2026-05-02 .. 2026-05-01", "The range ends before it begins.")]
    [InlineData("last 11 potatoes", "'11 potatoes' is not a length of time such as 30 min, 2h or 1d12h, at most ten years.")]
    [InlineData("soon", "'soon' is not a time such as 14:02, 2026-05-01, 2026-05-01 10:30 or -2h.")]
    public void ReadRange_WhatCannotBeRead_IsRefusedInOneLine(string typed, string problem) => Assert.Equal(problem, Berlin.ReadRange(typed, TimeGen.Now).Problem);

    [Fact]
    public void ReadRange_AnEndThatComesTwice_OffersTheWholeTextWithEitherOffset()
    {
        Assert.Equal(["2026-10-25 02:30 +02:00 .. 04:00", "2026-10-25 02:30 +01:00 .. 04:00"], Berlin.ReadRange("2026-10-25 02:30 .. 04:00", TimeGen.Now).Choices);
        Assert.Equal(["2026-10-25 01:00 .. 02:30 +02:00", "2026-10-25 01:00 .. 02:30 +01:00"], Berlin.ReadRange("2026-10-25 01:00 .. 02:30", TimeGen.Now).Choices);
        var howe = TimeText.In("Australia/Lord_Howe")!;
        Assert.Equal(["2026-04-05 01:45 +11:00", "2026-04-05 01:45 +10:30"], howe.ReadRange("2026-04-05 01:45", TimeGen.Now).Choices);
        Assert.Equal("02:15 does not exist on 2026-10-04 in Australia/Lord_Howe: clocks go from 02:00 to 02:30.", howe.ReadRange("2026-10-04 02:15", TimeGen.Now).Problem);
        Assert.Equal("2011-12-30 does not exist in Pacific/Apia: the zone left it out when it crossed the date line.", TimeText.In("Pacific/Apia")!.ReadRange("2011-12-30", TimeGen.Now).Problem);
    }

    [Fact]
    public void In_NamesOfBrowsers_AreKnownEverywhere()
    {
        Assert.Equal("UTC", TimeText.In("utc")!.ZoneName);
        foreach (var name in (string[])["Europe/Kyiv", "Asia/Calcutta", "America/Argentina/Buenos_Aires", "Etc/GMT+5"]) Assert.NotNull(TimeText.In(name));
        Assert.Null(TimeText.In("Mars/Olympus"));
    }

    private static TimeRange UrlOf(TimeRange range)
    {
        var pairs = ExecutionDashboard.Fleet.Store.Queries.QueryText.Pairs(range.ToUrl()).ToDictionary(p => p.Key, p => p.Value);
        return TimeRange.Parse(pairs.GetValueOrDefault("from"), pairs.GetValueOrDefault("to"));
    }
}
