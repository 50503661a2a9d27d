using CsCheck;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Tests.Fleet.Filters;
using NodaTime;

namespace ExecutionDashboard.Tests.Fleet.Times;

public sealed class TimeRangeTests
{
    [Fact]
    public void Parse_OfItsUrl_IsTheSameRange() => TimeGen.RangeIn(DateTimeZone.Utc).Sample(range => Assert.Equal(range, Read(range.ToUrl())));

    [Fact]
    public void Parse_WhatCannotBeRead_IsKeptAndFiltersNothing()
    {
        var range = Read("from=soon&to=-1h");
        Assert.Equal((null, "from=soon"), (range.From, range.Unread));
        Assert.Equal(Moment.Before(TimeSpan.FromHours(1)), range.To);
        Assert.Equal("to=-1h&from=soon", range.ToUrl());
        Assert.Equal(range, Read(range.ToUrl()));
        // Ends in the wrong order let everything through, and are said.
        var backwards = Read("from=2026-05-02&to=2026-05-01");
        Assert.True(backwards.IsAll);
        Assert.Equal("from=2026-05-02&to=2026-05-01", backwards.Unread);
    }

    [Fact]
    public void Filter_WithARange_HasThatRangeAndTheOtherConditions() => Gen.Select(FilterGen.Filter, TimeGen.RangeIn(DateTimeZone.Utc), TimeGen.One(FilterField.Changed, FilterField.Created)).Sample((filter, range, field) =>
    {
        var with = FilterRange.With(filter, field, range);
        Assert.Equal(range, FilterRange.Of(with, field));
        Assert.Equal(filter.Where(c => c.Field != field), with.Where(c => c.Field != field));
        var query = new ExecutionQuery { Filter = with };
        Assert.Equal(range, FilterRange.Of(ExecutionQuery.Parse(query.ToUrl()).Filter, field));
        Assert.Equal(range, FilterRange.Of(ExecutionQuery.All.WithTerms(query.Terms).Filter, field));
    });

    [Fact]
    public void Fixed_StandsStillWhereItWas() => TimeGen.RangeIn(DateTimeZone.Utc).Sample(range =>
    {
        var still = range.Fixed(TimeGen.Now);
        Assert.False(still.IsRelative);
        Assert.Equal(range.Seen(TimeGen.Now), still.Seen(TimeGen.Now.AddDays(3)));
    });

    [Fact]
    public void Calendar_OfAnyMonth_HasItsDaysInWeeksFromMonday() => Gen.Int[0, 2_932_000].Sample(days =>
    {
        var day = new LocalDate(1970, 1, 1).PlusDays(days);
        var month = CalendarMonth.Of(day);
        var shown = month.Weeks.SelectMany(week => week).ToArray();
        Assert.Equal(42, shown.Length);
        Assert.Equal(IsoDayOfWeek.Monday, shown[0].DayOfWeek);
        for (var i = 1; i < shown.Length; i++) Assert.Equal(shown[i - 1].PlusDays(1), shown[i]);
        Assert.Equal(CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month), shown.Count(month.Has));
        foreach (var (key, back) in new[] { ("ArrowLeft", "ArrowRight"), ("ArrowUp", "ArrowDown") })
            if (days is > 10 and < 2_900_000) Assert.Equal(day, CalendarMonth.Move(CalendarMonth.Move(day, key, false)!.Value, back, false));
        Assert.Equal(IsoDayOfWeek.Sunday, CalendarMonth.Move(day, "End", false)!.Value.DayOfWeek);
        Assert.Null(CalendarMonth.Move(day, "a", false));
    });

    private static TimeRange Read(string url)
    {
        var pairs = QueryText.Pairs(url).ToDictionary(p => p.Key, p => p.Value);
        return TimeRange.Parse(pairs.GetValueOrDefault("from"), pairs.GetValueOrDefault("to"));
    }
}
