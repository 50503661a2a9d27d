using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ExecutionDashboard.IntegrationTests.Simulator;

public class PagingTests
{
    [Theory]
    [InlineData("deployment", "created_at", "desc")]
    [InlineData("rollout", "created_at", "asc")]
    public async Task ListExecutions_WhileTheFleetChanges_MeetsEveryExecutionExactlyOnce(string generation, string orderBy, string order)
    {
        await using var host = await SimulatorHost.StartAsync(("Generation", generation), ("ChangesPerSecond", 50));
        var before = host.Engine.World.Executions.From(0, descending: false).Select(e => host.Engine.World.ExecutionIds.Of(e.Ordinal).ToString()).ToHashSet();
        List<string> met = [];
        var token = "";
        do
        {
            var page = await host.Get($"executions?limit=97&order_by={orderBy}&order={order}&next_token={token}");
            met.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetString()!));
            token = page.GetProperty("next_token").GetString()!;
            host.Pass(TimeSpan.FromSeconds(1));
        }
        while (token.Length > 0);
        Assert.Equal(met.Count, met.Distinct().Count());
        Assert.Superset(before, met.ToHashSet());
    }

    [Fact]
    public async Task ListExecutions_ByUpdatedAtOnAQuietFleet_WalksAllInThatOrder()
    {
        await using var host = await SimulatorHost.StartAsync(("ChangesPerSecond", 0));
        List<DateTimeOffset> times = [];
        HashSet<string> ids = [];
        var token = "";
        do
        {
            var page = await host.Get($"executions?limit=100&order_by=updated_at&order=desc&next_token={token}");
            foreach (var execution in page.GetProperty("items").EnumerateArray())
            {
                Assert.True(ids.Add(execution.GetProperty("id").GetString()!));
                times.Add(execution.GetProperty("status").GetProperty("updated_at").GetDateTimeOffset());
            }
            token = page.GetProperty("next_token").GetString()!;
        }
        while (token.Length > 0);
        Assert.Equal(host.Engine.World.Executions.Count, ids.Count);
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task ListExecutions_WhenRowsOfThePageChanged_GoesOnBehindThem()
    {
        await using var host = await SimulatorHost.StartAsync(("ChangesPerSecond", 0));
        var world = host.Engine.World;
        var first = await host.Get("executions?limit=10&order_by=updated_at&order=desc");
        var changed = first.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetString()!).ToList();
        foreach (var id in changed)
        {
            Assert.True(world.ExecutionIds.TryParse(id, out var ordinal));
            world.Touch(world.Executions.Find(ordinal)!);
        }
        var second = await host.Get($"executions?limit=1000&order_by=updated_at&order=desc&next_token={first.GetProperty("next_token").GetString()}");
        var rest = second.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetString()!).ToList();
        Assert.Empty(rest.Intersect(changed));
        Assert.Equal(Math.Min(1000, world.Executions.Count - 10), rest.Count);
    }

    [Theory]
    [InlineData("executions?limit=1001")]
    [InlineData("executions?limit=0")]
    [InlineData("executions?limit=many")]
    [InlineData("executions?order_by=name")]
    [InlineData("executions?order=up")]
    [InlineData("executions?next_token=%21%21")]
    [InlineData("jobs?order_by=age")]
    [InlineData("nodes?labels=a%20in%20b")]
    public async Task List_AskedForNonsense_Answers400WithAMessage(string path)
    {
        await using var host = await SimulatorHost.StartAsync(("Nodes", 5), ("Jobs", 2));
        var response = await host.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.NotEmpty(body.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task List_WithNothingInIt_HasNullItems()
    {
        await using var host = await SimulatorHost.StartAsync(("Nodes", 0), ("Jobs", 0));
        foreach (var path in new[] { "executions", "nodes", "jobs", "deployments" })
        {
            var page = await host.Get(path);
            Assert.Equal(JsonValueKind.Null, page.GetProperty("items").ValueKind);
            Assert.Equal("", page.GetProperty("next_token").GetString());
        }
    }

    [Fact]
    public async Task ListExecutions_WithRepeatedFilters_ReturnsOnlyTheirs()
    {
        await using var host = await SimulatorHost.StartAsync();
        var nodes = (await host.Get("nodes?limit=3")).GetProperty("items").EnumerateArray().Select(n => n.GetProperty("id").GetString()!).ToList();
        var page = await host.Get($"executions?limit=1000&states=running&states=complete&node_ids={nodes[0]}&node_ids={nodes[2]}");
        var rows = page.GetProperty("items").EnumerateArray().ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, r =>
        {
            Assert.Contains(r.GetProperty("node_id").GetString(), new[] { nodes[0], nodes[2] });
            Assert.Contains(r.GetProperty("status").GetProperty("compute_state").GetProperty("state_type").GetString(), new[] { "running", "complete" });
        });
    }
}
