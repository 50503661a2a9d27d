using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Storage.PostgreSql;

namespace ExecutionDashboard.IntegrationTests.Storage;

/// <summary>The parts as processes of their own over PostgreSQL: database and feed are killed during changes, and afterwards nothing is missing, and nothing there twice.</summary>
public sealed class PostgresPartsTests
{
    [Fact]
    public async Task Kill_DatabaseAndFeedDuringChanges_CopiesAreEqualAndTheLogHasNoGap()
    {
        using var server = new PostgresServer();
        Dictionary<string, string> storage = new() { ["Storage:Provider"] = "PostgreSql", ["Storage:ConnectionString"] = server.ConnectionString };
        await using var parts = new SplitParts(
            new() { ["Executions"] = "500", ["ChangesPerSecond"] = "100" },
            new(storage) { ["ControlPlane:PollInterval"] = "00:00:00.3", ["ControlPlane:SweepInterval"] = "00:00:02" });
        await parts.StartSimulatorAsync();
        await parts.StartFeedAsync();
        var watcher = (await parts.StartDashboardAsync(settings: storage)).Address;
        await parts.StandsAsync(watcher, "live");

        server.Kill();
        await parts.StandsAsync(watcher, "stale");
        server.Start();
        await parts.StandsAsync(watcher, "live");
        await parts.KillFeedAsync();
        await parts.StartFeedAsync();
        await parts.StandsAsync(watcher, "live");

        await parts.KillSimulatorAsync();
        await parts.StartSimulatorAsync(("ChangesPerSecond", "0"));
        await parts.EqualsControlPlaneAsync(watcher);
        await parts.KillFeedAsync();
        using var session = PgDatabase.OpenToRead(server.ConnectionString);
        RestartTests.AssertWhole(session, least: 500);
        // The page of the dashboard has asked for a key by now.
        Assert.True(session.Number("SELECT count(*) FROM protection_keys") > 0);
        Assert.False(Directory.Exists(Path.Combine(Path.GetDirectoryName(parts.LogFile)!, "data", "keys")));
    }
}
