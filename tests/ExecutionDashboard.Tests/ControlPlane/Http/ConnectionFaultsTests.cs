using System.Net.Sockets;
using ExecutionDashboard.ControlPlane.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.ControlPlane.Http;

public sealed class ConnectionFaultsTests
{
    // Without the handler one in ten to one in a hundred is the error of the socket.
    [Fact]
    public async Task Send_ConnectionResetAtOnce_IsAFailedRequestEachTime()
    {
        using var server = new ResettingServer();
        var address = new Uri($"http://127.0.0.1:{server.Port}/");

        for (var i = 0; i < 1_000; i++)
        {
            using var http = new HttpClient(new ConnectionFaults(new SocketsHttpHandler()));
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(address));
        }
    }

    [Fact]
    public async Task Send_SocketFails_IsAFailedRequestOfEveryClientOfTheFactory()
    {
        var services = new ServiceCollection();
        ConnectionFaults.Tell(services);
        services.AddHttpClient("some").ConfigurePrimaryHttpMessageHandler(() => new Broken(new SocketException((int)SocketError.NotConnected)));
        services.AddHttpClient("other").ConfigurePrimaryHttpMessageHandler(() => new Broken(new OperationCanceledException()));
        await using var provider = services.BuildServiceProvider();
        var clients = provider.GetRequiredService<IHttpClientFactory>();

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => clients.CreateClient("some").GetAsync(new Uri("http://feed/")));
        Assert.Equal(HttpRequestError.ConnectionError, fault.HttpRequestError);
        Assert.IsType<SocketException>(fault.InnerException);
        await Assert.ThrowsAsync<OperationCanceledException>(() => clients.CreateClient("other").GetAsync(new Uri("http://feed/")));
    }

    private sealed class Broken(Exception fault) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromException<HttpResponseMessage>(fault);
    }
}
