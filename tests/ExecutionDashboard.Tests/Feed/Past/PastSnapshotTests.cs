using CsCheck;
using ExecutionDashboard.Feed.Past;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Snapshots;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Tests.Feed.Snapshots;
using ExecutionDashboard.Tests.Fleet.Store;

namespace ExecutionDashboard.Tests.Feed.Past;

/// <summary>The fleet of a moment, from the feed's mirror and its log to a dashboard's store.</summary>
public sealed class PastSnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("past-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Load_AnyStoryAtAnyChange_IsACopyOfTheFleetThatStoppedThere() =>
        Gen.Select(PastStory.Happening.List[1, 150], FleetGen.Query.List[3, 8], Gen.Int[0, 1_000].Array[3]).SampleAsync(async (happenings, queries, moments) =>
        {
            using var fleet = Fleet();
            var story = Told(fleet, happenings);
            FleetStore? moved = null;
            var before = 0L;
            foreach (var moment in moments)
            {
                var sequence = 1 + moment % fleet.Log.LastSequence;
                var stopped = story.StoppedAt(sequence, fleet.Now);
                Same(stopped, await LoadAsync(fleet, sequence), queries);
                Counted(stopped, fleet, sequence);
                // From one moment to the next, forward or back, is the same as loading it.
                if (moved is null) moved = await LoadAsync(fleet, sequence);
                else moved.Apply(PastSnapshot.Between(fleet.Mirror, fleet.Reader, before, sequence, default).Changes);
                Same(stopped, moved, queries);
                before = sequence;
            }
        }, iter: TestStorage.Stories(25), threads: 1);

    /// <summary>Every 50th change of a long story, forward and back: PAST_CHANGES=20000 tells the whole of it, about a minute.</summary>
    [Fact]
    public async Task Between_EveryFiftiethChangeOfALongStory_IsACopyOfTheFleetThatStoppedThere()
    {
        const int every = 50;
        var changes = int.TryParse(Environment.GetEnvironmentVariable("PAST_CHANGES"), out var asked) ? asked : TestStorage.Stories(1_500);
        var random = new Random(24);
        using var fleet = Fleet();
        var story = Told(fleet, []);
        while (fleet.Log.LastSequence < changes) story.Tell((random.Next(20), random.Next(1_001), random.Next(1_001)));

        var (stopped, moved) = (new FleetStore(), await LoadAsync(fleet, every));
        ExecutionQuery[] queries = [new() { Labels = ["region=eu"] }, new() { Text = "edge" }, new() { Scope = ExecutionScope.Current, Jobs = ["job-a"] }];
        var before = 0L;
        for (var sequence = (long)every; sequence <= fleet.Log.LastSequence; sequence += every)
        {
            story.Follow(stopped, before, sequence);
            if (before > 0) moved.Apply(PastSnapshot.Between(fleet.Mirror, fleet.Reader, before, sequence, default).Changes);
            stopped.MoveTo(fleet.Now);
            Same(stopped, moved, queries);
            if (sequence % (10 * every) == 0) Same(stopped, await LoadAsync(fleet, sequence), queries);
            before = sequence;
        }
        // And back again in long steps.
        for (var sequence = before - 7 * every; sequence > 0; sequence -= 7 * every)
        {
            moved.Apply(PastSnapshot.Between(fleet.Mirror, fleet.Reader, before, sequence, default).Changes);
            Same(story.StoppedAt(sequence, fleet.Now), moved, queries);
            before = sequence;
        }
    }

    [Fact]
    public async Task Load_FleetThatChangesWhileItIsRead_IsAsItWas()
    {
        using var fleet = Fleet();
        var story = Told(fleet, [.. Enumerable.Range(0, 400).Select(i => (i * 7 % 20, i * 13 % 1_000, i * 17 % 1_000))]);
        var sequence = fleet.Log.LastSequence - 100;
        var stopped = story.StoppedAt(sequence, fleet.Now);

        var bytes = new MemoryStream();
        foreach (var part in Parts(fleet, sequence))
        {
            bytes.Write(part.Span);
            for (var i = 0; i < 20; i++) story.Tell((i * 3 % 20, i * 11 % 1_000, (int)bytes.Length % 1_000));
        }
        bytes.Position = 0;
        var (_, store) = await new SnapshotLoader(isPast: true).ReadAsync(bytes, null, default);
        store.MoveTo(stopped.Moment!.Value);

        Same(stopped, store, [new()]);
    }

    [Fact]
    public async Task Load_NodeAndDeploymentOfThen_AreAsTheyWereButForHeartbeats()
    {
        using var fleet = Fleet();
        var sequence = Moved(fleet);

        var store = await LoadAsync(fleet, sequence);

        var (node, deployment) = (store.FindNode("n")!, store.FindDeployment("d")!);
        Assert.Equal(("connected", (DateTimeOffset?)fleet.Start, null, null, "eu"), (node.Connection, node.ConnectedSince, node.LastHeartbeat, node.Resources, node.Labels["region"]));
        Assert.Equal(("in_progress", (bool?)false, (int?)1, (int?)3, (DateTimeOffset?)null), (deployment.State, deployment.CanaryPromoted, deployment.CurrentWave, deployment.UpdatedNodes, deployment.CompletedAt));
    }

    [Fact]
    public async Task Load_MomentBeforeTheLogKeptFacts_IsAsNowAndLeavesOutWhatWouldBeWrong()
    {
        using var fleet = Fleet();
        var sequence = Moved(fleet);
        // As a version of the program leaves it that did not keep them.
        fleet.Log.Execute("DELETE FROM former; DELETE FROM meta WHERE name = 'former_from'");
        fleet.Log.Attach("http://here");
        fleet.Put(FleetChange.Of(new Node { Id = "n", Connection = "lost", Labels = new Dictionary<string, string> { ["region"] = "us-2" } }));

        var store = await LoadAsync(fleet, sequence);
        var past = new PastSnapshot(new(fleet.Log, fleet.Reader), fleet.Mirror, Ring(fleet), TimeProvider.System);
        var (before, after) = (past.At(fleet.Start.AddSeconds(sequence))!, past.At(fleet.Start.AddSeconds(fleet.Log.LastSequence - 1))!);

        var (node, deployment) = (store.FindNode("n")!, store.FindDeployment("d")!);
        // The first that is known of it.
        Assert.Equal("us", node.Labels["region"]);
        Assert.Equal(("in_progress", (bool?)null, (int?)null, (int?)null, (DateTimeOffset?)null), (deployment.State, deployment.CanaryPromoted, deployment.CurrentWave, deployment.UpdatedNodes, deployment.CompletedAt));
        Assert.Equal((false, true), (before.HasFacts, after.HasFacts));
        Assert.Equal(fleet.Start.AddSeconds(4), before.FactsSince);
    }

    [Fact]
    public async Task Load_JobAndExecutionThatWereRemoved_HaveTheirNamesAndSpecs()
    {
        using var fleet = Fleet();
        fleet.Put(FleetChange.Of(new Job { Id = "j", Name = "ingest", Namespace = "prod", Type = "pipeline", State = "running", Version = 1, SpecHash = "one" }));
        fleet.Put(FleetChange.Of(FeedRig.Execution("e", job: "j") with { SpecHash = "one" }));
        fleet.Put(FleetChange.Of(new Job { Id = "j", Name = "ingest", Namespace = "prod", Type = "pipeline", State = "running", Version = 2, SpecHash = "two" }));
        var sequence = fleet.Log.LastSequence;
        fleet.Put(FleetChange.Gone(FleetKind.Execution, "e"), FleetChange.Gone(FleetKind.Job, "j"));

        var store = await LoadAsync(fleet, sequence);

        var (job, execution) = (store.FindJob("j")!, store.FindExecution("e")!);
        Assert.Equal(("ingest", 2, "two"), (job.Name, job.Version, job.SpecHash));
        Assert.Equal(("prod", "pipeline", 1, "one"), (execution.Namespace, execution.JobType, execution.JobVersion, execution.SpecHash));
        Assert.Null((await LoadAsync(fleet, fleet.Log.LastSequence)).FindJob("j"));
    }

    // A node and a deployment that are others afterwards. Gives the number of the moment before.
    private static long Moved(LoggedFleet fleet)
    {
        var start = fleet.Now;
        fleet.Put(FleetChange.Of(new Node { Id = "n", Connection = "connected", ConnectedSince = start, LastHeartbeat = start, Resources = new(50, null, null, null, null, null, null), Labels = new Dictionary<string, string> { ["region"] = "eu" } }));
        fleet.Put(FleetChange.Of(new Deployment { Id = "d", JobId = "j", State = "in_progress", CanaryPromoted = false, CurrentWave = 1, UpdatedNodes = 3 }));
        var sequence = fleet.Log.LastSequence;
        fleet.Put(FleetChange.Of(new Node { Id = "n", Connection = "lost", DisconnectedSince = start.AddSeconds(9), Labels = new Dictionary<string, string> { ["region"] = "us" } }));
        fleet.Put(FleetChange.Of(new Deployment { Id = "d", JobId = "j", State = "completed", CanaryPromoted = true, CurrentWave = 4, UpdatedNodes = 9, CompletedAt = fleet.Now }));
        return sequence;
    }

    [Fact]
    public async Task At_BeforeTheLogInAGapAndAfter_SaysWhatIsKnown()
    {
        using var feed = new FeedRig();
        feed.Server.Put(FeedRig.Execution("e1"));
        await feed.CycleAsync(2);
        feed.Committer.Watched(TimeSpan.FromSeconds(5));
        feed.Time.Advance(TimeSpan.FromMinutes(10));
        feed.Committer.Watched(TimeSpan.FromSeconds(5));
        var past = new PastSnapshot(feed.Open, feed.Mirror, feed.Ring, feed.Time);

        var (before, inGap, after) = (past.At(FeedRig.Start.AddSeconds(-1))!, past.At(FeedRig.Start.AddMinutes(5))!, past.At(feed.Time.GetUtcNow())!);

        Assert.Equal((false, FeedRig.Start), (before.IsKnown, before.KnownSince));
        Assert.True(inGap.IsKnown);
        Assert.True(inGap.Gap!.Holds(inGap.At));
        Assert.Equal((true, null, feed.Time.GetUtcNow()), (after.IsKnown, after.Gap, after.WatchedUntil));
        Assert.Equal((false, true, false), (past.Has(0), past.Has(after.Sequence), past.Has(after.Sequence + 1)));
    }

    [Fact]
    public void Step_FromAMoment_FindsTheChangesOfOneThingOrOfAll()
    {
        using var fleet = Fleet();
        foreach (var (id, node) in new[] { ("a", "n1"), ("b", "n2"), ("a", "n1"), ("b", "n2") }) fleet.Put(FleetChange.Of(FeedRig.Execution(id, node: node) with { Revision = fleet.Log.LastSequence, UpdatedAt = fleet.Now }));
        var past = new PastSnapshot(new(fleet.Log, fleet.Reader), fleet.Mirror, Ring(fleet), TimeProvider.System);
        DateTimeOffset Seen(int change) => fleet.Start.AddSeconds(change);

        Assert.Equal(Seen(3), past.Step(Seen(2), isForward: true, null, "").At);
        Assert.Equal(Seen(1), past.Step(Seen(2), isForward: false, null, "").At);
        Assert.Equal(Seen(4), past.Step(Seen(2), isForward: true, FleetKind.Node, "n2").At);
        Assert.Equal(Seen(1), past.Step(Seen(3), isForward: false, FleetKind.Execution, "a").At);
        Assert.Null(past.Step(Seen(4), isForward: true, null, "").At);
        Assert.Null(past.Step(Seen(1), isForward: false, null, "").At);
        Assert.Null(past.Step(Seen(2), isForward: true, FleetKind.Job, "nowhere").At);
    }

    private static ExecutionDashboard.Feed.Live.ChangeRing Ring(LoggedFleet fleet)
    {
        var ring = new ExecutionDashboard.Feed.Live.ChangeRing(fleet.Mirror);
        ring.StartAt(fleet.Log.LastSequence);
        return ring;
    }

    private LoggedFleet Fleet() => new(Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName);

    private static PastStory Told(LoggedFleet fleet, IEnumerable<(int, int, int)> happenings)
    {
        var story = new PastStory(fleet);
        // Jobs stay: of an execution that was removed the log has no namespace and no type, so its job tells.
        for (var job = 0; job < 3; job++) story.Tell((17, job, 1));
        foreach (var happening in happenings) story.Tell(happening);
        return story;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Parts(LoggedFleet fleet, long sequence) => PastSnapshot.Parts(fleet.Mirror, fleet.Reader, new("log-1", sequence, 0), default);

    internal static async Task<FleetStore> LoadAsync(LoggedFleet fleet, long sequence)
    {
        byte[] bytes = [.. Parts(fleet, sequence).SelectMany(part => part.ToArray())];
        var (header, store) = await new SnapshotLoader(isPast: true).ReadAsync(new MemoryStream(bytes), null, default);
        Assert.Equal(sequence, header.Sequence);
        store.MoveTo(fleet.Now);
        return store;
    }

    // The numbers that are told before the fleet is read.
    private static void Counted(FleetStore expected, LoggedFleet fleet, long sequence)
    {
        var counts = new PastSnapshot(new(fleet.Log, fleet.Reader), fleet.Mirror, Ring(fleet), TimeProvider.System).Counts(sequence, default);
        Assert.Equal(expected.Enumerate(ExecutionQuery.All).CountBy(e => e.Actual.State.Name).OrderBy(c => c.Key, StringComparer.Ordinal), counts.Executions.OrderBy(c => c.Key, StringComparer.Ordinal));
        Assert.Equal(expected.NodesByConnection.Where(c => c.Value > 0).OrderBy(c => c.Key, StringComparer.Ordinal), counts.Nodes.OrderBy(c => c.Key, StringComparer.Ordinal));
    }

    internal static void Same(FleetStore expected, FleetStore actual, IReadOnlyList<ExecutionQuery> queries)
    {
        Assert.Equal(expected.ExecutionCount, actual.ExecutionCount);
        foreach (var scope in Enum.GetValues<ExecutionScope>())
        {
            Assert.Equal(expected.Counts(scope), actual.Counts(scope));
            foreach (var job in FleetGen.AllJobs) Assert.Equal(expected.CountsOfJob(job, scope), actual.CountsOfJob(job, scope));
            foreach (var node in FleetGen.AllNodes) Assert.Equal(expected.CountsOfNode(node, scope), actual.CountsOfNode(node, scope));
            foreach (var deployment in new[] { "dep-1", "dep-2" }) Assert.Equal(expected.CountsOfDeployment(deployment, scope), actual.CountsOfDeployment(deployment, scope));
        }
        foreach (var query in queries.Append(new())) Assert.Equal(Rows(expected, query), Rows(actual, query));
        Assert.Equal(expected.Nodes.Select(n => (n.Id, n.Connection, n.Message, expected.WorstOn(n.Id), expected.ConnectionOf(n.Id))), actual.Nodes.Select(n => (n.Id, n.Connection, n.Message, actual.WorstOn(n.Id), actual.ConnectionOf(n.Id))));
        // What no change tells, but former facts do.
        Assert.Equal(expected.Nodes.Select(Facts), actual.Nodes.Select(Facts));
        Assert.Equal(expected.Jobs.Select(Facts), actual.Jobs.Select(Facts));
        Assert.Equal(expected.Deployments.OrderBy(d => d.Id, StringComparer.Ordinal), actual.Deployments.OrderBy(d => d.Id, StringComparer.Ordinal));
        Assert.Equal(Rollouts(expected), Rollouts(actual));
        Assert.Equal(expected.NodesByConnection.Where(c => c.Value > 0).OrderBy(c => c.Key, StringComparer.Ordinal), actual.NodesByConnection.Where(c => c.Value > 0).OrderBy(c => c.Key, StringComparer.Ordinal));
    }

    private static string Facts(Node n) => $"{n.Id}|{n.Name}|{n.AgentVersion}|{n.OperatingSystem}|{n.CreatedAt:O}|{Text(n.Labels)}";

    private static string Facts(Job j) => $"{j.Id}|{j.Name}|{j.Namespace}|{j.Type}|{j.State}|{j.Message}|{j.Version}|{j.SpecHash}|{Text(j.Labels)}";

    private static string Text(IReadOnlyDictionary<string, string> labels) => string.Join(',', labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));

    private static IEnumerable<string> Rollouts(FleetStore store) => store.Deployments.OrderBy(d => d.Id, StringComparer.Ordinal).Select(d => RolloutSummary.Of(d, store)).Select(s => $"{s.Deployment.Id}|{s.Phase}|{s.Wave}|{s.Progress}");

    // Without the spec, which is known only while something of its version is there. Rows that are equal in what is sorted by are in no order.
    private static IEnumerable<string> Rows(FleetStore store, ExecutionQuery query) => store.Enumerate(query).Select(e => string.Join('|', (object?[])
        [e.Id, e.JobId, e.JobVersion, e.JobType, e.Namespace, e.NodeId, e.DeploymentId, e.Desired.State.Name, e.Actual.State.Name, e.Actual.Message, ErrorCodes.Of(e), e.PreviousId, e.NextId, e.Revision, e.CreatedAt, e.UpdatedAt, e.ReplacedBy])).Order(StringComparer.Ordinal);
}
