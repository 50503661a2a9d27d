using CsCheck;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Tests.Feed.History;

public sealed class NodeTimelinesTests : IDisposable
{
    private static readonly DateTimeOffset Start = FeedRig.Start;

    private readonly string _folder = Directory.CreateTempSubdirectory("lanes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_AnyStoryOverAnyRange_EqualsTheLogIntervalByIntervalAlsoAfterARestart() =>
        Gen.Select(StoryGen.Any.List[0, 120], Gen.Int[-100, 3_000], Gen.Int[1, 4_000]).Sample((happenings, from, length) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
            var story = new LaneStory();
            var (start, end) = (Start.AddSeconds(from), Start.AddSeconds(from + length));
            using (var feed = new FeedRig(folder: folder))
            {
                StoryGen.Tell(feed, story, happenings);
                story.AssertEquals(Lanes(feed, start, end));
            }
            using var again = new FeedRig(folder: folder);
            story.AssertEquals(Lanes(again, start, end));
        }, iter: TestStorage.Stories(60), threads: 1);

    [Fact]
    public async Task Of_ExecutionSeenLate_BeginsWhereItsTimesSay()
    {
        using var feed = new FeedRig();
        feed.Server.Put(FeedRig.Execution("e2", "degraded", at: 30) with { StableAt = Start.AddMinutes(-30), PreviousId = "e1" });
        await feed.CycleAsync();

        var bar = Assert.Single(Assert.Single(Lanes(feed, Start.AddHours(-2), Start.AddHours(1), "node-1").Lanes).Bars);

        Assert.Equal(
            [
                new StateSpan("pending", Start.AddHours(-1), Start.AddMinutes(-30), ChangeSource.Derived),
                new StateSpan("running", Start.AddMinutes(-30), Start.AddSeconds(-30), ChangeSource.Derived),
                new StateSpan("degraded", Start.AddSeconds(-30), null),
            ],
            bar.Spans);
        Assert.Equal(("e2", "job-1", 1, "e1"), (bar.ExecutionId, bar.JobId, bar.JobVersion, bar.PreviousExecutionId));
    }

    [Fact]
    public async Task Of_ExecutionGone_KeepsItsBarAndWhatItFollowed()
    {
        using var feed = new FeedRig();
        feed.Server.Put(FeedRig.Execution("e2") with { PreviousId = "e1" });
        await feed.CycleAsync();
        feed.Server.Executions.Clear();
        await feed.SweepAsync();

        var bar = Assert.Single(Lanes(feed, Start.AddHours(-2), Start.AddHours(1), "node-1").Lanes[0].Bars);

        Assert.Equal("e1", bar.PreviousExecutionId);
        Assert.Equal([("pending", ChangeSource.Derived), ("running", ChangeSource.Watched)], bar.Spans.Select(s => (s.State, s.Source)));
        Assert.True(bar.Spans[^1].To > Start);
    }

    [Fact]
    public async Task Of_NodeThatWentAway_TellsSinceWhenByTheServersTimes()
    {
        using var feed = new FeedRig();
        var node = new Node { Id = "node-1", Connection = "connected", ConnectedSince = Start.AddHours(-3) };
        feed.Server.Nodes["node-1"] = node;
        await feed.CycleAsync();
        feed.Server.Nodes["node-1"] = node with { Connection = "disconnected", DisconnectedSince = Start.AddMilliseconds(300) };
        await feed.CycleAsync();
        feed.Server.Nodes["node-1"] = node with { Connection = "lost", DisconnectedSince = Start.AddMilliseconds(300), UpdatedAt = Start.AddSeconds(2) };
        await feed.CycleAsync();

        var lane = Assert.Single(Lanes(feed, Start.AddHours(-1), Start.AddHours(1), "node-1").Lanes);

        Assert.Equal(
            [
                new StateSpan("connected", Start.AddHours(-3), Start.AddMilliseconds(300), ChangeSource.Derived),
                new StateSpan("disconnected", Start.AddMilliseconds(300), Start.AddSeconds(2)),
                new StateSpan("lost", Start.AddSeconds(2), null),
            ],
            lane.Connection);
    }

    [Fact]
    public async Task Of_ExecutionOverLongAgo_IsLeftOutUnlessItsFailureStands()
    {
        using var feed = new FeedRig();
        foreach (var (id, state, next) in new[] { ("e1", "stopped", ""), ("e2", "failed", "e3"), ("e3", "failed", ""), ("e4", "running", "") })
            feed.Server.Put(FeedRig.Execution(id, state) with { NextId = next });
        await feed.CycleAsync();

        var lanes = Lanes(feed, Start.AddHours(1), Start.AddHours(2), "node-1", "nobody").Lanes;

        Assert.Equal(["e3", "e4"], lanes[0].Bars.Select(b => b.ExecutionId));
        Assert.Empty(lanes[1].Bars);
        Assert.Empty(lanes[1].Connection);
    }

    [Fact]
    public async Task Of_NodeWithTooManyChanges_KeepsTheNewestAndCountsTheRest()
    {
        using var feed = new FeedRig();
        var story = new LaneStory();
        await story.ExecutionAsync(feed, "steady", "n0", "running", Start, Start);
        string[] flapping = ["running", "degraded"];
        const int changes = 30_000;
        foreach (var part in Enumerable.Range(0, changes).Chunk(1_000))
        {
            feed.Mirror.Executions.TryGet("flapper", out var known);
            var differences = part.Select(i =>
            {
                var at = Start.AddMilliseconds(i);
                var (before, now) = (FeedRig.Execution("flapper", flapping[(i + 1) % 2], node: "n0"), FeedRig.Execution("flapper", flapping[i % 2], i, node: "n0") with { UpdatedAt = at });
                return new ExecutionDashboard.Storage.Log.Difference(
                    FleetChange.Of(now), ExecutionDashboard.Feed.Watching.StateChanges.Of(i == 0 ? null : before, now, at), known?.Place ?? default, known?.Value);
            });
            await feed.Committer.CommitAsync([.. differences], default);
        }

        var lane = Assert.Single(Lanes(feed, Start, Start.AddHours(1), "n0").Lanes);

        Assert.Equal(["flapper", "steady"], lane.Bars.Select(b => b.ExecutionId).Order());
        Assert.Equal(20_000, lane.Bars.Sum(b => b.Spans.Count));
        Assert.Equal(changes - 20_000 + 1, lane.LeftOut);
        Assert.Equal(Start.AddMilliseconds(changes - 1), lane.Bars.Single(b => b.ExecutionId == "flapper").Spans[^1].From);
    }

    private static FleetTimeline Lanes(FeedRig feed, DateTimeOffset from, DateTimeOffset to, params string[] nodes) =>
        new NodeTimelines(feed.Open, feed.Mirror, feed.Ring).OfAsync(nodes.Length > 0 ? nodes : ["n0", "n1", "n2", "n3"], from, to, default).GetAwaiter().GetResult()!;
}
