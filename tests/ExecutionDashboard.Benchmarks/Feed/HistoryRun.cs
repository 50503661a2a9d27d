using System.Diagnostics;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Feed.Past;
using ExecutionDashboard.Fleet.Snapshots;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Benchmarks.Feed;

/// <summary>Duration of history queries, on the log that the feed's run has written.</summary>
internal static class HistoryRun
{
    private static readonly string[] States = ["running", "degraded"];

    public static async Task RunAsync(FeedRun.Adding add, Func<Database> open, int executions)
    {
        using var feed = new FeedRun.Parts(open());
        using var log = new FeedLog(feed.Log, feed.Reader);
        var (moments, timelines) = (new FleetMoments(log, feed.Ring), new NodeTimelines(log, feed.Mirror, feed.Ring));
        var (random, end) = (new Random(2), feed.Now);
        var start = feed.Reader.KnownSince()!.Value;
        DateTimeOffset Any() => start + (end - start) * random.NextDouble();

        Time(add, "state of the fleet at any moment", 60, () => moments.At(Any(), null, default));
        Time(add, "the same with each of its nodes", 60, () => moments.At(Any(), [], default));
        Time(add, "40 lanes, the last minute", 60, () => Lanes(Nodes(40), end.AddMinutes(-1), end.AddSeconds(1)));
        Time(add, "40 lanes, a minute somewhere", 60, () => Any() is var at ? Lanes(Nodes(40), at, at.AddMinutes(1)) : null);
        Time(add, "200 lanes, all there is", 5, () => Lanes(Nodes(200), start, end.AddSeconds(1)));

        Past(add, feed, random);

        if (executions < 1_000_000) return;
        for (var part = 0; part < 1_000; part++)
            await feed.Committer.CommitAsync([.. Enumerable.Range(0, 1_000).Select(i => feed.Difference(7_000 * (i % 3), States[part % 2], (part + 10L) * 1_000 + i)).DistinctBy(d => d.Change.Id)
                .SelectMany(d => Enumerable.Repeat(d, 333)).Select(Alternate)], default);
        end = feed.Now;
        Time(add, "a lane with a million changes in its last minutes", 10, () => Lanes(["node-edge-0"], end.AddHours(-1), end.AddSeconds(1)));
        Time(add, "the same, the minute before them", 10, () => Lanes(["node-edge-0"], end.AddMinutes(-20), end.AddMinutes(-18)));

        FleetTimeline? Lanes(string[] nodes, DateTimeOffset from, DateTimeOffset to) => timelines.OfAsync(nodes, from, to, default).GetAwaiter().GetResult();
        string[] Nodes(int count) => [.. Enumerable.Range(0, count).Select(_ => $"node-edge-{random.Next(1_000)}")];
    }

    // As the feed sends it and a dashboard reads it, one after the other; over HTTP they overlap.
    private static void Past(FeedRun.Adding add, FeedRun.Parts feed, Random random)
    {
        var (last, near) = (feed.Log.LastSequence, 10_000L);
        Time(add, "fleet of a moment 10,000 changes ago, shown first", 3, () => Load(feed, last - near));
        Time(add, "fleet of any moment, shown first", 3, () => Load(feed, 1 + (long)(last * random.NextDouble())));
        var (store, at) = (Load(feed, last - near), last - near);
        foreach (var step in new[] { 1, -1, 1_000, -1_000 })
            Time(add, FormattableString.Invariant($"fleet of the moment {step} changes on"), 30, () =>
            {
                var to = Math.Clamp(at + step, 1, last);
                store.Apply(PastSnapshot.Between(feed.Mirror, feed.Reader, at, to, default).Changes);
                at = to;
                return store = store.Again();
            });
    }

    private static FleetStore Load(FeedRun.Parts feed, long sequence)
    {
        var stream = new MemoryStream();
        foreach (var part in PastSnapshot.Parts(feed.Mirror, feed.Reader, new("log", sequence, feed.Mirror.Executions.Count), default)) stream.Write(part.Span);
        stream.Position = 0;
        return new SnapshotLoader(isPast: true).ReadAsync(stream, null, default).GetAwaiter().GetResult().Store;
    }

    // The same change again and again, there and back.
    private static Difference Alternate(Difference difference, int i) => difference with { Step = difference.Step with { From = States[(i + 1) % 2], To = States[i % 2], At = difference.Step.At.AddMilliseconds(i), SeenAt = difference.Step.At.AddMilliseconds(i) } };

    private static void Time(FeedRun.Adding add, string what, int times, Func<object?> ask)
    {
        ask();
        var millis = Enumerable.Range(0, times).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            ask();
            return clock.Elapsed.TotalMilliseconds;
        }).Order().ToList();
        add($"{what}, p95", millis[(int)(millis.Count * 0.95)], "ms", what.StartsWith("state of the fleet", StringComparison.Ordinal) ? 100 : null);
    }
}
