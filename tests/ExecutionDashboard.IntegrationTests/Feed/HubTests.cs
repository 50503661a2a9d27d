using System.Net.Http.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace ExecutionDashboard.IntegrationTests.Feed;

public sealed class HubTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("feed-").FullName;
    private FleetServer _server = null!;

    public async Task InitializeAsync() => _server = await FleetServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Subscribe_FirstTime_GetsSnapshotThenChanges()
    {
        for (var i = 0; i < 2_300; i++) _server.Put($"e{i}", "running");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder);
        await using var connection = await feed.ConnectAsync();
        var replica = new Replica();
        await replica.FollowAsync(connection, r => r.Executions.Count == 2_300 && r.Status?.Loading is null);

        _server.Put("e7", "failed");
        await replica.FollowAsync(connection, r => r.Executions["e7"].Actual.State.Known == KnownExecutionState.Failed);

        Assert.Equal(1, replica.Resets);
        Assert.Equal(_server.States, replica.States);
        Assert.Contains(replica.Executions["e7"].SpecHash, replica.Specs);
    }

    [Fact]
    public async Task Subscribe_AgainAfterAWhile_GetsExactlyWhatItMissed()
    {
        for (var i = 0; i < 500; i++) _server.Put($"e{i}", "running");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder);
        var (away, here) = (new Replica(), new Replica());
        await using var connection = await feed.ConnectAsync();
        await away.FollowAsync(connection, r => r.Executions.Count == 500);

        for (var i = 0; i < 40; i++) _server.Put($"e{i}", "degraded");
        _server.Remove("e499");
        await here.FollowAsync(connection, r => r.States.Count == 499 && r.States.SequenceEqual(_server.States.OrderBy(s => Array.IndexOf([.. r.States.Keys], s.Key))));
        away.Batches.Clear();
        await away.FollowAsync(connection, r => r.Sequence == here.Sequence);

        Assert.Equal(1, away.Resets);
        Assert.Equal(_server.States.OrderBy(s => s.Key), away.States.OrderBy(s => s.Key));
        Assert.Equal(41, away.Batches.SelectMany(b => b.Changes).Count(c => c.Kind == FleetKind.Execution));
    }

    [Fact]
    public async Task Subscribe_AfterTheFeedRestarted_ResumesAndNumbersGoOn()
    {
        for (var i = 0; i < 300; i++) _server.Put($"e{i}", "running");
        var replica = new Replica();
        await using (var feed = await FeedHost.StartAsync(_server.Address, _folder))
        {
            await using var connection = await feed.ConnectAsync();
            await replica.FollowAsync(connection, r => r.Executions.Count == 300 && r.Status?.Loading is null);
        }
        var before = replica.Sequence;
        for (var i = 0; i < 20; i++) _server.Put($"e{i}", "stopped");

        await using var restarted = await FeedHost.StartAsync(_server.Address, _folder);
        await using var again = await restarted.ConnectAsync();
        replica.Batches.Clear();
        await replica.FollowAsync(again, r => r.Executions.Values.Count(e => e.Actual.State.Known == KnownExecutionState.Stopped) == 20);

        Assert.Equal(1, replica.Resets);
        Assert.Equal(before + 20, replica.Sequence);
        Assert.Equal(20, replica.Batches.SelectMany(b => b.Changes).Count());
    }

    [Fact]
    public async Task Subscribe_NumberFromTheFutureOrOfAnotherLog_GetsASnapshot()
    {
        _server.Put("e1", "running");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder);
        await using var connection = await feed.ConnectAsync();
        var replica = new Replica();
        await replica.FollowAsync(connection, r => r.Executions.Count == 1);

        foreach (var (logId, sequence) in new[] { (replica.LogId, replica.Sequence + 1_000), ("another", replica.Sequence), (replica.LogId, -1L) })
        {
            var first = await connection.StreamAsync<FeedBatch>(FeedContract.Subscribe, logId, sequence).FirstAsync();
            Assert.True(first.Reset);
            Assert.Equal(replica.Sequence, first.Sequence);
        }
    }

    [Fact]
    public async Task Subscribe_WhileEverythingMoves_NeverHasAGapAndEndsEqual()
    {
        for (var i = 0; i < 1_500; i++) _server.Put($"e{i}", "pending");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder);
        var (random, rounds) = (new Random(1), 0);
        string[] states = ["running", "degraded", "failed"];
        // Every batch that arrives moves the fleet on, until it has moved enough.
        bool Move(Replica replica)
        {
            if (rounds >= 60) return Same(replica);
            rounds++;
            for (var i = 0; i < 40; i++) _server.Put($"e{random.Next(1_600)}", states[random.Next(3)]);
            return false;
        }

        await using var connection = await feed.ConnectAsync();
        var steady = new Replica();
        var restless = new Replica();
        var following = Task.Run(() => steady.FollowAsync(connection, Move));
        for (var visit = 0; visit < 8; visit++)
        {
            await using var visitor = await feed.ConnectAsync();
            var until = restless.Sequence + 60;
            await restless.FollowAsync(visitor, r => r.Sequence >= until || following.IsCompleted);
        }
        await following;
        await restless.FollowAsync(connection, Same);

        Assert.Equal(1, steady.Resets);
        Assert.Equal(1, restless.Resets);
        Assert.Equal(steady.Sequence, restless.Sequence);

        bool Same(Replica replica)
        {
            var (ours, theirs) = (replica.States, _server.States);
            return ours.Count == theirs.Count && theirs.All(s => ours.TryGetValue(s.Key, out var state) && state == s.Value);
        }
    }

    [Fact]
    public async Task Status_ServerAnswersHtmlThenRecovers_SaysSoAndGoesOn()
    {
        _server.Put("e1", "running");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder);
        await using var connection = await feed.ConnectAsync();
        var replica = new Replica();
        await replica.FollowAsync(connection, r => r.Executions.Count == 1 && r.Status?.Loading is null);
        _server.Fault = _ => Microsoft.AspNetCore.Http.Results.Content("<html>login</html>", "text/html");
        await replica.FollowAsync(connection, r => r.Status?.BlindSince is not null);
        Assert.NotEqual("", replica.Status!.Problem);
        using var http = SharedKey.NewClient();
        Assert.NotNull((await http.GetFromJsonAsync<FeedStatus>(feed.Address + "/feed/v1/status", FeedContract.Json))!.BlindSince);

        _server.Fault = _ => null;
        _server.Put("e1", "failed");
        await replica.FollowAsync(connection, r => r.Status is { BlindSince: null, Problem: "" } && r.Executions["e1"].Actual.State.Known == KnownExecutionState.Failed);
    }

    [Fact]
    public async Task Subscribe_ManyTimesOnOneConnection_TheNewestIsFollowedAndTheOthersEnd()
    {
        const int times = 300;
        for (var i = 0; i < 2_300; i++) _server.Put($"e{i}", "running");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder);
        await using var first = await feed.ConnectAsync();
        await new Replica().FollowAsync(first, r => r.Executions.Count == 2_300);
        await using var connection = await feed.ConnectAsync();
        var replica = new Replica();

        var streams = new List<System.Threading.Channels.ChannelReader<FeedBatch>>();
        for (var i = 0; i < times; i++) streams.Add(await connection.StreamAsChannelAsync<FeedBatch>(FeedContract.Subscribe, "", -1L));
        await replica.FollowAsync(connection, r => r.Executions.Count == 2_300);
        var (batches, problems) = (0, new List<string>());
        foreach (var stream in streams)
        {
            while (stream.TryRead(out _)) batches++;
            problems.Add((await Assert.ThrowsAsync<HubException>(() => stream.Completion)).Message);
        }

        Assert.All(problems, p => Assert.Contains("Limits:SubscriptionsPerConnection", p, StringComparison.Ordinal));
        // A snapshot is three batches: nearly all of them were ended before they had one.
        Assert.True(batches < times, $"{batches} batches");
        Assert.Equal(_server.States, replica.States);
    }
}
