using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>A log server that sends what the test tells it to, on a WebSocket at every address.</summary>
internal sealed class LyingLogs(WebApplication app) : IAsyncDisposable
{
    public string Url => app.Urls.First();

    public static async Task<LyingLogs> StartAsync(Func<HttpContext, WebSocket, Task> talk)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await talk(context, socket);
        });
        await app.StartAsync();
        return new(app);
    }

    public static Task SayAsync(WebSocket socket, string frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);

    public static async Task UntilClosedAsync(WebSocket socket)
    {
        var ignored = new byte[16];
        while ((await socket.ReceiveAsync(ignored, CancellationToken.None)).MessageType != WebSocketMessageType.Close) continue;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
