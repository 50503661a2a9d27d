using CsCheck;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Tests.Feed.History;

public sealed class FleetMomentsTests : IDisposable
{
    private static readonly DateTimeOffset Start = FeedRig.Start;

    private readonly string _folder = Directory.CreateTempSubdirectory("moments-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void At_AnyStoryAndMomentWithAnyKeyframes_EqualsGoingThroughTheLogAlsoAfterARestart() =>
        Gen.Select(StoryGen.Any.List[1, 120], Gen.Int[0, 4_000].Array[4], Gen.Int[1, 40]).Sample((happenings, moments, every) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
            var story = new LaneStory();
            using (var feed = new FeedRig(folder: folder, keyframeEvery: every))
            {
                StoryGen.Tell(feed, story, happenings);
                AssertMoments(feed, story, moments);
            }
            using var again = new FeedRig(folder: folder, keyframeEvery: every);
            AssertMoments(again, story, moments);
        }, iter: TestStorage.Stories(30), threads: 1);

    [Fact]
    public void Prune_AnyStoryAndHorizon_KeepsEverythingSinceAndTheStateAtIt() =>
        Gen.Select(StoryGen.Any.List[1, 160], Gen.Int[0, 4_000], Gen.Int[1, 20], Gen.Int[0, 3]).Sample((happenings, horizon, every, stopAfter) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
            var story = new LaneStory();
            long last;
            using (var feed = new FeedRig(folder: folder, keyframeEvery: every))
            {
                StoryGen.Tell(feed, story, happenings);
                feed.Log.AimPruning(Start.AddSeconds(horizon));
                // It may be stopped on its way.
                for (var slices = stopAfter; slices > 0 && feed.Log.IsPruningDue; slices--) feed.Log.Prune();
                last = feed.Log.LastSequence;
                AssertWholeSince(feed, story, Start.AddSeconds(horizon));
            }
            using var again = new FeedRig(folder: folder, keyframeEvery: every);
            while (again.Log.IsPruningDue) again.Log.Prune();
            AssertWholeSince(again, story, Start.AddSeconds(horizon));
            Assert.Equal(last, again.Log.LastSequence);
            AssertNothingNeedless(again, story);
        }, iter: TestStorage.Stories(30), threads: 1);

    [Fact]
    public async Task At_ReplacedAndMovedOn_NodesTellOnlyWhatStands()
    {
        using var feed = new FeedRig();
        feed.Server.Nodes["node-1"] = new Node { Id = "node-1", Connection = "connected" };
        feed.Server.Nodes["node-2"] = new Node { Id = "node-2", Connection = "lost" };
        feed.Server.Put(FeedRig.Execution("e1", "failed") with { NextId = "e2" });
        feed.Server.Put(FeedRig.Execution("e2", "running"));
        feed.Server.Put(FeedRig.Execution("e3", "a state of its own", node: "node-3"));
        await feed.CycleAsync(2);
        feed.Server.Put(FeedRig.Execution("e2", "degraded", revision: 2, at: 62));
        await feed.CycleAsync(2);

        var (before, after) = (Moments(feed).At(Start.AddSeconds(1), [], default)!, Moments(feed).At(Start.AddSeconds(3), [], default)!);

        Assert.Equal(new Dictionary<string, int> { ["failed"] = 1, ["running"] = 1, ["a state of its own"] = 1 }, before.Executions);
        Assert.Equal(new Dictionary<string, int> { ["connected"] = 1, ["lost"] = 1 }, before.Connections);
        Assert.Equal(["node-1 connected: running", "node-2 lost: ", "node-3 : a state of its own"], Lines(before));
        Assert.Equal(["node-1 connected: degraded", "node-2 lost: ", "node-3 : a state of its own"], Lines(after));
        Assert.Equal(["node-3 : a state of its own", "nobody : "], Lines(Moments(feed).At(Start.AddSeconds(3), ["node-3", "nobody"], default)!));
        var early = Moments(feed).At(Start.AddSeconds(-1), [], default)!;
        Assert.Equal(0, early.Sequence);
        Assert.Empty(early.Executions);
    }

    private static IEnumerable<string> Lines(FleetMoment moment) =>
        moment.Nodes!.Ids.Select((id, i) => $"{id} {moment.Nodes.ConnectionOf(i)}: {string.Join(", ", moment.Nodes.StatesOf(i).Select(s => s.Name))}");

    private static void AssertMoments(FeedRig feed, LaneStory story, int[] moments)
    {
        foreach (var second in moments) AssertMoment(feed, story, Start.AddSeconds(second));
        foreach (var change in story.Changes.Take(5)) AssertMoment(feed, story, change.Seen);
    }

    private static void AssertMoment(FeedRig feed, LaneStory story, DateTimeOffset at)
    {
        var moment = Moments(feed).At(at, null, default)!;
        Assert.Equal(Counts(story, FleetKind.Execution, at), moment.Executions.OrderBy(c => c.Key, StringComparer.Ordinal));
        Assert.Equal(Counts(story, FleetKind.Node, at), moment.Connections.OrderBy(c => c.Key, StringComparer.Ordinal));
    }

    private static IEnumerable<KeyValuePair<string, int>> Counts(LaneStory story, FleetKind kind, DateTimeOffset at) =>
        story.Changes.Where(c => c.Kind == kind).Select(c => c.Id).Distinct().Select(id => story.KnownAt(kind, id, at)).Where(s => s.Length > 0)
            .GroupBy(s => s).Select(g => KeyValuePair.Create(g.Key, g.Count())).OrderBy(c => c.Key, StringComparer.Ordinal);

    private static void AssertWholeSince(FeedRig feed, LaneStory story, DateTimeOffset horizon)
    {
        if (feed.Reader.KnownSince() is not { } since) return;
        var isPruned = feed.Reader.PrunedTo() > 0;
        if (isPruned) Assert.InRange(since, story.Changes[0].Seen, horizon);
        else Assert.Equal(story.Changes[0].Seen, since);
        foreach (var at in story.Changes.Select(c => c.Seen).Where(s => s >= since).Distinct().Take(20)) AssertMoment(feed, story, at);
        // Clocks are believed five minutes ahead: so long what was taken away may have held back what stayed.
        var from = isPruned ? since.AddMinutes(5) : since.AddHours(-1);
        var lanes = new NodeTimelines(feed.Open, feed.Mirror, feed.Ring).OfAsync(["n0", "n1", "n2", "n3"], from, from.AddHours(4), default);
        story.AssertEquals(lanes.GetAwaiter().GetResult()!);
    }

    // Before the horizon a thing has one change at most, and what was gone by then has none.
    private static void AssertNothingNeedless(FeedRig feed, LaneStory story)
    {
        var pruned = feed.Reader.PrunedTo();
        foreach (var thing in story.Changes.GroupBy(c => (c.Kind, c.Id)))
        {
            var before = thing.Where(c => c.Sequence <= pruned).ToList();
            var kept = feed.Reader.StepsOf(thing.Key.Kind, thing.Key.Id).Where(s => s.Sequence <= pruned).Select(s => s.Sequence).ToList();
            var isOver = before.Count == 0 || (before.Count == thing.Count() && before[^1].State.Length == 0);
            List<long> expected = isOver ? [] : [before[^1].Sequence];
            Assert.Equal(expected, kept);
        }
    }

    private static FleetMoments Moments(FeedRig feed) => new(feed.Open, feed.Ring);
}
