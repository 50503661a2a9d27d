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
        // A machine that is slow enough may move the lead by itself: who leads is asked before each step.
        await parts.LiveAsync(0, 1);
        await WritesOnlyWhereItLeadsAsync(parts);

        // Stopped: it gives the lead away.
        var leader = await parts.LeaderAsync(0, 1);
        await parts.Feed(leader).StopAsync();
        await parts.LeadsEventuallyAsync(1 - leader);
        await parts.LiveAsync(1 - leader);
        await parts.StartFeedAsync(leader);

        // Killed.
        leader = await parts.LeaderAsync(0, 1);
        await parts.Feed(leader).KillAsync();
        await parts.LeadsEventuallyAsync(1 - leader);
        await parts.LiveAsync(1 - leader);
        await parts.StartFeedAsync(leader);

        // Frozen for longer than its lease, and back: it stores nothing more, and stands by.
        leader = await parts.LeaderAsync(0, 1);
        parts.Feed(leader).Freeze();
        await parts.LeadsEventuallyAsync(1 - leader);
        await parts.AppendsAsync(1 - leader);
        await parts.LiveAsync(1 - leader);
        parts.Feed(leader).Thaw();
        var thawed = parts.Feed(leader);
        await Eventually.ContainsAsync(() => Task.FromResult(thawed.Output[^Math.Min(thawed.Output.Length, 1_500)..]), "leads no more");
        await parts.LeaderAsync(0, 1);
        await parts.LiveAsync(0, 1);

        // The database is gone for a while: whoever asks first when it is back leads.
        parts.Database.Kill();
        await Eventually.HoldsAsync(async () => (await parts.StatusAsync(0)).IsStandby && (await parts.StatusAsync(1)).IsStandby ? null : "a feed leads without its database");
        parts.Database.Start();
        await parts.LeaderAsync(0, 1);
        await parts.LiveAsync(0, 1);

        await parts.KillSimulatorAsync();
        await parts.StartSimulatorAsync(changesPerSecond: 0);
        await EqualsAsync(parts);
        await parts.Feed(0).StopAsync();
        await parts.Feed(1).KillAsync();
        using var session = PgDatabase.OpenToRead(parts.Database.ConnectionString);
        RestartTests.AssertWhole(session, least: 500);
    }

    private static async Task WritesOnlyWhereItLeadsAsync(LedParts parts)
    {
        await Eventually.HoldsAsync(async () =>
        {
            var leader = await parts.LeaderAsync(0, 1);
            var (epoch, stored) = (await parts.MetricAsync(leader, "feed_epoch"), await parts.MetricAsync(1 - leader, "feed_changes_total"));
            var (led, _) = await parts.BulkRunsAsync(leader);
            var (standby, refusal) = await parts.BulkRunsAsync(1 - leader);
            var gauges = (await parts.MetricAsync(leader, "feed_leader"), await parts.MetricAsync(1 - leader, "feed_leader"), await parts.MetricAsync(1 - leader, "feed_epoch"));
            await parts.AppendsAsync(leader);
            var storedMore = await parts.MetricAsync(1 - leader, "feed_changes_total") - stored;
            if (await parts.MetricAsync(leader, "feed_epoch") != epoch) return "the lead moved meanwhile";
            Assert.Equal(HttpStatusCode.OK, led);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, standby);
            Assert.Contains(parts.FeedAddress(leader).ToString(), refusal, StringComparison.Ordinal);
            Assert.Contains("stands by", refusal, StringComparison.Ordinal);
            Assert.Equal((1, 0, epoch), gauges);
            Assert.Equal(0, storedMore);
            return null;
        });
    }

    // The dashboard, which came from feed to feed, and the standby, which only followed.
    private static async Task EqualsAsync(LedParts parts)
    {
        await Eventually.HoldsAsync(async () => ExecutionFacts.Difference(await ExecutionFacts.OfControlPlaneAsync(parts.Http, parts.SimulatorAddress), await ExecutionFacts.OfExportAsync(parts.Http, parts.Dashboard)));
        // The engine of an idle control plane still moves: both are asked until they agree.
        await Eventually.HoldsAsync(async () =>
        {
            var leader = await parts.LeaderAsync(0, 1);
            var expected = (await ExecutionFacts.OfControlPlaneAsync(parts.Http, parts.SimulatorAddress)).ToDictionary(e => e.Key, e => e.Value.Revision);
            await using var connection = await FeedHost.ConnectAsync(parts.FeedAddress(1 - leader).ToString().TrimEnd('/'));
            var standby = new Replica();
            await standby.FollowAsync(connection, _ => true);
            var found = standby.States.ToDictionary(e => e.Key, e => e.Value.Revision);
            var differences = expected.Except(found).Concat(found.Except(expected)).Take(4).ToList();
            return !standby.Status!.IsStandby ? "it leads" : differences.Count == 0 ? null : $"{expected.Count} there, {found.Count} at the standby at {standby.Sequence}: {string.Join(", ", differences)}; {standby.Status}";
        });
    }
}
