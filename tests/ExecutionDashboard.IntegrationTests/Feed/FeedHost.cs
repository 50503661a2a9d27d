using System.Net;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.IntegrationTests.Feed;

/// <summary>A feed on a real port with a real server.</summary>
internal sealed class FeedHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FeedHost(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<FeedHost> StartAsync(string controlPlane, string folder, Dictionary<string, string?>? settings = null, TimeProvider? time = null, Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ControlPlane:Url"] = controlPlane,
            ["ControlPlane:PollInterval"] = "00:00:00.1",
            ["ControlPlane:SweepInterval"] = "00:00:00.5",
            ["Storage:ConnectionString"] = Path.Combine(folder, "fleet.db"),
        });
        if (settings is not null) builder.Configuration.AddInMemoryCollection(settings);
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(SharedKey.Key).AddControlPlane(builder.Configuration).AddFeed(builder.Configuration);
        var app = builder.Build();
        if (map is null) app.MapFeed();
        else map(app);
        await app.StartAsync();
        return new FeedHost(app);
    }

    public Task<HubConnection> ConnectAsync() => ConnectAsync(Address);

    /// <summary>A connection to the hub of a feed.</summary>
    public static async Task<HubConnection> ConnectAsync(string address)
    {
        var connection = new HubConnectionBuilder().WithUrl(address + FeedContract.HubPath, http => http.AccessTokenProvider = () => Task.FromResult<string?>(SharedKey.Value))
            .AddJsonProtocol(json => FeedContract.Configure(json.PayloadSerializerOptions)).Build();
        await connection.StartAsync();
        return connection;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
