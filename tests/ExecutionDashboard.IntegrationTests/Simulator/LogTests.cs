using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace ExecutionDashboard.IntegrationTests.Simulator;

public class LogTests
{
    [Fact]
    public async Task Logs_OfAJob_ComeAsLokiFrames()
    {
        await using var host = await SimulatorHost.StartAsync(("ChangesPerSecond", 0));
        var id = (await host.Get("executions?limit=1&states=running")).GetProperty("items")[0].GetProperty("job_id").GetString();
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        await socket.ConnectAsync(new UriBuilder(new Uri(host.Client.BaseAddress!, $"jobs/{id}/logs")) { Scheme = "ws" }.Uri, patience.Token);
        var buffer = new byte[256 * 1024];
        var frame = await socket.ReceiveAsync(buffer, patience.Token);
        Assert.True(frame.EndOfMessage);
        using var document = JsonDocument.Parse(buffer.AsMemory(0, frame.Count));
        var streams = document.RootElement.GetProperty("streams");
        Assert.InRange(streams.GetArrayLength(), 1, 20);
        Assert.Equal(id, streams[0].GetProperty("stream").GetProperty("pipeline_id").GetString());
        Assert.Equal(2, streams[0].GetProperty("values")[0].GetArrayLength());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
    }

    [Fact]
    public async Task Logs_WithoutAnUpgrade_AreRefused()
    {
        await using var host = await SimulatorHost.StartAsync(("ChangesPerSecond", 0), ("Nodes", 20));
        var id = (await host.Get("jobs?limit=1")).GetProperty("items")[0].GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync($"jobs/{id}/logs")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("jobs/none/logs")).StatusCode);
    }
}
