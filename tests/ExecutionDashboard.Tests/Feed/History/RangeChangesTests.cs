using CsCheck;
using ExecutionDashboard.Feed.Changes;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Storage.Audit;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Problems;

namespace ExecutionDashboard.Tests.Feed.History;

public sealed class RangeChangesTests
{
    private static readonly DateTimeOffset Start = FeedRig.Start;

    [Fact]
    public void Of_AnyStoryAndRange_EqualsGoingThroughAllThatWasTold() =>
        Gen.Select(ChangeStory.Any.List[1, 120], Gen.Int[0, 4_000], Gen.Int[1, 4_000]).Sample((happenings, from, span) =>
        {
            using var feed = new FeedRig();
            var story = new ChangeStory();
            story.TellAsync(feed, happenings).GetAwaiter().GetResult();
            feed.Time.Advance(TimeSpan.FromHours(4));
            // Of what is before the log there is no story.
            var begin = Start.AddSeconds(from) is var at && at > feed.Reader.KnownSince() ? at : feed.Reader.KnownSince()!.Value;

            var changes = Of(feed, begin, begin.AddSeconds(span));

            Assert.Equal(story.Between(begin, begin.AddSeconds(span)).Order(StringComparer.Ordinal), Lines(changes).Order(StringComparer.Ordinal));
            Assert.All(changes.Sections, section => Assert.Equal(section.Count, section.Groups.Sum(group => group.Count)));
        }, iter: TestStorage.Stories(40), threads: 1);

    [Fact]
    public async Task Of_DeploymentsAndJobs_TellsWhatBecameOfThem()
    {
        using var feed = new FeedRig();
        feed.Log.IsLoaded = true;
        await TellAsync(feed, 10, new Job { Id = "job-1", Version = 3, State = "running", UpdatedAt = Start.AddSeconds(10) }, new Job { Id = "job-2", Version = 1, State = "running", UpdatedAt = Start.AddSeconds(10) });
        await TellAsync(feed, 100, new Job { Id = "job-1", Version = 4, State = "deploying", UpdatedAt = Start.AddSeconds(100) });
        await TellAsync(feed, 100, new Deployment { Id = "dep-1", JobId = "job-1", ToVersion = 4, State = "in_progress", UpdatedAt = Start.AddSeconds(100) });
        await TellAsync(feed, 160, new Job { Id = "job-1", Version = 4, State = "running", UpdatedAt = Start.AddSeconds(160) }, new Job { Id = "job-2", Version = 1, State = "stopped", UpdatedAt = Start.AddSeconds(160) });
        await TellAsync(feed, 160, new Deployment { Id = "dep-1", JobId = "job-1", ToVersion = 4, State = "rolled_back", UpdatedAt = Start.AddSeconds(160) });
        feed.Time.Advance(TimeSpan.FromHours(1));

        var (all, end) = (Of(feed, Start.AddSeconds(50), Start.AddSeconds(200)), Of(feed, Start.AddSeconds(120), Start.AddSeconds(200)));

        Assert.Equal(["dep-1 job-1 v4 →rolled_back"], all.Rollouts.Select(r => $"{r.Id} {r.JobId} v{r.Version} {r.From}→{r.To}"));
        Assert.Equal(["job-2 v1→v1 running→stopped", "job-1 v3→v4 running→running"], all.Jobs.Select(j => $"{j.Id} v{j.FromVersion}→v{j.ToVersion} {j.From}→{j.To}"));
        Assert.Equal([false, true], all.Jobs.Select(j => j.HasOtherSpec));
        Assert.Equal(["dep-1 in_progress→rolled_back"], end.Rollouts.Select(r => $"{r.Id} {r.From}→{r.To}"));
        Assert.Equal(["job-2 v1→v1 running→stopped", "job-1 v4→v4 deploying→running"], end.Jobs.Select(j => $"{j.Id} v{j.FromVersion}→v{j.ToVersion} {j.From}→{j.To}"));
    }

    [Fact]
    public async Task Of_ByCauseAndLabel_GroupsWithSecretsMasked()
    {
        using var feed = new FeedRig();
        await TellAsync(feed, 0, Labelled("n0", "eu"), Labelled("n1", "eu"), Labelled("n2", "us"), new Node { Id = "n3", Connection = "connected", UpdatedAt = Start });
        await TellAsync(feed, 0, [.. Enumerable.Range(0, 4).Select(i => On(i, "running", 0))]);
        await TellAsync(feed, 60, On(0, "failed", 60, "no route to 10.0.0.1:443"), On(1, "failed", 60, "no route to 10.0.0.2:443"), On(2, "failed", 60, "password=hunter2 was refused"), On(3, "lost", 60));
        feed.Time.Advance(TimeSpan.FromHours(1));

        var (byCause, byLabel) = (Of(feed, Start.AddSeconds(30), Start.AddSeconds(90), ChangeGrouping.Cause), Of(feed, Start.AddSeconds(30), Start.AddSeconds(90), ChangeGrouping.Label("region")));

        var causes = Assert.Single(byCause.Sections).Groups;
        Assert.Equal(("no route to <address>", 2), (causes[0].Name, causes[0].Count));
        Assert.Contains(causes, group => (group.Name, group.Count) == ("", 1));
        Assert.DoesNotContain("hunter2", System.Text.Json.JsonSerializer.Serialize(byCause, FeedContract.Json), StringComparison.Ordinal);
        Assert.Equal(["eu 2", " 1", "us 1"], Assert.Single(byLabel.Sections).Groups.Select(group => $"{group.Name} {group.Count}"));
        Assert.Equal("e0", byLabel.Sections[0].Groups[0].Named[0].ExecutionId);
    }

