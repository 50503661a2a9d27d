using ExecutionDashboard.Feed.Past;
using ExecutionDashboard.Fleet.Snapshots;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Tests.Feed.Snapshots;

namespace ExecutionDashboard.Tests.Feed.Past;

/// <summary>Moments of logs that are not as one would like: quiet for a year, pruned, of a clock that was set back, begun an hour ago.</summary>
public sealed class PastLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("past-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task At_InAYearOfQuiet_CostsWhatChangedAfterIt()
    {
        using var feed = Watched();
        feed.Server.Put(FeedRig.Execution("e1"));
        feed.Server.Put(FeedRig.Execution("e2"));
        await feed.CycleAsync(2);
        for (var day = 0; day < 365; day++)
        {
            feed.Time.Advance(TimeSpan.FromDays(1));
            feed.Committer.Watched(TimeSpan.FromDays(2));
        }
        feed.Server.Put(FeedRig.Execution("e1", "failed", revision: 2, at: 366 * 86_400));
        await feed.CycleAsync();
        var past = new PastSnapshot(feed.Open, feed.Mirror, feed.Ring, feed.Time);

        foreach (var day in new[] { 1, 100, 364 })
        {
            var moment = past.At(FeedRig.Start.AddDays(day))!;

            Assert.Equal((true, null, FeedRig.Start), (moment.IsKnown, moment.Gap, moment.KnownSince));
            Assert.Single(PastReader.ChangedAfter(feed.Reader, moment.Sequence, long.MaxValue, default));
            Assert.Equal("e1 running, e2 running", States(await LoadAsync(feed, moment.Sequence)));
            // The steps out of the quiet lead over all of it.
            Assert.True(past.Step(moment.At, isForward: true, null, "").At > FeedRig.Start.AddDays(364));
            Assert.True(past.Step(moment.At, isForward: false, null, "").At < FeedRig.Start.AddDays(1));
        }
    }

    [Fact]
    public async Task At_PrunedLog_IsKnownFromTheHorizonOnAndAsItWas()
    {
        using var fleet = new LoggedFleet(_folder, keyframeEvery: 50);
        var story = new PastStory(fleet);
        for (var job = 0; job < 3; job++) story.Tell((17, job, 1));
        for (var i = 0; i < 300; i++) story.Tell((i * 7 % 20, i * 13 % 1_000, i * 17 % 1_000));
        var horizon = fleet.Start.AddSeconds(160);
        fleet.Log.AimPruning(horizon);
        while (fleet.Log.IsPruningDue) fleet.Log.Prune();
        var ring = new ExecutionDashboard.Feed.Live.ChangeRing(fleet.Mirror);
        ring.StartAt(fleet.Log.LastSequence);
        var past = new PastSnapshot(new(fleet.Log, fleet.Reader), fleet.Mirror, ring, TimeProvider.System);
        var pruned = fleet.Reader.PrunedTo();

        var (before, after) = (past.At(fleet.Start.AddSeconds(pruned - 1))!, past.At(fleet.Start.AddSeconds(pruned + 20))!);
        Assert.InRange(pruned, 100, 160);
        Assert.Equal((false, fleet.Start.AddSeconds(pruned)), (before.IsKnown, before.KnownSince));
        // Two may be seen at once.
        Assert.InRange(after.Sequence, pruned + 20, pruned + 21);
        Assert.Equal((true, true), (after.IsKnown, after.HasFacts));
        Assert.Equal((false, true), (past.Has(pruned - 1), past.Has(pruned)));
        using (var session = fleet.Reader.Open()) Assert.True(session.Number("SELECT min(seq) FROM former") > pruned);
        foreach (var sequence in new[] { pruned, pruned + 1, pruned + 20, fleet.Log.LastSequence - 1 })
            PastSnapshotTests.Same(story.StoppedAt(sequence, fleet.Now), await PastSnapshotTests.LoadAsync(fleet, sequence), [new() { Labels = ["region=eu"] }]);
    }

    [Fact]
    public async Task At_ClockThatWasSetBack_HasOneFleetForEachMoment()
    {
        var server = new TestControlPlane();
        DateTimeOffset peak;
        using (var feed = new FeedRig(server, _folder))
        {
            server.Put(FeedRig.Execution("e1"));
            await feed.CycleAsync(2);
            feed.Time.Advance(TimeSpan.FromHours(2));
            server.Put(FeedRig.Execution("e1", "degraded", revision: 2, at: 7_200));
            await feed.CycleAsync();
            peak = feed.Time.GetUtcNow();
        }
        // The clock was an hour ahead. It is set right, and the next change comes before the last one by it.
        using var right = new FeedRig(server, _folder);
        right.Time.Advance(TimeSpan.FromHours(1));
        server.Put(FeedRig.Execution("e1", "failed", revision: 3, at: 7_300));
        await right.CycleAsync(2);
        right.Time.SetUtcNow(peak.AddMinutes(5));
        server.Put(FeedRig.Execution("e1", "running", revision: 4, at: 7_500));
        await right.CycleAsync();
        var past = new PastSnapshot(right.Open, right.Mirror, right.Ring, right.Time);

        using (var session = right.Reader.Open())
        {
            using var seen = session.Prepare("SELECT seen FROM events ORDER BY seq");
            var times = new List<long>();
            while (seen.Read()) times.Add(seen.Long(0));
            Assert.Equal(times.Order(), times);
        }
        foreach (var (at, state) in new[] { (FeedRig.Start.AddMinutes(90), "running"), (peak.AddMinutes(1), "failed"), (peak.AddMinutes(6), "running") })
            Assert.Equal($"e1 {state}", States(await LoadAsync(right, past.At(at)!.Sequence)));
    }

    [Fact]
    public async Task At_LogBegunAnHourAgo_IsUnknownBefore()
    {
        using var feed = Watched();
        feed.Server.Put(FeedRig.Execution("e1"));
        await feed.CycleAsync(2);
        feed.Time.Advance(TimeSpan.FromHours(1));
        var past = new PastSnapshot(feed.Open, feed.Mirror, feed.Ring, feed.Time);

        var (before, after) = (past.At(feed.Time.GetUtcNow().AddHours(-2))!, past.At(feed.Time.GetUtcNow().AddMinutes(-59))!);

        Assert.Equal((false, 0L, FeedRig.Start), (before.IsKnown, before.Sequence, before.KnownSince));
        Assert.True(after.IsKnown);
        Assert.Null(past.Step(FeedRig.Start, isForward: false, null, "").At);
    }

    private FeedRig Watched() => new(folder: _folder) { Options = { Retention = TimeSpan.FromDays(1_000) } };

    private static async Task<FleetStore> LoadAsync(FeedRig feed, long sequence)
    {
        byte[] bytes = [.. PastSnapshot.Parts(feed.Mirror, feed.Reader, new("log", sequence, 0), default).SelectMany(part => part.ToArray())];
        return (await new SnapshotLoader(isPast: true).ReadAsync(new MemoryStream(bytes), null, default)).Store;
    }

    private static string States(FleetStore store) => string.Join(", ", store.Enumerate(ExecutionQuery.All).OrderBy(e => e.Id, StringComparer.Ordinal).Select(e => $"{e.Id} {e.Actual.State.Name}"));
}
