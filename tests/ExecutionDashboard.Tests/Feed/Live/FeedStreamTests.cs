using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Tests.Feed.Live;

public sealed class FeedStreamTests : IDisposable
{
    private readonly FeedRig _feed = new();
    private readonly CancellationTokenSource _left = new();

    public void Dispose()
    {
        _left.Dispose();
        _feed.Dispose();
    }

    [Fact]
    public async Task Follow_EmptyFleet_GetsAnEmptySnapshotWithStatus()
    {
        await using var batches = Follow("", 0);

        var first = await NextAsync(batches);

        Assert.True(first.Reset);
        Assert.Equal(0, first.Remaining);
        Assert.NotNull(first.Status);
    }

    [Fact]
    public async Task Follow_Snapshot_SendsWhatIsNamedFirstAndCountsDown()
    {
        for (var i = 0; i < 2_500; i++) _feed.Server.Put(FeedRig.Execution($"e{i}"));
        _feed.Server.Jobs["j"] = new Job { Id = "j" };
        _feed.Server.NewSpecs.Add(new JobSpec { Hash = "h", Json = "{}" });
        await _feed.CycleAsync();
        await using var batches = Follow("", 0);

        var snapshot = new List<FeedBatch>();
        do snapshot.Add(await NextAsync(batches));
        while (snapshot[^1].Remaining > 0);

        Assert.Equal([1_502, 502, 0], snapshot.Select(b => b.Remaining));
        Assert.Equal([true, false, false], snapshot.Select(b => b.Reset));
        Assert.Equal([FleetKind.Spec, FleetKind.Job, FleetKind.Execution], snapshot[0].Changes.Take(3).Select(c => c.Kind));
        Assert.All(snapshot, b => Assert.Equal((2_502L, 2_502L), (b.Previous, b.Sequence)));
        var executions = snapshot.SelectMany(b => b.Changes).Where(c => c.Kind == FleetKind.Execution).Select(c => c.Id).ToList();
        Assert.Equal(executions.OrderBy(id => _feed.Mirror.Executions.TryGet(id, out var known) ? known.Key : 0), executions);
    }

    [Fact]
    public async Task Follow_SnapshotAfterARemoval_LeavesOutWhatIsGone()
    {
        foreach (var id in new[] { "e1", "e2", "e3" }) await CommitAsync(id, "running", 1);
        Assert.True(_feed.Mirror.Executions.TryGet("e2", out var gone));
        await _feed.Committer.CommitAsync([new Difference(FleetChange.Gone(FleetKind.Execution, "e2"), ExecutionDashboard.Feed.Watching.StateChanges.Of(gone.Value, gone.Value, FeedRig.Start), gone.Place)], default);
        await using var batches = Follow("", 0);

        Assert.Equal(["e1", "e3"], (await NextAsync(batches)).Changes.Select(c => c.Id));
    }

    [Fact]
    public async Task Follow_LoneChangeAfterAQuietTime_IsSentAtOnce()
    {
        await using var batches = Follow("", 0);
        await NextAsync(batches);
        var next = NextAsync(batches);

        _feed.Server.Put(FeedRig.Execution("e1"));
        await _feed.Watcher.CycleAsync(default);

        // The clock stands still: nothing but the change itself can have woken the stream.
        while ((await next).Changes.Count == 0) next = NextAsync(batches);
        Assert.Equal("e1", Assert.Single((await next).Changes).Id);
    }

    [Fact]
    public async Task Follow_ChangesCloseTogether_GatherById()
    {
        await using var batches = Follow("", 0);
        await NextAsync(batches);
        await CommitAsync("e1", "pending", 1);
        Assert.Equal(1, (await NextChangesAsync(batches)).Sequence);
        var next = NextAsync(batches);
        for (var i = 2; i <= 50; i++) await CommitAsync("e1", i % 2 == 0 ? "running" : "degraded", i);
        await CommitAsync("e2", "pending", 1);

        var batch = await AdvanceUntilAsync(next);

        Assert.Equal((1L, 51L), (batch.Previous, batch.Sequence));
        Assert.Equal(["e1", "e2"], batch.Changes.Select(c => c.Id).Order());
        Assert.Equal(50, batch.Changes.Single(c => c.Id == "e1").Execution!.Revision);
    }

