using System.Collections.Concurrent;
using System.Net;
using ExecutionDashboard.ControlPlane;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>A real HTTP server on a free port with replies by the test, and the client as the product registers it.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<ServiceProvider> _clients = [];
    private readonly CancellationTokenSource _stopped = new();

    private ServerUnderTest(WebApplication app) => _app = app;

    /// <summary>Every request in the order of arrival.</summary>
    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>Cancelled when the server stops, for replies that never come.</summary>
    public CancellationToken Stopped => _stopped.Token;

    public string Url { get; private set; } = "";

    public sealed record Asked(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

    public static async Task<ServerUnderTest> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new ServerUnderTest(app);
        app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            server.Requests.Enqueue(new Asked(
                context.Request.Method, target,
                context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await body.ReadToEndAsync()));
            await answer(context);
        });
        await app.StartAsync();
        server.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return server;
    }

    /// <summary>Answers every request with one JSON text.</summary>
    public static Task<ServerUnderTest> StartAsync(string json, int status = 200) => StartAsync(context => context.AnswerAsync(json, status));

    /// <summary>The client, with settings under <c>ControlPlane:</c>; its address is the server's unless they say otherwise.</summary>
    public IControlPlane Client(params (string Key, string Value)[] settings) => Client(null, settings);

    /// <summary>The client with more services.</summary>
    public IControlPlane Client(Action<IServiceCollection>? more, params (string Key, string Value)[] settings) => Services(more, settings).GetRequiredService<IControlPlane>();

    /// <summary>Gives the client another clock.</summary>
    public static Action<IServiceCollection> On(TimeProvider time) => services => services.AddSingleton(time);

    /// <summary>The failure of a call, which must have failed with a short message.</summary>
    public static async Task<ControlPlaneFailure> FailureOf<T>(Task<ControlPlaneResult<T>> call)
    {
        var result = await call;
        Assert.False(result.Succeeded);
        Assert.InRange(result.Failure.Message.Length, 1, 500);
        return result.Failure;
    }

    /// <summary>The client of viewers, and the one of the feed.</summary>
    public (IControlPlane Viewers, IControlPlane Watching) Clients(params (string Key, string Value)[] settings)
    {
        var services = Services(null, settings);
        return (services.GetRequiredService<IControlPlane>(), services.GetRequiredKeyedService<IControlPlane>(ControlPlaneServices.Watching));
    }

    private ServiceProvider Services(Action<IServiceCollection>? more, (string Key, string Value)[] settings)
    {
        var configured = new Dictionary<string, string?> { ["ControlPlane:Url"] = Url };
        foreach (var (key, value) in settings) configured["ControlPlane:" + key] = value;
        var services = new ServiceCollection();
        services.AddLogging();
        more?.Invoke(services);
        services.AddControlPlane(new ConfigurationBuilder().AddInMemoryCollection(configured).Build());
        var provider = services.BuildServiceProvider();
        _clients.Add(provider);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        foreach (var client in _clients) await client.DisposeAsync();
        await _app.DisposeAsync();
        _stopped.Dispose();
    }
}

/// <summary>Short forms of answers.</summary>
internal static class Answers
{
    public static Task AnswerAsync(this HttpContext context, string body, int status = 200, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }
}
