using System.Net;
using System.Text.Json;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>The program with recorded replies: all data arrives, and no secret gets out.</summary>
public sealed class RecordedRepliesTests : IAsyncLifetime
{
    private FixtureServer _server = null!;
    private WatchingProgram _program = null!;

    public async Task InitializeAsync()
    {
        _server = await FixtureServer.StartAsync();
        _program = await WatchingProgram.StartAsync(_server.Address, executions: 3);
    }

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Export_RecordedExecutions_HaveEveryFieldThatWasSent()
    {
        var all = await ExecutionFacts.OfExportAsync(_program.Http, _program.Address);

        Assert.Equal(FixtureServer.Ids.Order(), all.Keys.Order());
        Assert.Equal(
            new ExecutionFacts(
                "exec-full-1", "job-90cc17", 3, "pipeline", "harbour", "node-quay-07", "dep-5", "eval-77", "completed", "Done", "stopped", "Replaced",
                "error_code=E7; hint={\"try\":\"again\"}", "exec-full-0", "exec-full-2", 41,
                new DateTimeOffset(2026, 2, 11, 9, 0, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567), new DateTimeOffset(2026, 2, 11, 9, 4, 45, TimeSpan.Zero)),
            all["exec-full-1"] with { Details = all["exec-full-1"].Details.Replace(" ", "", StringComparison.Ordinal).Replace(";", "; ", StringComparison.Ordinal) });
        Assert.Equal(("running", "running", 8L), (all["exec-d41f00aa92"].State, all["exec-d41f00aa92"].Desired, all["exec-d41f00aa92"].Revision));
        Assert.Equal(("degraded", "output: broker closed the connection (retrying)"), (all["exec-b7c1"].State, all["exec-b7c1"].Message));
    }

    [Fact]
    public async Task Health_DeploymentsNotOffered_IsHealthy()
    {
        // Once its pages have been asked for.
        await Eventually.HoldsAsync(async () =>
        {
            using var reply = await _program.Http.GetAsync(new Uri(_program.Address, "health/ready"));
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            using var health = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
            return health.RootElement.GetProperty("status").GetString() == "healthy" ? null : health.RootElement.ToString();
        });
    }

    [Fact]
    public async Task Get_History_HasTheServersPart()
    {
        var history = await _program.GetStringAsync("feed/v1/executions/exec-b7c1/history");

        Assert.Contains("BROKER_CLOSED", history, StringComparison.Ordinal);
        Assert.Contains("Execution running", history, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export/executions.csv")]
    [InlineData("export/executions.json")]
    [InlineData("executions/exec-b7c1")]
    [InlineData("feed/v1/executions/exec-b7c1/history")]
    [InlineData("feed/v1/status")]
    [InlineData("health/ready")]
    public async Task Get_AnyReply_HasNoSecret(string path) =>
        Assert.DoesNotContain(FixtureServer.Secret, await _program.GetStringAsync(path), StringComparison.Ordinal);
}