    [Fact]
    public async Task Follow_NothingHappens_HeartbeatsCarryTheStatus()
    {
        await using var batches = Follow("", 0);
        await NextAsync(batches);

        var heartbeat = await AdvanceUntilAsync(NextAsync(batches));

        Assert.Empty(heartbeat.Changes);
        Assert.NotNull(heartbeat.Status);
        Assert.True(_feed.Time.GetUtcNow() - FeedRig.Start >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Follow_FleetThatNeverRests_IsToldTheMomentOfTheLastAnswerAllTheSame()
    {
        await using var batches = Follow("", 0);
        await NextAsync(batches);
        var told = new List<DateTimeOffset?>();

        for (var i = 1; i <= 12; i++)
        {
            _feed.Time.Advance(TimeSpan.FromMilliseconds(500));
            _feed.Board.Update(s => s with { LastSuccessAt = _feed.Time.GetUtcNow() });
            await CommitAsync("e1", "running", i);
            if ((await NextChangesAsync(batches)).Status is { } status) told.Add(status.LastSuccessAt);
        }

        Assert.Equal([2, 4, 6], told.Select(at => (int)(at!.Value - FeedRig.Start).TotalSeconds));
    }

    [Fact]
    public async Task Follow_SlowerThanTheRing_GetsWhatItMissedAsItIsNow()
    {
        var ring = new ChangeRing(_feed.Mirror, capacity: 16);
        ring.StartAt(0);
        var signal = new ChangeSignal();
        var board = new StatusBoard(signal);
        var stream = new FeedStream(_feed.Mirror, ring, signal, board, _feed.Metrics, _feed.Time);
        stream.Open(_feed.Reader, _feed.Log.LogId);
        var committer = new ChangeCommitter(_feed.Log, _feed.Mirror, ring, signal, board, _feed.Metrics, _feed.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<ChangeCommitter>.Instance);
        await using var batches = stream.FollowAsync("", 0, _left.Token).GetAsyncEnumerator(_left.Token);
        await NextAsync(batches);
        for (var i = 1; i <= 100; i++) await CommitAsync($"e{i % 3}", "running", i, committer);

        var batch = await NextChangesAsync(batches);

        Assert.Equal((0L, 100L), (batch.Previous, batch.Sequence));
        Assert.Equal([98L, 99L, 100L], batch.Changes.Select(c => c.Execution!.Revision).Order());
    }

    [Fact]
    public async Task Follow_AheadOfAStandby_WaitsForItAndGoesOnWithoutASnapshot()
    {
        await CommitAsync("e1", "running", 1);
        _feed.Board.Update(s => s with { IsStandby = true });
        await using var batches = Follow(_feed.Log.LogId, 2);

        var first = await NextAsync(batches);
        Assert.Equal((2L, 2L, false, true), (first.Previous, first.Sequence, first.Reset, first.Status!.IsStandby));
        await CommitAsync("e2", "running", 1);
        await CommitAsync("e3", "running", 1);

        var next = await NextChangesAsync(batches);
        Assert.False(next.Reset);
        Assert.Equal((2L, 3L, "e3"), (next.Previous, next.Sequence, next.Changes.Single().Id));
    }

    [Fact]
    public async Task Follow_BlindnessBegins_IsToldAtOnce()
    {
        await using var batches = Follow("", 0);
        await NextAsync(batches);
        _feed.Server.Fault = (_, _) => TestControlPlane.Broken;

        await _feed.Watcher.CycleAsync(default);

        Assert.NotNull((await NextAsync(batches)).Status!.BlindSince);
    }

    private IAsyncEnumerator<FeedBatch> Follow(string logId, long sequence) =>
        _feed.Stream.FollowAsync(logId, sequence, _left.Token).GetAsyncEnumerator(_left.Token);

    private Task CommitAsync(string id, string state, long revision, ChangeCommitter? committer = null)
    {
        var execution = FeedRig.Execution(id, state, revision);
        var place = _feed.Mirror.Executions.TryGet(id, out var known) ? known.Place : default;
        return (committer ?? _feed.Committer).CommitAsync([new Difference(FleetChange.Of(execution), ExecutionDashboard.Feed.Watching.StateChanges.Of(known?.Value, execution, FeedRig.Start), place)], default);
    }

    private static async Task<FeedBatch> NextAsync(IAsyncEnumerator<FeedBatch> batches)
    {
        Assert.True(await batches.MoveNextAsync());
        return batches.Current;
    }

    private static async Task<FeedBatch> NextChangesAsync(IAsyncEnumerator<FeedBatch> batches)
    {
        FeedBatch batch;
        do batch = await NextAsync(batches);
        while (batch.Changes.Count == 0);
        return batch;
    }

    // Moves the clock in small steps until the stream has something.
    private async Task<FeedBatch> AdvanceUntilAsync(Task<FeedBatch> next)
    {
        while (!next.IsCompleted)
        {
            _feed.Time.Advance(TimeSpan.FromMilliseconds(50));
            for (var i = 0; i < 50 && !next.IsCompleted; i++) await Task.Yield();
        }
        return await next;
    }
}
