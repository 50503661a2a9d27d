using CsCheck;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Snapshots;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Tests.Fleet.Store;

namespace ExecutionDashboard.Tests.Feed.Snapshots;

/// <summary>The snapshot in one piece, from the feed's mirror to a dashboard's store.</summary>
public sealed class SnapshotStreamTests
{
    private static readonly SnapshotHeader Header = new("log-1", 42, 10);

    [Fact]
    public Task Load_AnyFleet_IsTheStoreThatGotTheEntitiesOneByOne() =>
        Gen.Select(FleetGen.Change.List[0, 120], FleetGen.Query.List[1, 4], FleetGen.Change.List[0, 40]).SampleAsync(async (changes, queries, later) =>
        {
            var mirror = MirrorOf(changes);
            var (loaded, applied) = ((await LoadAsync(mirror)).Store, new FleetStore());
            applied.Apply([.. mirror.All()]);
            foreach (var store in new[] { loaded, applied }) store.MoveTo(FleetGen.Moment);

            Same(applied, loaded, queries);
            // The indexes can be changed, too.
            foreach (var part in later.Chunk(9))
            {
                foreach (var store in new[] { loaded, applied }) store.Apply(part);
                Same(applied, loaded, queries);
            }
        });

    [Fact]
    public async Task Load_SecretInAMessage_IsMasked()
    {
        var mirror = MirrorOf([FleetChange.Of(FeedRig.Execution("e1") with { Actual = new(ExecutionState.Of(KnownExecutionState.Failed), "login failed: password=hunter2") })]);

        var (_, store) = await LoadAsync(mirror);

        Assert.DoesNotContain("hunter2", store.FindExecution("e1")!.Actual.Message, StringComparison.Ordinal);
        Assert.Contains("password", store.FindExecution("e1")!.Actual.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_EmptyFleet_HasTheLogAndItsNumber()
    {
        var (header, store) = await LoadAsync(new FleetMirror());

        Assert.Equal((Header, 0), (header, store.ExecutionCount));
    }

    [Fact]
    public async Task Load_CutAnywhereOrWithAnyByteChanged_IsRefused()
    {
        var mirror = MirrorOf([FleetChange.Of(new Node { Id = "node-1", Labels = new Dictionary<string, string> { ["region"] = "eu" } }), FleetChange.Of(new Job { Id = "job-1" }), FleetChange.Of(FeedRig.Execution("e1"))]);
        var whole = BytesOf(SnapshotStream.Parts(mirror, Header));

        for (var at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            foreach (var bytes in new[] { whole[..at], changed }) await Assert.ThrowsAsync<FormatException>(() => new SnapshotLoader().ReadAsync(new MemoryStream(bytes), null, default));
        }
    }

    [Fact]
    public async Task Follow_JoiningWithoutANumber_IsOfferedTheSnapshotAndFollowsFromItsNumber()
    {
        using var feed = new FeedRig();
        await feed.KnowExecutionsAsync(3);
        var snapshot = new SnapshotStream(feed.Mirror, feed.Ring, feed.Stream);

        var offer = Assert.Single(await feed.Stream.FollowAsync("", -1, default, offersSnapshot: true).ToListAsync());
        Assert.True(offer.SnapshotOffered);
        Assert.Equal((-1, -1), (offer.Previous, offer.Sequence));
        Assert.NotNull(offer.Status);

        var (header, store) = await new SnapshotLoader().ReadAsync(new MemoryStream(BytesOf(snapshot.Parts()!)), null, default);
        Assert.Equal((feed.Log.LogId, feed.Log.LastSequence, 3), (header.LogId, header.Sequence, store.ExecutionCount));
        await using var batches = feed.Stream.FollowAsync(header.LogId, header.Sequence, default, offersSnapshot: true).GetAsyncEnumerator();
        Assert.True(await batches.MoveNextAsync());
        Assert.Equal((false, 0), (batches.Current.SnapshotOffered, batches.Current.Changes.Count));
    }

    [Theory]
    [InlineData(FeedStream.StreamedLoad + 1)]
    [InlineData(null)]
    public async Task Follow_DuringALargeLoad_TellsOnlyHowFarItIsAndThenOffersTheSnapshot(int? loadingBefore)
    {
        using var feed = new FeedRig();
        await feed.KnowExecutionsAsync(3);
        feed.Board.Update(s => s with { Loading = loadingBefore ?? 1 });
        await using var batches = feed.Stream.FollowAsync(feed.Log.LogId, feed.Log.LastSequence, default, offersSnapshot: true).GetAsyncEnumerator();
        Assert.True(await NextAsync());
        feed.Board.Update(s => s with { Loading = FeedStream.StreamedLoad + 1 });

        Assert.True(await NextAsync());
        Assert.Equal((FeedStream.StreamedLoad + 1, 0), (batches.Current.Status!.Loading!.Value, batches.Current.Changes.Count));
        feed.Board.Update(s => s with { Loading = null });
        Assert.True(await NextAsync());
        Assert.Equal((true, null), (batches.Current.SnapshotOffered, batches.Current.Status));
        Assert.False(await NextAsync());

        async Task<bool> NextAsync()
        {
            var next = batches.MoveNextAsync().AsTask();
            for (; !next.IsCompleted; await Task.Yield()) feed.Time.Advance(TimeSpan.FromMilliseconds(100));
            return await next;
        }
    }

    private static FleetMirror MirrorOf(IReadOnlyList<FleetChange> changes)
    {
        var mirror = new FleetMirror();
        var (keys, last) = (new Dictionary<(FleetKind, string), long>(), 0L);
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (change.Removed) keys.Remove((change.Kind, change.Id));
            else if (!keys.ContainsKey((change.Kind, change.Id))) keys[(change.Kind, change.Id)] = ++last;
            mirror.Apply(change, new Place(keys.GetValueOrDefault((change.Kind, change.Id)), i + 1), i + 1);
        }
        return mirror;
    }

    private static Task<(SnapshotHeader Header, FleetStore Store)> LoadAsync(FleetMirror mirror) =>
        new SnapshotLoader().ReadAsync(new MemoryStream(BytesOf(SnapshotStream.Parts(mirror, Header))), null, default);

    private static byte[] BytesOf(IEnumerable<ReadOnlyMemory<byte>> parts) => [.. parts.SelectMany(part => part.ToArray())];

    private static void Same(FleetStore expected, FleetStore actual, IReadOnlyList<ExecutionQuery> queries)
    {
        Assert.Equal(expected.ExecutionCount, actual.ExecutionCount);
        Assert.Equal(expected.Namespaces, actual.Namespaces);
        Assert.Equal(expected.Types, actual.Types);
        Assert.Equal(expected.Nodes, actual.Nodes);
        Assert.Equal(expected.Jobs, actual.Jobs);
        foreach (var id in FleetGen.AllIds)
        {
            Assert.Equal(expected.FindExecution(id), actual.FindExecution(id));
            Assert.Equal(expected.Chain(id), actual.Chain(id));
        }
        foreach (var scope in Enum.GetValues<ExecutionScope>())
        {
            Assert.Equal(expected.Counts(scope), actual.Counts(scope));
            foreach (var job in FleetGen.AllJobs) Assert.Equal(expected.CountsOfJob(job, scope), actual.CountsOfJob(job, scope));
            foreach (var node in FleetGen.AllNodes) Assert.Equal(expected.CountsOfNode(node, scope), actual.CountsOfNode(node, scope));
            foreach (var deployment in new[] { "dep-1", "dep-2", "job-a@1", "job-b@2", "none" }) Assert.Equal(expected.CountsOfDeployment(deployment, scope), actual.CountsOfDeployment(deployment, scope));
        }
        foreach (var node in FleetGen.AllNodes) Assert.Equal((expected.WorstOn(node), expected.ConnectionOf(node)), (actual.WorstOn(node), actual.ConnectionOf(node)));
        foreach (var query in queries)
        {
            Assert.Equal(expected.Enumerate(query), actual.Enumerate(query));
            Assert.Equal(expected.Count(query), actual.Count(query));
            foreach (var field in Enum.GetValues<GroupField>())
            {
                var grouping = new ExecutionGrouping(field, field == GroupField.Label ? "region" : "");
                Assert.Equal(expected.Groups(query, grouping).All, actual.Groups(query, grouping).All);
            }
            Assert.Equal(expected.Rows(expected.Select(query), 0, int.MaxValue), actual.Rows(actual.Select(query), 0, int.MaxValue));
        }
    }
}