    [Fact]
    public async Task Of_FirstLoadWithinTheRange_IsNoChange()
    {
        using var feed = new FeedRig();
        await TellAsync(feed, 5, On(0, "failed", 5), On(1, "running", 5));
        feed.Log.IsLoaded = true;
        await TellAsync(feed, 60, On(1, "failed", 60));
        feed.Time.Advance(TimeSpan.FromHours(1));

        var changes = Of(feed, Start.AddHours(-1), Start.AddMinutes(10));

        Assert.Equal(["Failed job-1 n1"], Lines(changes));
        Assert.Equal(Start.AddSeconds(5), changes.KnownSince);
        Assert.Equal(Start.AddSeconds(5), changes.ComparedFrom);
        Assert.False(changes.IsCut);
    }

    [Fact]
    public async Task Of_MoreChangesThanAreRead_ReadsTheNewestAndSaysSo()
    {
        using var feed = new FeedRig();
        await TellAsync(feed, 0, On(0, "running", 0), On(1, "running", 0));
        await TellAsync(feed, 60, On(0, "failed", 60));
        await TellAsync(feed, 120, On(1, "failed", 120));
        feed.Time.Advance(TimeSpan.FromHours(1));

        var changes = Of(feed, Start.AddSeconds(30), Start.AddSeconds(200), most: 1);

        Assert.True(changes.IsCut);
        Assert.Equal(Start.AddSeconds(60), changes.ComparedFrom);
        Assert.Equal(["Failed job-1 n1"], Lines(changes));
    }

    [Fact]
    public async Task Of_TimesThatNobodyWatched_AreTold()
    {
        using var feed = new FeedRig();
        await TellAsync(feed, 0, On(0, "running", 0));
        feed.Log.Gaps.Watched(Start, TimeSpan.FromSeconds(5));
        feed.Log.Gaps.Watched(Start.AddSeconds(300), TimeSpan.FromSeconds(5));
        feed.Time.Advance(TimeSpan.FromHours(1));

        var (changes, before) = (Of(feed, Start.AddSeconds(100), Start.AddSeconds(400)), Of(feed, Start.AddHours(-2), Start.AddHours(-1)));

        Assert.Equal([new(Start, Start.AddSeconds(300))], changes.Gaps);
        Assert.True(changes.IsEmpty);
        Assert.Equal(Start, before.KnownSince);
        Assert.True(before.IsEmpty);
    }

    private static Node Labelled(string id, string region) => new() { Id = id, Connection = "connected", Labels = new Dictionary<string, string> { ["region"] = region }, UpdatedAt = Start };

    private static Execution On(int node, string state, int at, string message = "") =>
        FeedRig.Execution($"e{node}", node: $"n{node}", revision: at + 1) with { Actual = new StateReport(ExecutionState.Parse(state), message), UpdatedAt = Start.AddSeconds(at) };

    private static Task TellAsync(FeedRig feed, int at, params Execution[] all) => feed.Committer.CommitAsync([.. all.Select(now =>
    {
        var known = feed.Mirror.Executions.TryGet(now.Id, out var found) ? found : null;
        return new Difference(FleetChange.Of(now), StateChanges.Of(known?.Value, now, Start.AddSeconds(at)), known?.Place ?? default, known?.Value);
    })], default);

    private static Task TellAsync(FeedRig feed, int at, params Node[] all) =>
        feed.Committer.CommitAsync([.. all.Select(now => new Difference(FleetChange.Of(now), StateChanges.Of(null, now, Start.AddSeconds(at))))], default);

    private static Task TellAsync(FeedRig feed, int at, params Job[] all) => feed.Committer.CommitAsync([.. all.Select(now =>
    {
        var known = feed.Mirror.Jobs.TryGet(now.Id, out var found) ? found : null;
        return new Difference(FleetChange.Of(now), StateChanges.Of(known?.Value, now, Start.AddSeconds(at)), known?.Place ?? default);
    })], default);

    private static Task TellAsync(FeedRig feed, int at, Deployment now)
    {
        var known = feed.Mirror.Deployments.TryGet(now.Id, out var found) ? found : null;
        return feed.Committer.CommitAsync([new Difference(FleetChange.Of(now), StateChanges.Of(known?.Value, now, Start.AddSeconds(at)), known?.Place ?? default)], default);
    }

    private static FleetChanges Of(FeedRig feed, DateTimeOffset from, DateTimeOffset to, ChangeGrouping? by = null, int most = FleetChanges.MostChanges) =>
        new RangeChanges(feed.Open, feed.Mirror, feed.Ring, new ProblemReader(feed.Open, () => Start), new AuditReader(feed.Open, feed.Time), feed.Time, most)
            .OfAsync(from, to, by ?? ChangeGrouping.Job, default).GetAwaiter().GetResult()!;

    private static IEnumerable<string> Lines(FleetChanges changes) => changes.Sections.SelectMany(section => section.Groups.SelectMany(group => group.Named.Select(thing =>
        section.Kind >= ChangeKind.NodesLost ? $"{section.Kind} {thing.NodeId}" : $"{section.Kind} {thing.JobId} {thing.NodeId}{(section.Kind == ChangeKind.Moved ? $" {thing.FromVersion}→{thing.ToVersion}" : "")}")));
}
