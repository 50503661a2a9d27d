using System.Net;
using Bunit;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Hosting;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Live.UserData;
using ExecutionDashboard.Operations.UserData;
using ExecutionDashboard.Tests.Feed;
using ExecutionDashboard.Tests.Logs;
using ExecutionDashboard.Tests.Operations;
using ExecutionDashboard.Tests.Operations.Bulk;
using ExecutionDashboard.Tests.Operations.UserData;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace ExecutionDashboard.Tests.Components;

/// <summary>Renders pages with the product's own services, a clock that the test advances, a feed without history, and no browser.</summary>
internal sealed class PageRig : BunitContext
{
    private long _sequence;

    // Expectations are met quickly on an idle machine; on a busy one they are late, not wrong.
    static PageRig() => DefaultWaitTimeout = TimeSpan.FromSeconds(20);

    /// <param name="more">Replacements for the product's services.</param>
    public PageRig(Action<IServiceCollection>? more = null)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/shell.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/palette.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/logs.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/fleetmap.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/times.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/attention.js").Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<IControlPlane>(new TestControlPlane());
        Services.AddSingleton<IJobLogs>(Logs);
        Services.AddSingleton<IFeedAddress>(new NoFeed());
        Services.AddSingleton(sp => new FeedHistoryClient(new HttpClient(new NoHistory()), sp.GetRequiredService<IFeedAddress>(), FeedKey.Random()));
        Services.AddSingleton(sp => new ProblemClient(new HttpClient(new NoHistory()), sp.GetRequiredService<IFeedAddress>(), FeedKey.Random()));
        Services.AddSingleton<IAuditLog>(Audit);
        Services.AddSingleton<IUserDataFeed>(UserData);
        Services.AddSingleton<IBulkFeed>(new TakenRuns());
        Services.AddSingleton(new SpecFingerprints(new byte[32]));
        Services.AddPages();
        more?.Invoke(Services);
        // Takes the first service: none can be added after it.
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public static DateTimeOffset Start { get; } = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; } = new(Start);

    /// <summary>The views and preferences that the feed keeps. They are known after <see cref="ReadUserDataAsync"/>.</summary>
    public KeptUserData UserData { get; } = new();

    /// <summary>The tab's browser is known, and what the feed keeps of people is read.</summary>
    public async Task ReadUserDataAsync()
    {
        Services.GetRequiredService<Person>().UseBrowser(Browser);
        Assert.Null(await Services.GetRequiredService<UserDataExchange>().ReadAsync(default));
    }

    /// <summary>What tells the tab's browser from others.</summary>
    public const string Browser = "0123456789abcdef0123456789abcdef";

    public TestJobLogs Logs { get; } = new();

    public TestAudit Audit { get; } = new();

    public Replica Replica => Services.GetRequiredService<Replica>();

    public LiveSignals Signals => Services.GetRequiredService<LiveSignals>();

    /// <summary>The feed sends a whole fleet and its status.</summary>
    public void Load(FeedStatus status, params FleetChange[] changes) =>
        Assert.True(Replica.Apply(new FeedBatch { Reset = true, Previous = ++_sequence, Sequence = _sequence, Changes = changes, Status = status }));

    /// <summary>The feed sends changes.</summary>
    public void Follow(FeedStatus? status, params FleetChange[] changes) =>
        Assert.True(Replica.Apply(new FeedBatch { Previous = _sequence, Sequence = ++_sequence, Changes = changes, Status = status }));

    /// <summary>The same for changes with a given time.</summary>
    public void Follow(FeedStatus? status, DateTimeOffset changedAt, params FleetChange[] changes) =>
        Assert.True(Replica.Apply(new FeedBatch { Previous = _sequence, Sequence = ++_sequence, Changes = changes, ChangedAt = changedAt, Status = status }));

    /// <summary>Has these problems be found, worst first; the data is complete and fresh unless <see cref="ShowAsOld"/> says otherwise.</summary>
    public void Show(params Problem[] problems) => Services.GetRequiredService<Problems>().Show([.. problems.Select(p => new FoundProblem(p))], known: true, Start);

    /// <summary>Has these problems be found in data that is not fresh.</summary>
    public void ShowAsOld(params Problem[] problems) => Services.GetRequiredService<Problems>().Show([.. problems.Select(p => new FoundProblem(p))], known: false, Start);

    /// <summary>The status of a healthy feed.</summary>
    public static FeedStatus Good { get; } = new() { LogId = "log", ControlPlane = "http://control-plane.test", LastSuccessAt = Start };

    /// <summary>The spec of every execution.</summary>
    public static JobSpec Spec { get; } = new() { Hash = "spec-1", Name = "ingest", Json = """{"name":"ingest","config":{}}""" };

    public static FleetChange Execution(string id, KnownExecutionState state = KnownExecutionState.Running, string deployment = "", string node = "node-1") => FleetChange.Of(new Execution
    {
        Id = id, JobId = "job-1", JobVersion = 1, NodeId = node, DeploymentId = deployment, SpecHash = Spec.Hash, CreatedAt = Start, UpdatedAt = Start,
        Actual = new(ExecutionState.Of(state)), Desired = new(ExecutionState.Of(KnownExecutionState.Running)),
    });

    private sealed class NoFeed : IFeedAddress
    {
        public Uri? BaseAddress { get; } = new("http://feed.test/");
    }

    private sealed class NoHistory : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"items":[],"events":[]}""") });
    }
}
