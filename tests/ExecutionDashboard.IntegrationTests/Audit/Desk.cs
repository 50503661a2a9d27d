using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Hosting;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Audit;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Operations.Targets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Replica = ExecutionDashboard.Live.Replica;

namespace ExecutionDashboard.IntegrationTests.Audit;

/// <summary>A dashboard without its pages: its copy of the fleet over the real hub, its commands, and its half of the audit.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly FeedConnection _connection;
    private readonly OperationFollow _follow;
    private readonly AuditTrail _trail;

    private Desk(Uri feed, Uri controlPlane)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddControlPlane(new ConfigurationBuilder().AddInMemoryCollection([new("ControlPlane:Url", controlPlane.ToString())]).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IFeedAddress>(new Address(feed));
        services.AddSingleton(sp => new FeedHistoryClient(new HttpClient(), sp.GetRequiredService<IFeedAddress>(), SharedKey.Key));
        services.AddSingleton<IAuditLog>(sp => new AuditClient(new HttpClient(), sp.GetRequiredService<IFeedAddress>(), SharedKey.Key));
        services.AddPages();
        _services = services.BuildServiceProvider();
        Replica = _services.GetRequiredService<Replica>();
        Operations = _services.GetRequiredService<OperationLog>();
        Audit = _services.GetRequiredService<IAuditLog>();
        var scope = _services.CreateScope();
        Targets = scope.ServiceProvider.GetRequiredService<OperationTargets>();
        Stop = scope.ServiceProvider.GetRequiredService<StopOperations>();
        _trail = _services.GetRequiredService<AuditTrail>();
        _connection = new FeedConnection(Replica, new Address(feed), SharedKey.Key, TimeProvider.System, NullLogger<FeedConnection>.Instance);
        _follow = new OperationFollow(Replica, Operations, Audit, _services.GetRequiredService<LiveSignals>(), TimeProvider.System, NullLogger<OperationFollow>.Instance);
    }

    public Replica Replica { get; }

    public OperationLog Operations { get; }

    public IAuditLog Audit { get; }

    public StopOperations Stop { get; }

    public OperationTargets Targets { get; }

    /// <summary>Opens it; the fleet is loaded.</summary>
    public static async Task<Desk> OpenAsync(SplitParts parts)
    {
        var desk = new Desk(parts.FeedAddress, new Uri(parts.SimulatorAddress, "simulator/api/v1"));
        await desk._trail.StartAsync(CancellationToken.None);
        await desk._connection.StartAsync(CancellationToken.None);
        await desk._follow.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(desk.Replica.Freshness is { IsLoaded: true, Kind: FreshnessKind.Live } ? null : desk.Replica.Freshness.Problem + desk.Replica.Freshness.Kind));
        return desk;
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in (Microsoft.Extensions.Hosting.BackgroundService[])[_follow, _connection, _trail])
        {
            await service.StopAsync(CancellationToken.None);
            service.Dispose();
        }
        await _services.DisposeAsync();
    }

    private sealed class Address(Uri feed) : IFeedAddress
    {
        public Uri? BaseAddress { get; } = feed;
    }
}
