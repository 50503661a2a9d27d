using System.Globalization;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.IntegrationTests.Simulator;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.IntegrationTests.Feed;

public sealed class SimulatorFeedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("feed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("deployment", false)]
    [InlineData("deployment", true)]
    [InlineData("rollout", false)]
    [InlineData("rollout", true)]
    public async Task Watch_FleetOfEitherGenerationOverAFeedRestart_ReplicaEqualsItAndTheLogHasNoGap(string generation, bool omitsOptional)
    {
        await using var simulator = await SimulatorHost.StartAsync(("Generation", generation), ("Nodes", 40), ("Jobs", 8), ("ChangesPerSecond", 20), ("OmitOptional", omitsOptional));
        var address = simulator.Client.BaseAddress!.ToString().TrimEnd('/');
        var replica = new Replica();
        for (var run = 0; run < 2; run++)
        {
            await using var feed = await FeedHost.StartAsync(address, _folder);
            await using var connection = await feed.ConnectAsync();
            await replica.FollowAsync(connection, r => r.Status is { Loading: null, LastSuccessAt: not null });
            for (var second = 0; second < 15; second++)
            {
                simulator.Pass(TimeSpan.FromSeconds(2));
                var expected = await StatesAsync(simulator);
                await replica.FollowAsync(connection, r => Same(expected, r.States));
            }
            // Changes that the feed is not there to see.
            simulator.Pass(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(1, replica.Resets);
        Assert.Equal("", replica.Status!.Problem);
        Assert.Equal("", replica.Status.Warning);
        await AssertLogIsWholeAsync();
    }

    private static bool Same(Dictionary<string, (string State, long Revision)> expected, Dictionary<string, (string State, long Revision)> ours) =>
        ours.Count == expected.Count && expected.All(e => ours.TryGetValue(e.Key, out var state) && state == e.Value);

    private static async Task<Dictionary<string, (string State, long Revision)>> StatesAsync(SimulatorHost simulator)
    {
        var states = new Dictionary<string, (string, long)>();
        for (var token = ""; ;)
        {
            var page = await simulator.Get($"executions?limit=1000&next_token={token}");
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                var status = item.GetProperty("status");
                var state = status.TryGetProperty("observed_state", out var observed) ? observed : status.GetProperty("compute_state");
                states[item.GetProperty("id").GetString()!] =
                    (ExecutionState.Parse(state.GetProperty("state_type").GetString()).Name, status.GetProperty("revision").GetInt64());
            }
            token = page.TryGetProperty("next_token", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString()! : "";
            if (token.Length == 0) return states;
        }
    }

    // Numbers from 1 without a gap, and every step of a thing starts where the one before it ended.
    private async Task AssertLogIsWholeAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "fleet.db")};Pooling=False");
        await connection.OpenAsync();
        foreach (var sql in new[]
        {
            "SELECT max(seq) - count(*) FROM events",
            "SELECT min(seq) - 1 FROM events",
            "SELECT count(*) FROM events JOIN events before ON before.seq = events.prev WHERE before.new <> events.old OR before.entity <> events.entity",
        })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.Equal("0", Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture));
        }
    }
}
