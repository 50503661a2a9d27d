using CsCheck;
using ExecutionDashboard.Feed.Convergence;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Convergence;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Tests.Feed.History;

public sealed class ConvergenceTests : IDisposable
{
    private static readonly DateTimeOffset Start = FeedRig.Start;
    private static readonly string[] Desired = ["running", "stopped"], Actual = ["pending", "running", "failed", "stopped"];

    private readonly string _folder = Directory.CreateTempSubdirectory("convergence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Step_AnyStoryInAnySlicesWithRestarts_EqualsCountingAllAtOnce() =>
        Gen.Select(Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[0, 3], Gen.Int[0, 11], Gen.Int[0, 700]).List[1, 100], Gen.Int[1, 30], Gen.Int[1, 4]).Sample((steps, slice, restart) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
            using var feed = new FeedRig(folder: folder);
            var all = new Naive();
            var (seen, done) = (Start, 0);
            var store = Store(feed, slice);
            try
            {
                foreach (var (n, desired, actual, what, passed) in steps)
                {
                    seen = seen.AddSeconds(passed);
                    Tell(feed, all, $"e{n}", $"job-{n % 2}", Desired[desired], Actual[actual], goes: what == 0, isReplaced: what == 1, seen);
                    if (++done % restart == 0) store.Step();
                    if (done % (10 * restart) != 0) continue;
                    store.Dispose();
                    store = Store(feed, slice);
                }
                while (store.Step()) { }
                feed.Time.Advance(seen.AddSeconds(60) - Start);
                foreach (var job in (string[])["", "job-0", "job-1"]) Assert.Equal(all.Lines(job, feed.Time.GetUtcNow()), Lines(store.Of(job)!));
            }
            finally
            {
                store.Dispose();
            }
        }, iter: TestStorage.Stories(25), threads: 1);

    [Fact]
    public async Task Of_JobWithAnObjectiveOfItsOwn_IsMeasuredAgainstIt()
    {
        using var feed = new FeedRig();
        var all = new Naive();
        await feed.Committer.CommitAsync([new(FleetChange.Of(new JobSpec { Hash = "s1", Name = "ingest", Json = "{}", Meta = new Dictionary<string, string> { [ConvergenceReport.ObjectiveKey] = "30s" } }), StateChanges.Of(new JobSpec { Hash = "s1", Name = "ingest", Json = "{}" }, Start))], default);
        await feed.Committer.CommitAsync([new(FleetChange.Of(new Job { Id = "job-1", SpecHash = "s1" }), StateChanges.Of(null, new Job { Id = "job-1", SpecHash = "s1" }, Start))], default);
        foreach (var (id, took) in ((string, int)[])[("e1", 10), ("e2", 20), ("e3", 100), ("e4", 3_000)])
        {
            Tell(feed, all, id, "job-1", "running", "pending", false, false, Start);
            if (took < 3_000) Tell(feed, all, id, "job-1", "running", "running", false, false, Start.AddSeconds(took));
        }
        feed.Time.Advance(TimeSpan.FromMinutes(10));
        using var store = Store(feed, 1_000);
        while (store.Step()) { }

        var (own, fleet) = (store.Of("job-1")!, store.Of("")!);

        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5)), (own.Objective, fleet.Objective));
        // One of three was late, and so is the one that has not come: it counts already.
        Assert.Equal((3, 2, 1, 0.5), (own.Windows[0].Converged, own.Windows[0].Within, own.Windows[0].Late, own.Windows[0].Share));
        Assert.Equal(10, own.Windows[0].BurnRate(own.Target)!.Value, 6);
        Assert.Equal((1, 1, Start), (own.Open, own.OpenLate, own.OldestOpen));
        Assert.Equal((3, 3, 1), (fleet.Windows[0].Converged, fleet.Windows[0].Within, fleet.Windows[0].Late));
        Assert.Equal(0, store.Of("nobody")!.Windows[2].Converged);
    }

    [Fact]
    public async Task Burning_JobBehindAnObjectiveThatWasSet_IsToldUntilItsLastHoursAreGood()
    {
        using var feed = new FeedRig();
        var all = new Naive();
        await feed.Committer.CommitAsync([new(FleetChange.Of(new Job { Id = "job-1" }), StateChanges.Of(null, new Job { Id = "job-1" }, Start))], default);
        for (var i = 0; i < 12; i++) Tell(feed, all, $"e{i}", "job-1", "running", "pending", false, false, Start);
        for (var i = 0; i < 11; i++) Tell(feed, all, $"e{i}", "job-1", "running", "running", false, false, Start.AddSeconds(i < 8 ? 10 : 600));
        feed.Time.Advance(TimeSpan.FromMinutes(15));
        using ConvergenceStore store = Store(feed, 1_000, ConvergenceOptions.Usual with { IsSet = true }), unset = Store(feed, 1_000);
        while (store.Step()) { }
        while (unset.Step()) { }

        var burning = Assert.Single(store.Burning());

        Assert.Equal(("job-1", 12, 8, 1, Start.AddMinutes(15)), (burning.JobId, burning.Judged, burning.Within, burning.Late, burning.Since));
        Assert.Empty(unset.Burning());
        feed.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Start.AddMinutes(15), Assert.Single(store.Burning()).Since);
        Tell(feed, all, "e11", "job-1", "running", "running", false, false, Start.AddMinutes(20));
        while (store.Step()) { }
        feed.Time.Advance(TimeSpan.FromHours(3));
        Assert.Empty(store.Burning());
    }

    [Theory]
    [InlineData(null, null, "00:05:00", 0.95, false)]
    [InlineData("00:01:30", "0.99", "00:01:30", 0.99, true)]
    public void Options_OfSettings_AreRead(string? objective, string? target, string expected, double share, bool isSet)
    {
        var options = Read(objective, target);

        Assert.Equal((TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), share, isSet), (options.Objective, options.Target, options.IsSet));
    }

    [Theory]
    [InlineData("soon", null, "Convergence:Objective is 'soon'")]
    [InlineData("00:00:00", null, "Convergence:Objective is '00:00:00'")]
    [InlineData(null, "95", "Convergence:Target is '95'")]
    public void Options_ThatMakeNoSense_AreNamed(string? objective, string? target, string words) =>
        Assert.Contains(words, Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => Read(objective, target)).Message, StringComparison.Ordinal);

    private static ConvergenceOptions Read(string? objective, string? target) =>
        ConvergenceOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Convergence:Objective"] = objective, ["Convergence:Target"] = target }).Build());

    [Fact]
    public void Of_OldHours_AreInTheLongerWindowsOnlyAndGoAtLast()
    {
        using var feed = new FeedRig();
        var all = new Naive();
        Tell(feed, all, "e1", "job-1", "running", "pending", false, false, Start);
        Tell(feed, all, "e1", "job-1", "running", "running", false, false, Start.AddSeconds(10));
        using var store = Store(feed, 1_000);
        while (store.Step()) { }
        long[] At(double days)
        {
            feed.Time.SetUtcNow(Start.AddDays(days));
            return [.. store.Of("job-1")!.Windows.Select(window => window.Converged)];
        }

        Assert.Equal([1, 1, 1], At(0.5));
        Assert.Equal([0, 1, 1], At(2));
        Assert.Equal([0, 0, 1], At(29));
        Assert.Equal([0, 0, 0], At(31));
        store.Prune();
        Assert.Equal([0, 0, 0], At(32));
    }

    [Fact]
    public void Histogram_AnyDurations_ReadsBackCloseAndAddsUp() =>
        Gen.Select(Gen.Double[0, 1e6].List[1, 60], Gen.Double[0, 1e6].List[0, 60], Gen.Double[0, 1]).Sample((first, second, share) =>
        {
            ConvergenceHistogram a = new(), b = new();
            foreach (var seconds in first) a.Add(TimeSpan.FromSeconds(seconds));
            foreach (var seconds in second) b.Add(TimeSpan.FromSeconds(seconds));
            var packed = ConvergenceHistogram.Unpack(a.Pack());
            packed.Add(b);

            double[] all = [.. first.Concat(second).Order()];
            var exact = Math.Max(0.125, all[Math.Max(1, (int)Math.Ceiling(share * all.Length)) - 1]);
            Assert.Equal(all.Length, packed.Count);
            Assert.InRange(packed.Quantile(share)!.Value.TotalSeconds, exact - 0.002, exact * 1.0906 + 0.002);
            Assert.InRange(packed.Within(TimeSpan.FromSeconds(exact)), 0, all.Count(seconds => seconds <= exact + 0.002));
        }, iter: 300);

    private static ConvergenceStore Store(FeedRig feed, int slice, ConvergenceOptions? options = null) => new(feed.Open, feed.Mirror, feed.Ring, options ?? ConvergenceOptions.Usual, feed.Metrics, feed.Time, slice);

    private static IEnumerable<string> Lines(ConvergenceReport report) =>
        [$"{report.Open} {report.OpenLate} {report.OldestOpen:O}", .. report.Windows.Select(w => $"{w.Converged} {w.Missed} {w.Within} {w.Median} {w.Slow} {w.Late}")];

    private static void Tell(FeedRig feed, Naive all, string id, string job, string desired, string actual, bool goes, bool isReplaced, DateTimeOffset seen)
    {
        var known = feed.Mirror.Executions.TryGet(id, out var found) ? found : null;
        if (known is null && goes) return;
        var now = goes ? null : FeedRig.Execution(id, actual, revision: (known?.Value.Revision ?? 0) + 1, job: job) with
        {
            Desired = new StateReport(ExecutionState.Parse(desired)), UpdatedAt = seen, NextId = isReplaced || known?.Value.NextId is { Length: > 0 } ? "next" : "",
        };
        feed.Committer.CommitAsync([new(now is null ? FleetChange.Gone(FleetKind.Execution, id) : FleetChange.Of(now), StateChanges.Of(known?.Value, now, seen), known?.Place ?? default, known?.Value)], default).GetAwaiter().GetResult();
        all.Add(id, job, now, seen);
    }

    // All changes of each execution, gone through from the beginning.
    private sealed class Naive
    {
        private readonly List<(string Id, string Job, Execution? Now, DateTimeOffset At)> _told = [];

        public void Add(string id, string job, Execution? now, DateTimeOffset at) => _told.Add((id, job, now, at));

        public IEnumerable<string> Lines(string job, DateTimeOffset now)
        {
            var all = new ConvergenceHistogram();
            var open = new List<DateTimeOffset>();
            foreach (var execution in _told.Where(t => job.Length == 0 || t.Job == job).GroupBy(t => t.Id))
            {
                var (before, since) = (default(Execution), default(DateTimeOffset?));
                foreach (var (_, _, after, at) in execution)
                {
                    if (after is null || after.NextId.Length > 0)
                    {
                        if (since is not null) all.Miss();
                        since = null;
                    }
                    else if (before is null || before.Desired.State != after.Desired.State)
                    {
                        since = after.Drifts ? at : null;
                        if (!after.Drifts && before is not null) all.Add(TimeSpan.Zero);
                    }
                    else if (since is { } from && !after.Drifts)
                    {
                        all.Add(at - from);
                        since = null;
                    }
                    before = after;
                }
                if (since is { } running) open.Add(running);
            }
            var late = open.Count(at => now - at > ConvergenceOptions.Usual.Objective);
            var window = $"{all.Count} {all.Missed} {all.Within(ConvergenceOptions.Usual.Objective)} {all.Quantile(0.5)} {all.Quantile(0.95)} {late}";
            return [$"{open.Count} {late} {(open.Count > 0 ? open.Min() : default(DateTimeOffset?)):O}", window, window, window];
        }
    }
}
