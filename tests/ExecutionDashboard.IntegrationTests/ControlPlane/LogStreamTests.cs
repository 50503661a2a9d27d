using System.Net.WebSockets;
using System.Text;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.IntegrationTests.Simulator;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>Logs over real WebSockets: from the simulator, and from servers that break the protocol.</summary>
public class LogStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Follow_Simulator_GivesLinesOfTheJobAndOfOneNode()
    {
        await using var host = await SimulatorHost.StartAsync(("ChangesPerSecond", 0), ("Nodes", 20));
        await using var services = Services(host.Client.BaseAddress!.ToString());
        var logs = services.GetRequiredService<IJobLogs>();
        var execution = (await host.Get("executions?limit=1&states=running")).GetProperty("items")[0];
        var (job, node) = (execution.GetProperty("job_id").GetString()!, execution.GetProperty("node_id").GetString()!);

        await using var all = (await logs.FollowAsync(new LogRequest(job) { Since = host.Clock.GetUtcNow().AddSeconds(-5) })).Value!;
        var lines = await TakeAsync(all, 12);
        Assert.All(lines, l => Assert.InRange(l.At!.Value, host.Clock.GetUtcNow().AddSeconds(-6), host.Clock.GetUtcNow().AddSeconds(1)));
        Assert.All(lines, l => Assert.NotEqual(LogLevelName.None, l.Level));
        await using var one = (await logs.FollowAsync(new LogRequest(job) { NodeId = node, Since = host.Clock.GetUtcNow().AddSeconds(-5) })).Value!;
        Assert.All(await TakeAsync(one, 5), l => Assert.Equal(node, l.NodeId));

        var missing = await logs.FollowAsync(new LogRequest("none"));
        Assert.Equal(ControlPlaneError.NotFound, missing.Failure?.Error);
    }

    [Fact]
    public async Task Follow_AsksWithTokenQueryAndStart()
    {
        var asked = new TaskCompletionSource<HttpRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LyingLogs.StartAsync(async (context, socket) =>
        {
            Assert.Equal("Bearer t0ken", context.Request.Headers.Authorization);
            Assert.StartsWith("ExecutionDashboard/", context.Request.Headers.UserAgent.ToString(), StringComparison.Ordinal);
            Assert.Equal("""{service_name="expanso-edge"} | pipeline_id = "j\"1" """.TrimEnd(), context.Request.Query["query"].ToString());
            Assert.Equal(("1793534400000000000", "n/1"), (context.Request.Query["start"].ToString(), context.Request.Query["node_id"].ToString()));
            asked.SetResult(context.Request);
            await LyingLogs.SayAsync(socket, Frame("hello"));
            await LyingLogs.UntilClosedAsync(socket);
        });
        await using var services = Services(server.Url, ("ControlPlane:Token", "t0ken"));
        var logs = services.GetRequiredService<IJobLogs>();
        await using var stream = (await logs.FollowAsync(new LogRequest("j\"1") { NodeId = "n/1", Since = DateTimeOffset.FromUnixTimeSeconds(1_793_534_400) })).Value!;
        Assert.Equal("hello", (await TakeAsync(stream, 1))[0].Text);
        Assert.True(asked.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Follow_CloseReasonWithSecrets_HidesThem()
    {
        const string Token = "Very-Secret/Token+1234";
        await using var server = await LyingLogs.StartAsync((_, socket) =>
            socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, $"{Token[..12].ToUpperInvariant()} not allowed at loki, password=hunter2", CancellationToken.None));
        await using var services = Services(server.Url, ("ControlPlane:Token", Token));
        await using var stream = (await services.GetRequiredService<IJobLogs>().FollowAsync(new LogRequest("j"))).Value!;
        Assert.Equal("The control plane ended the log: [hidden] not allowed at loki, password=•••", (await stream.Ended.WaitAsync(Patience, TimeProvider.System)).Message);
    }

    [Fact]
    public async Task Follow_FramesThatLie_ArePassedOverAndCounted()
    {
        await using var server = await LyingLogs.StartAsync(async (_, socket) =>
        {
            await LyingLogs.SayAsync(socket, "not json");
            await LyingLogs.SayAsync(socket, """{"streams":[{"values":[7]}]}""");
            await socket.SendAsync(new byte[] { 0xff, 0xfe, 0x00 }, WebSocketMessageType.Binary, true, CancellationToken.None);
            await LyingLogs.SayAsync(socket, Frame(new string('x', LogStream.LongestFrame)));
            foreach (var part in Frame("in many parts").Chunk(3))
                await socket.SendAsync(Encoding.UTF8.GetBytes(part), WebSocketMessageType.Text, false, CancellationToken.None);
            await socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Text, true, CancellationToken.None);
            await socket.CloseAsync(WebSocketCloseStatus.InternalServerError, "log store\u0001restarts", CancellationToken.None);
        });
        await using var services = Services(server.Url);
        await using var stream = (await services.GetRequiredService<IJobLogs>().FollowAsync(new LogRequest("j"))).Value!;
        Assert.Equal("in many parts", Assert.Single(await TakeAsync(stream, 1)).Text);
        Assert.Equal("The control plane ended the log: log store restarts", (await stream.Ended.WaitAsync(Patience, TimeProvider.System)).Message);
        Assert.Equal(4, stream.Unreadable);
    }

    [Fact]
    public async Task Follow_Flood_DropsTheOldestAndCountsThem()
    {
        await using var server = await LyingLogs.StartAsync(async (_, socket) =>
        {
            for (var i = 0; i < 10; i++) await LyingLogs.SayAsync(socket, Frame([.. Enumerable.Range(i * 1_000, 1_000).Select(n => $"line {n}")]));
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
        await using var services = Services(server.Url);
        await using var stream = (await services.GetRequiredService<IJobLogs>().FollowAsync(new LogRequest("j"))).Value!;
        await stream.Ended.WaitAsync(Patience, TimeProvider.System);
        var lines = await TakeAsync(stream, LogStream.MostWaiting);
        Assert.Equal(("line 6000", "line 9999", 6_000L), (lines[0].Text, lines[^1].Text, stream.Dropped));
    }

    [Theory]
    [InlineData(401, ControlPlaneError.Unauthorized)]
    [InlineData(403, ControlPlaneError.Forbidden)]
    [InlineData(405, ControlPlaneError.NotOffered)]
    [InlineData(501, ControlPlaneError.NotOffered)]
    [InlineData(200, ControlPlaneError.NotOffered)]
    [InlineData(302, ControlPlaneError.NotOffered)]
    [InlineData(500, ControlPlaneError.Unexpected)]
    public async Task Follow_UpgradeRefused_SaysWhy(int status, ControlPlaneError error)
    {
        await using var server = await ServerUnderTest.StartAsync("""{"message":"no"}""", status);
        await using var services = Services(server.Url);
        var answer = await services.GetRequiredService<IJobLogs>().FollowAsync(new LogRequest("j"));
        Assert.Equal(error, answer.Failure?.Error);
    }

    [Theory]
    [InlineData("""{"job":{"id":"j"}}""", 200, ControlPlaneError.NotOffered)]
    [InlineData("""{"message":"job j not found"}""", 404, ControlPlaneError.NotFound)]
    public async Task Follow_NotFound_TellsMissingLogsFromMissingJob(string job, int status, ControlPlaneError error)
    {
        await using var server = await ServerUnderTest.StartAsync(context =>
            context.Request.Path.Value!.EndsWith("/logs", StringComparison.Ordinal) ? context.AnswerAsync("404 page not found", 404) : context.AnswerAsync(job, status));
        await using var services = Services(server.Url);
        Assert.Equal(error, (await services.GetRequiredService<IJobLogs>().FollowAsync(new LogRequest("j"))).Failure?.Error);
    }

    [Fact]
    public async Task Follow_NobodyThere_IsUnreachable()
    {
        await using var services = Services("http://127.0.0.1:9");
        Assert.Equal(ControlPlaneError.Unreachable, (await services.GetRequiredService<IJobLogs>().FollowAsync(new LogRequest("j"))).Failure?.Error);
        Assert.Equal(ControlPlaneError.Invalid, (await services.GetRequiredService<IJobLogs>().FollowAsync(new LogRequest(".."))).Failure?.Error);
    }

    private static string Frame(params string[] lines) =>
        $$"""{"streams":[{"stream":{"level":"info"},"values":[{{string.Join(',', lines.Select(l => $"[\"1793534400000000000\",\"{l}\"]"))}}]}]}""";

    private static async Task<List<LogLine>> TakeAsync(LogStream stream, int count)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var lines = new List<LogLine>();
        while (lines.Count < count) lines.Add(await stream.Lines.ReadAsync(patience.Token));
        return lines;
    }

    private static ServiceProvider Services(string url, params (string Key, string Value)[] settings) =>
        new ServiceCollection().AddLogging().AddControlPlane(new ConfigurationBuilder()
            .AddInMemoryCollection([new("ControlPlane:Url", url), .. settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))]).Build()).BuildServiceProvider();
}
