using System.Net;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Feed;
using ExecutionDashboard.Storage.PostgreSql;

namespace ExecutionDashboard.IntegrationTests.Leading;

/// <summary>Two feeds over one database: whatever happens to the one that leads, the other goes on with its numbers, and afterwards all copies of the fleet equal the control plane.</summary>
public sealed class TakeoverTests
{
    [Fact]
    public async Task Leader_StoppedKilledFrozenAndCutOff_IsReplacedAndNothingIsMissingOrDouble()
    {
        await using var parts = new LedParts();
        await parts.StartSimulatorAsync(changesPerSecond: 100);
        await Task.WhenAll(parts.StartFeedAsync(0), parts.StartFeedAsync(1));
        await parts.StartDashboardAsync();
        var leader = await parts.LeaderAsync(0, 1);
        await parts.LiveAsync(leader);
        await WritesOnlyWhereItLeadsAsync(parts, leader);

        // Stopped: it gives the lead away.
        await parts.Feed(leader).StopAsync();
        await parts.LeadsEventuallyAsync(1 - leader);
        await parts.LiveAsync(1 - leader);
        await parts.StartFeedAsync(leader);
        leader = 1 - leader;
        await parts.StandsByAsync(1 - leader);

        // Killed.
        await parts.Feed(leader).KillAsync();
        await parts.LeadsEventuallyAsync(1 - leader);
        await parts.LiveAsync(1 - leader);
        await parts.StartFeedAsync(leader);
        leader = 1 - leader;
        await parts.StandsByAsync(1 - leader);

        // Frozen for longer than its lease, and back: it stores nothing more, and stands by.
        parts.Feed(leader).Freeze();
        await parts.LeadsEventuallyAsync(1 - leader);
        await parts.AppendsAsync(1 - leader);
        parts.Feed(leader).Thaw();
        await parts.StandsByAsync(leader);
        await Eventually.HoldsAsync(() => Task.FromResult(Deposed(parts.Feed(leader)) == 1 ? null : $"it is said {Deposed(parts.Feed(leader))} times"));
        leader = 1 - leader;
        await parts.LiveAsync(leader);

        // The database is gone for a while: whoever asks first when it is back leads.
        parts.Database.Kill();
        await Eventually.HoldsAsync(async () => (await parts.StatusAsync(0)).IsStandby && (await parts.StatusAsync(1)).IsStandby ? null : "a feed leads without its database");
        parts.Database.Start();
        leader = await parts.LeaderAsync(0, 1);
        await parts.LiveAsync(leader);

        await parts.KillSimulatorAsync();
        await parts.StartSimulatorAsync(changesPerSecond: 0);
        await EqualsAsync(parts, leader);
        await parts.Feed(leader).StopAsync();
        await parts.Feed(1 - leader).KillAsync();
        using var session = PgDatabase.OpenToRead(parts.Database.ConnectionString);
        RestartTests.AssertWhole(session, least: 500);
    }

    private static int Deposed(PartProcess feed) => feed.Output.Split('\n').Count(line => line.Contains("leads no more", StringComparison.Ordinal));

    private static async Task WritesOnlyWhereItLeadsAsync(LedParts parts, int leader)
    {
        Assert.Equal(HttpStatusCode.OK, (await parts.BulkRunsAsync(leader)).Status);
        var (status, body) = await parts.BulkRunsAsync(1 - leader);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, status);
        Assert.Contains(parts.FeedAddress(leader).ToString(), body, StringComparison.Ordinal);
        Assert.Contains("stands by", body, StringComparison.Ordinal);
        Assert.Equal((1, 0), (await parts.MetricAsync(leader, "feed_leader"), await parts.MetricAsync(1 - leader, "feed_leader")));
        Assert.Equal(await parts.MetricAsync(leader, "feed_epoch"), await parts.MetricAsync(1 - leader, "feed_epoch"));
        // It stores nothing, and does not ask the control plane.
        Assert.Equal((0, 0), (await parts.MetricAsync(1 - leader, "feed_changes_total"), await parts.MetricAsync(1 - leader, "feed_poll_duration_seconds_count")));
    }

    // The dashboard, which came from feed to feed, and the standby, which only followed.
    private static async Task EqualsAsync(LedParts parts, int leader)
    {
        await Eventually.HoldsAsync(async () => ExecutionFacts.Difference(await ExecutionFacts.OfControlPlaneAsync(parts.Http, parts.SimulatorAddress), await ExecutionFacts.OfExportAsync(parts.Http, parts.Dashboard)));
        var expected = (await ExecutionFacts.OfControlPlaneAsync(parts.Http, parts.SimulatorAddress)).ToDictionary(e => e.Key, e => (e.Value.State, e.Value.Revision));
        var connection = await FeedHost.ConnectAsync(parts.FeedAddress(1 - leader).ToString().TrimEnd('/'));
        await using (connection)
        {
            var standby = new Replica();
            await standby.FollowAsync(connection, r => r.States.Count == expected.Count && r.States.All(s => expected.TryGetValue(s.Key, out var there) && there.Revision == s.Value.Revision));
            Assert.True(standby.Status!.IsStandby);
        }
    }
}
