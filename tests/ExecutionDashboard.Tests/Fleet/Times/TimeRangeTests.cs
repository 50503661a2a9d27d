using CsCheck;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Tests.Components.Shared.Times;
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

    private static TimeRange Read(string url)
    {
        var pairs = QueryText.Pairs(url).ToDictionary(p => p.Key, p => p.Value);
        return TimeRange.Parse(pairs.GetValueOrDefault("from"), pairs.GetValueOrDefault("to"));
    }
}
