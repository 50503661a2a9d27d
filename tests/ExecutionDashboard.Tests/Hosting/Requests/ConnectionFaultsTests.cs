using System.Net.Sockets;
using ExecutionDashboard.Hosting.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Hosting.Requests;

public sealed class ConnectionFaultsTests
{
    [Fact]
    public async Task Send_SocketFails_IsAFailedRequestOfEveryClient()
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
