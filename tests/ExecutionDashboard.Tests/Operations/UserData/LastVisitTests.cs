using ExecutionDashboard.Operations.UserData;

namespace ExecutionDashboard.Tests.Operations.UserData;

/// <summary>When somebody was last here.</summary>
public sealed class LastVisitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void See_FirstVisit_IsKeptAndOffersNothing()
    {
        var visit = new LastVisit();

        Assert.True(visit.See(null, Noon));
        Assert.Null(visit.Since);
    }

    [Theory]
    [InlineData(5, false, false)]
    [InlineData(20, true, false)]
    [InlineData(30, true, true)]
    [InlineData(900, true, true)]
    public void See_BackAfterAPause_OffersWhatChangedSince(int minutes, bool isKept, bool isOffered)
    {
        var visit = new LastVisit();

        Assert.Equal(isKept, visit.See(LastVisit.Text(Noon), Noon.AddMinutes(minutes)));
        Assert.Equal(isOffered ? Noon : null, visit.Since);
    }

    [Fact]
    public void See_WhileHere_KeepsTheTimeNowAndThen()
    {
        var visit = new LastVisit();
        var kept = "";
        var times = 0;
        for (var at = Noon; at < Noon.AddHours(2); at = at.AddSeconds(10))
            if (visit.IsDue(at) && visit.See(kept, at)) (kept, times) = (LastVisit.Text(at), times + 1);

        Assert.Equal(12, times);
        Assert.Null(visit.Since);
    }

    [Fact]
    public void See_TabThatWasHiddenOverNight_OffersWhatChangedUnlessAnotherTabWasUsed()
    {
        LastVisit visit = new(), beside = new();
        visit.See("", Noon);
        beside.See("", Noon);

        visit.See(LastVisit.Text(Noon), Noon.AddHours(9));
        beside.See(LastVisit.Text(Noon.AddHours(9).AddMinutes(-5)), Noon.AddHours(9));

        Assert.Equal(Noon, visit.Since);
        Assert.Null(beside.Since);
        visit.Dismiss();
        Assert.Null(visit.Since);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    public void See_WhatIsNoTime_IsAFirstVisit(string kept)
    {
        var visit = new LastVisit();

        Assert.True(visit.See(kept, Noon));
        Assert.Null(visit.Since);
    }

    [Fact]
    public void See_KeptByAClockThatWasAhead_IsAFirstVisit()
    {
        var visit = new LastVisit();

        Assert.True(visit.See(LastVisit.Text(Noon.AddDays(3)), Noon));
        Assert.Null(visit.Since);
    }
}
