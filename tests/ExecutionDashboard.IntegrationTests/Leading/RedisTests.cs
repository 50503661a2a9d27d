using System.Net;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using StackExchange.Redis;

namespace ExecutionDashboard.IntegrationTests.Leading;

/// <summary>A real Redis between two feeds, and without it.</summary>
public sealed class RedisTests
{
    [Fact]
    public async Task Redis_ThereGoneAndBack_CarriesHintsAndIsNotNeeded()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var parts = new LedParts(redisPort: redis.Port);
        await parts.StartSimulatorAsync(changesPerSecond: 20);
        await Task.WhenAll(parts.StartFeedAsync(0), parts.StartFeedAsync(1));
        var leader = await parts.LeaderAsync(0, 1);
        await ConnectedAsync(parts, 1);

        // What the leader says is what is in the log.
        await using (var listener = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}"))
        {
            var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            await listener.GetSubscriber().SubscribeAsync(RedisChannel.Literal("execution-dashboard:committed"), (_, message) => heard.TrySetResult(message.ToString()));
            var hint = (await heard.Task.WaitAsync(TimeSpan.FromSeconds(40))).Split(' ');
            Assert.Equal((await parts.StatusAsync(leader)).LogId, hint[0]);
            Assert.InRange(long.Parse(hint[1], System.Globalization.CultureInfo.InvariantCulture), 1, (long)await parts.MetricAsync(leader, "feed_sequence"));
            // One that is wrong, and one that cannot be read, do no harm.
            foreach (var wrong in (string[])[$"{hint[0]} {long.MaxValue}", $"{hint[0]} x", "", "another 5"]) await listener.GetSubscriber().PublishAsync(RedisChannel.Literal("execution-dashboard:committed"), wrong);
        }

        await redis.KillAsync();
        await ConnectedAsync(parts, 0);
        foreach (var feed in (int[])[0, 1])
        {
            // Degraded is no failure: balancers go on.
            var health = await parts.HealthAsync(feed);
            Assert.Contains("\"redis\":{\"status\":\"degraded\",\"description\":\"Not reachable: feeds that stand by follow the database\"}", health, StringComparison.Ordinal);
            using var reply = await parts.Http.GetAsync(new Uri(parts.FeedAddress(feed), "health/ready"));
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            await Eventually.ContainsAsync(() => Task.FromResult(parts.Feed(feed).Output), "Redis (Redis:ConnectionString) cannot be reached");
        }
        await FollowsAsync(parts, 1 - leader);

        await redis.StartAsync();
        await ConnectedAsync(parts, 1);
        await Eventually.ContainsAsync(() => Task.FromResult(parts.Feed(0).Output), "Redis can be reached again");
        await FollowsAsync(parts, 1 - leader);
    }

    private static Task ConnectedAsync(LedParts parts, int expected) => Eventually.HoldsAsync(async () =>
    {
        foreach (var feed in (int[])[0, 1])
            if (await parts.MetricAsync(feed, "feed_redis_connected") != expected) return $"feed {feed} is {(expected == 1 ? "not connected" : "connected")}: {parts.Feed(feed).Output}";
        return null;
    });

    private static async Task FollowsAsync(LedParts parts, int standby)
    {
        var before = await parts.MetricAsync(standby, "feed_sequence");
        await Eventually.HoldsAsync(async () => await parts.MetricAsync(standby, "feed_sequence") > before ? null : "the standby does not follow");
    }
}
