using ExecutionDashboard.Components.Pages.Timeline;
using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

public sealed class TimelineRangeTests
{
    private static readonly DateTimeOffset Now = PageRig.Start;

    [Fact]
    public void At_FollowedSpan_EndsNow() => Assert.Equal((Now.AddHours(-1), Now), TimelineRange.Default.At(Now));

    [Fact]
    public void Between_EndsTheWrongWayRound_AreSwapped() =>
        Assert.Equal((Now, Now.AddMinutes(5)), TimelineRange.Between(Now.AddMinutes(5), Now).At(Now));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1e9)]
    public void Last_SpanOutOfBounds_IsBroughtIntoThem(double minutes) =>
        Assert.InRange(TimelineRange.Last(TimeSpan.FromMinutes(minutes)).Span, TimelineRange.Shortest, TimelineRange.Longest);

    [Fact]
    public void At_TheEdgesOfTime_DoesNotThrow()
    {
        TimelineRange.Last(TimelineRange.Longest).At(DateTimeOffset.MinValue);
        Assert.Equal(DateTimeOffset.MaxValue, TimelineRange.Between(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue).At(Now).To);
    }

    [Fact]
    public void Url_EveryPart_ReadsBackAsItWas()
    {
        var url = new TimelineUrl
        {
            Query = ExecutionQuery.Parse("state=failed&label=region%3Deu&q=x%26y"), Range = TimelineRange.Between(Now, Now.AddSeconds(90.5)), Group = "label:a \"quoted\" 🙂&=", Sort = LaneSort.Changes,
            Fold = true, Table = true, Height = "high", Open = "exec/1", Tab = "spec",
        };

        Assert.Equal(url, TimelineUrl.Parse(url.ToString()));
        Assert.Equal(new TimelineUrl(), TimelineUrl.Parse(new TimelineUrl().ToString()));
    }

    [Fact]
    public void Url_AsASavedView_KeepsTheRange_AndAsTheLastViewItsLength()
    {
        var url = TimelineUrl.Parse("timeline?from=2026-05-01T10:00:00Z&to=2026-05-01T12:00:00Z&open=e1");
        Assert.Equal("timeline?from=2026-05-01T10:00:00Z&to=2026-05-01T12:00:00Z", url.AsView.ToString());
        Assert.Equal("timeline?last=7200", url.AsLast.ToString());
        Assert.Equal("2026-05-01 10:00 .. 2026-05-01 12:00 UTC", url.Words(new FleetStore()));
        Assert.Equal("timeline?last=7200", TimelineUrl.Parse("timeline?from=-2h").ToString());
    }

    [Fact]
    public void Of_ARangeThatWasChosen_FollowsOrStandsStill()
    {
        Assert.True(TimelineRange.Of(TimeRange.Last(TimeSpan.FromHours(2)), default, Now).Follows);
        Assert.Equal((Now.AddHours(-2), Now.AddHours(-1)), TimelineRange.Of(TimeRange.Parse("-2h", "-1h"), default, Now).At(Now.AddDays(1)));
        Assert.Equal((Now.AddHours(-2), Now), TimelineRange.Of(TimeRange.Of(Moment.At(Now.AddHours(-2)), null), default, Now).At(Now));
        // Without a beginning it is as long as what is shown.
        Assert.Equal((Now.AddHours(-6), Now.AddHours(-1)), TimelineRange.Of(TimeRange.Parse(null, "-1h"), TimeSpan.FromHours(5), Now).At(Now));
        foreach (var range in (TimelineRange[])[TimelineRange.Default, TimelineRange.Between(Now, Now.AddMinutes(5))]) Assert.Equal(range, TimelineRange.Of(range.ToTimes(), default, Now));
    }

    [Theory]
    [InlineData("timeline?last=nan&from=x&to=&group=nonsense&order=&height=up&fold=maybe&=&&")]
    [InlineData("timeline?last=1e99&from=0001-01-01")]
    [InlineData("timeline?last=-3&order=99")]
    public void Url_Nonsense_IsAsIfNotThere(string url) => Assert.Equal(new TimelineUrl(), TimelineUrl.Parse(url));

    [Fact]
    public void Extent_IsLongerThanTheRangeAndReachesOverIt()
    {
        foreach (var minutes in new[] { 0.1, 5, 60, 600, 50_000 })
        {
            var (from, to) = (Now.AddMinutes(-3 * minutes), Now.AddMinutes(-2 * minutes));
            var extent = TimelineOverview.Extent(from, to, Now);
            Assert.True(extent > to - from && Now - extent < from);
        }
    }

    [Fact]
    public void Overview_EndsCountWhereTheyHappen_AndTheWorstOfAStretchWins()
    {
        var bars = new[]
        {
            LaneMaker.Bar("a", "job", "", LaneMaker.Span("running", 0, 50), LaneMaker.Span("failed", 50)),
            LaneMaker.Bar("b", "job", "", LaneMaker.Span("running", 0, 90), LaneMaker.Span("degraded", 90, 91), LaneMaker.Span("running", 91)),
        };

        var overview = TimelineOverview.Of(bars, LaneMaker.At(0), LaneMaker.At(180), LaneMaker.At(180));

        Assert.Equal(["failed", "degraded", "running"], overview.Series.Select(s => s.State));
        int[] Counts(string state) => overview.Series.Single(s => s.State == state).Counts;
        Assert.Equal((1, 1), (Counts("failed").Sum(), Counts("failed")[50]));
        Assert.Equal((2, 1, 1), (Counts("running")[10], Counts("running")[70], Counts("running")[179]));
        Assert.Equal(1, Counts("degraded")[90]);
    }

    [Fact]
    public void Overview_NothingOrNonsense_IsEmpty()
    {
        Assert.Empty(TimelineOverview.Of([], Now, Now, Now).Series);
        Assert.Empty(TimelineOverview.Of([LaneMaker.Bar("a", "job", "")], Now, Now.AddHours(1), Now).Series);
    }
}
