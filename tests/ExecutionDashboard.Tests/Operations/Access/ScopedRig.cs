using System.Net;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Hosting;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Tests.Feed;
using ExecutionDashboard.Tests.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Operations.Access;

/// <summary>The dashboard's services as the program registers them, with people who see parts of the fleet, and a feed and a control plane in memory.</summary>
internal sealed class ScopedRig : IDisposable
{
    private readonly ServiceProvider _program;
    private long _sequence;

    public ScopedRig(params FleetChange[] fleet) : this(_ => { }, fleet)
    {
    }

    /// <param name="more">More services.</param>
    /// <param name="fleet">The fleet that is loaded.</param>
    public ScopedRig(Action<IServiceCollection> more, params FleetChange[] fleet)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IControlPlane>(Server);
        services.AddSingleton<IJobLogs>(new TestJobLogs());
        services.AddSingleton<IFeedAddress>(new Address());
        services.AddSingleton(new SpecFingerprints(new byte[32]));
        services.AddSingleton<IAuditLog>(new TestAudit());
        services.AddTransient(sp => new FeedHistoryClient(new HttpClient(Feed), sp.GetRequiredService<IFeedAddress>(), FeedKey.Random(), sp.GetRequiredService<FleetSight>()));
        services.AddTransient(sp => new ProblemClient(new HttpClient(Feed), sp.GetRequiredService<IFeedAddress>(), FeedKey.Random(), sp.GetRequiredService<FleetSight>()));
        services.AddScoped<TestUser>();
        services.AddScoped<ICurrentUser>(sp => sp.GetRequiredService<TestUser>());
        more(services);
        services.AddPages();
        _program = services.BuildServiceProvider(validateScopes: true);
        Load(fleet);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    public TestControlPlane Server { get; } = new();

    public FeedReplies Feed { get; } = new();

    /// <summary>The program's own services: those of the whole fleet.</summary>
    public IServiceProvider Program => _program;

    public static ScopeRule Rule(string text) => ScopeRule.TryParse(text, out var rule, out var problem) ? rule : throw new ArgumentException(problem);

    /// <summary>Somebody opens a tab.</summary>
    public IServiceScope Open(AccessGrants grants)
    {
        var tab = _program.CreateScope();
        tab.ServiceProvider.GetRequiredService<TestUser>().Show(new DashboardUser("Ann", grants.Highest) { Grants = grants });
        return tab;
    }

    /// <summary>Somebody with one role for one part opens a tab.</summary>
    public IServiceScope Open(AccessRole role, string part) => Open(new AccessGrants(AccessRole.None, [(role, Rule(part))]));

    /// <summary>The feed sends a whole fleet.</summary>
    public void Load(params FleetChange[] fleet) =>
        Assert.True(_program.GetRequiredService<Replica>().Apply(new FeedBatch { Reset = true, Previous = ++_sequence, Sequence = _sequence, Changes = fleet, Status = new() { LogId = "log", LastSuccessAt = Time.GetUtcNow() } }));

    /// <summary>The feed sends changes.</summary>
    public void Follow(params FleetChange[] changes) =>
        Assert.True(_program.GetRequiredService<Replica>().Apply(new FeedBatch { Previous = _sequence, Sequence = ++_sequence, Changes = changes }));

    public void Dispose() => _program.Dispose();

    private sealed class Address : IFeedAddress
    {
        public Uri? BaseAddress { get; } = new("http://feed.test/");
    }

    /// <summary>A feed that answers everything alike, and notes what it was asked.</summary>
    internal sealed class FeedReplies : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];
        public string Reply { get; set; } = """{"items":[],"events":[]}""";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.PathAndQuery);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Reply, System.Text.Encoding.UTF8, "application/json") });
        }
    }
}
