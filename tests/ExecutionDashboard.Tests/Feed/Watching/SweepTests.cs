namespace ExecutionDashboard.Tests.Feed.Watching;

/// <summary>The look at the whole fleet from time to time, which finds what is gone.</summary>
public sealed class SweepTests : IDisposable
{
    private readonly FeedRig _feed = new();

    private TestControlPlane Server => _feed.Server;

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Sweep_RevisionAndTimeGoBack_IsBelieved()
    {
        Server.Put(FeedRig.Execution("e1", "running", revision: 5, at: 10));
        await _feed.CycleAsync();
        Server.Put(FeedRig.Execution("e1", "starting", revision: 4, at: 5));

        await _feed.SweepAsync();

        Assert.Equal("starting", _feed.Mirror.Executions.Find("e1")!.Actual.State.Name);
    }

    [Fact]
    public async Task Sweep_ExecutionGone_IsRemoved()
    {
        Server.Put(FeedRig.Execution("e1"));
        Server.Put(FeedRig.Execution("e2"));
        await _feed.CycleAsync();
        Server.Executions.Remove("e1");

        await _feed.SweepAsync();

        Assert.Null(_feed.Mirror.Executions.Find("e1"));
        Assert.Equal(["→running", "running→"], _feed.StepsOf("e1"));
        Assert.NotNull(_feed.Mirror.Executions.Find("e2"));
    }

    [Fact]
    public async Task Sweep_ThousandsGone_AreRemovedAfterASecondLook()
    {
        await _feed.KnowExecutionsAsync(2_000);
        Server.Executions.Clear();

        await _feed.SweepAsync();

        Assert.Equal(0, _feed.Mirror.Executions.Count);
    }

    [Fact]
    public async Task Sweep_FailsHalfWay_RemovesNothing()
    {
        await _feed.KnowExecutionsAsync(1_500);
        Server.Executions.Clear();
        for (var i = 0; i < 1_200; i++) Server.Put(FeedRig.Execution($"e{i}", at: -i));
        Server.Fault = (call, token) => call == "executions" && token == "1000" ? TestControlPlane.Broken : null;

        await _feed.SweepAsync();
        await _feed.CycleAsync(4);

        Assert.Equal(1_500, _feed.Mirror.Executions.Count);
        Assert.Null(_feed.Status.BlindSince);
        Assert.Contains("500", _feed.Status.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_RowSlipsBetweenPages_IsNotRemoved()
    {
        for (var i = 0; i < 20; i++) Server.Put(FeedRig.Execution($"e{i:00}", at: -i));
        await _feed.CycleAsync();
        Server.OnPage = (request, page) => request.OrderBy == "created_at" ? page with { Items = [.. page.Items.Where(e => e.Id != "e07")] } : page;

        await _feed.SweepAsync();

        Assert.NotNull(_feed.Mirror.Executions.Find("e07"));
        Assert.Equal(["→running"], _feed.StepsOf("e07"));
    }

    [Fact]
    public async Task Sweep_TokenLoops_EndsWithAWarningAndRemovesNothing()
    {
        await _feed.KnowExecutionsAsync(300);
        Server.OnPage = (_, page) => page with { Items = [.. page.Items.Take(100)], NextToken = "again" };
        Server.Fault = (_, _) => null;
        Server.PageLimit = 100;
        Server.OnPage = (_, page) => page with { NextToken = "100" };

        await _feed.SweepAsync();

        Assert.Equal(300, _feed.Mirror.Executions.Count);
        Assert.Contains("page token twice", _feed.Status.Warning, StringComparison.Ordinal);
    }
}
