using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Sqlite;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>Each part is killed during changes and started again: afterwards every copy of the fleet equals the control plane's, row by row.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_EachPartDuringChanges_CopiesAreEqualAndTheLogHasNoGap(bool omitsOptional)
    {
        await using var parts = new SplitParts(new() { ["Executions"] = "2000", ["ChangesPerSecond"] = "200", ["OmitOptional"] = $"{omitsOptional}" }, new() { ["ControlPlane:PollInterval"] = "00:00:00.3", ["ControlPlane:SweepInterval"] = "00:00:02" });
        await parts.StartSimulatorAsync();
        await parts.StartFeedAsync();
        var port = FreePort.Next();
        var watcher = (await parts.StartDashboardAsync()).Address;
        var restarted = await parts.StartDashboardAsync(port);
        await parts.StandsAsync(watcher, "live");
        await parts.StandsAsync(restarted.Address, "live");

        await parts.KillFeedAsync();
        await parts.StandsAsync(watcher, "reconnecting");
        await parts.StartFeedAsync();
        await parts.StandsAsync(watcher, "live");

        await restarted.KillAsync();

        await parts.KillSimulatorAsync();
        await parts.StandsAsync(watcher, "stale");
        await parts.StartSimulatorAsync();
        await parts.StandsAsync(watcher, "live");

        restarted = await parts.StartDashboardAsync(port);
        await parts.StandsAsync(restarted.Address, "live");

        // Two lists that move cannot be compared: the control plane comes back as one that only obeys.
        await parts.KillSimulatorAsync();
        await parts.StartSimulatorAsync(("ChangesPerSecond", "0"));
        var fresh = await parts.StartDashboardAsync();

        await parts.EqualsControlPlaneAsync(watcher);
        await parts.EqualsControlPlaneAsync(restarted.Address);
        // One that knew nothing has been sent what the feed holds.
        await parts.EqualsControlPlaneAsync(fresh.Address);
        await parts.KillFeedAsync();
        AssertWhole(parts.LogFile);
    }

    private static void AssertWhole(string logFile)
    {
        using var session = SqliteDatabase.OpenToRead(logFile);
        AssertWhole(session, least: 2_500);
    }

    /// <summary>The numbers of a log have neither gap nor double, and each step of a thing follows on the one before.</summary>
    internal static void AssertWhole(Session log, long least)
    {
        var count = Number(log, "SELECT count(*) FROM events");
        Assert.True(count > least, $"{count} changes: nothing happened meanwhile");
        Assert.Equal(count, Number(log, "SELECT max(seq) - min(seq) + 1 FROM events"));
        Assert.Equal(count, Number(log, "SELECT count(DISTINCT seq) FROM events"));
        // Each step of a thing starts where the one before it ended, and none is there twice.
        Assert.Equal(0, Number(log, """
            SELECT count(*) FROM (SELECT old, lag(new) OVER (PARTITION BY entity ORDER BY seq) AS before FROM events) AS steps WHERE before IS NOT NULL AND before <> old
            """));
        Assert.Equal(0, Number(log, $"""
            SELECT count(*) FROM (SELECT revision, at, new, message, lag(revision) OVER w AS revision0, lag(at) OVER w AS at0, lag(new) OVER w AS new0, lag(message) OVER w AS message0
                                  FROM events WHERE kind = {(int)FleetKind.Execution} WINDOW w AS (PARTITION BY entity ORDER BY seq)) AS steps
            WHERE revision = revision0 AND at = at0 AND new = new0 AND message = message0
            """));
    }

    private static long Number(Session log, string sql) => log.Number(sql) ?? 0;
}
