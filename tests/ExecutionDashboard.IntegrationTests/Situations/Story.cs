using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Bunit;
using ExecutionDashboard.Components.Pages.DeploymentDetail;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.JobDetail;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Hosting;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Feed;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Audit;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Live.UserData;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using Replica = ExecutionDashboard.Live.Replica;

namespace ExecutionDashboard.IntegrationTests.Situations;

/// <summary>
/// A situation from the control plane to the page: a server with given objects, a real feed, the replica over the real hub, and the rendered pages. The pages' clock
/// is advanced by the test.
/// </summary>
internal sealed class Story : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly BunitContext _pages = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly SituationServer _server;
    private readonly FeedHost _feed;
    private readonly FeedConnection _connection;
    private IRenderedComponent<MudDialogProvider>? _dialogs;

    static Story() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(20);

    private Story(SituationServer server, FeedHost feed, TemporaryFolder folder)
    {
        (_server, _feed, _folder) = (server, feed, folder);
        _pages.JSInterop.Mode = JSRuntimeMode.Loose;
        _pages.Services.AddMudServices();
        _pages.Services.AddControlPlane(new ConfigurationBuilder().AddInMemoryCollection([new("ControlPlane:Url", server.Address.ToString())]).Build());
        _pages.Services.AddSingleton<TimeProvider>(_clock);
        _pages.Services.AddSingleton<IFeedAddress>(new Address(new Uri(feed.Address + "/")));
        _pages.Services.AddSingleton(sp => new FeedHistoryClient(new HttpClient(), sp.GetRequiredService<IFeedAddress>(), SharedKey.Key));
        _pages.Services.AddSingleton<IAuditLog>(sp => new AuditClient(new HttpClient(), sp.GetRequiredService<IFeedAddress>(), SharedKey.Key));
        _pages.Services.AddSingleton<IUserDataFeed>(sp => new UserDataClient(new HttpClient(), sp.GetRequiredService<IFeedAddress>(), SharedKey.Key));
        _pages.Services.AddSingleton<IBulkFeed>(sp => new BulkClient(new HttpClient(), sp.GetRequiredService<IFeedAddress>(), SharedKey.Key));
        _pages.Services.AddPages();
        _pages.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        // The connection keeps the real time: to it, a clock that a story moves would be a feed that fell silent.
        _connection = new FeedConnection(Replica, _pages.Services.GetRequiredService<IFeedAddress>(), SharedKey.Key, TimeProvider.System, NullLogger<FeedConnection>.Instance);
    }

    private Replica Replica => _pages.Services.GetRequiredService<Replica>();

    /// <summary>Begins a story.</summary>
    /// <param name="generation">Of the control plane: <c>deployment</c> or <c>rollout</c>.</param>
    /// <param name="given">What it has at first: kind and JSON of each thing.</param>
    public static async Task<Story> BeginAsync(string generation, params (string Kind, string Json)[] given)
    {
        var server = await SituationServer.StartAsync(generation);
        foreach (var (kind, json) in given) server.Put(kind, json);
        var folder = new TemporaryFolder();
        var story = new Story(server, await FeedHost.StartAsync(server.Address.ToString().TrimEnd('/'), folder.Path), folder);
        await story._connection.StartAsync(default);
        await story.SeenAsync();
        return story;
    }

    /// <summary>The control plane has something more, or something anew.</summary>
    /// <param name="known">Holds when the dashboard knows of it.</param>
    /// <param name="given">The things.</param>
    public async Task ThenAsync(Func<FleetStore, bool> known, params (string Kind, string Json)[] given)
    {
        foreach (var (kind, json) in given) _server.Put(kind, json);
        await SeenAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(known(Replica.Store) ? null : "the dashboard does not know of it"));
        WhenTimePasses(seconds: 1);
    }

    /// <summary>Time passes for who looks at the pages, a second at a time; nothing else happens.</summary>
    public void WhenTimePasses(int seconds)
    {
        for (var i = 0; i < seconds; i++) _clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>The page of a deployment.</summary>
    public Shown Page(string deployment) => new(_pages.Render<DeploymentBoard>(board => board.Add(b => b.Id, deployment)));

    /// <summary>The list of deployments.</summary>
    public Shown List() => new(_pages.Render<DeploymentsPage>());

    /// <summary>The overview.</summary>
    public Shown Overview() => new(_pages.Render<OverviewPage>());

    /// <summary>The page of a job.</summary>
    public Shown Job(string id) => new(_pages.Render<JobBoard>(board => board.Add(b => b.Id, id)));

    /// <summary>The dialog that a button of a page opens.</summary>
    public Shown Dialog(Shown page, string button)
    {
        if (_dialogs is null) _pages.Render<MudPopoverProvider>();
        _dialogs ??= _pages.Render<MudDialogProvider>();
        page.Click(button);
        return new Shown(_dialogs);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _connection.StopAsync(limit.Token);
        _connection.Dispose();
        await _pages.DisposeComponentsAsync();
        await EndServicesAsync();
        await _feed.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    // The control plane's client waits for the requests under way by the clock that the services have, which stands still: it is moved until all have ended.
    private async Task EndServicesAsync()
    {
        var ended = _pages.DisposeAsync().AsTask();
        await Eventually.HoldsAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(ended.IsCompleted ? null : "the services have not ended");
        });
        await ended;
    }

    private Task SeenAsync() => Eventually.HoldsAsync(() =>
    {
        var store = Replica.Store;
        var (executions, jobs, nodes) = (_server.Count("executions"), _server.Count("jobs"), _server.Count("nodes"));
        var all = Replica.Freshness.Kind == FreshnessKind.Live && store.ExecutionCount == executions && store.Jobs.Count == jobs && store.Nodes.Count == nodes
            && store.Deployments.Count >= _server.Count("deployments");
        return Task.FromResult(all ? null : $"the dashboard is {Replica.Freshness.Kind} with {store.ExecutionCount} of {executions} executions, {store.Deployments.Count} deployments: {Replica.Freshness.Problem}");
    });

    private sealed class Address(Uri feed) : IFeedAddress
    {
        public Uri? BaseAddress { get; } = feed;
    }
}

/// <summary>What is on the screen, as text. What should come is waited for.</summary>
internal sealed partial class Shown(IRenderedComponent<IComponent> component)
{
    /// <summary>A part has these texts.</summary>
    /// <param name="css">The part; empty is the whole.</param>
    /// <param name="texts">The texts.</param>
    public Shown Says(string css, params string[] texts)
    {
        component.WaitForAssertion(() =>
        {
            var shown = TextOf(css);
            foreach (var text in texts) Assert.True(shown.Contains(text, StringComparison.Ordinal), $"'{text}' is not in '{shown}'.");
        });
        return this;
    }

    /// <summary>The whole has none of these texts.</summary>
    public Shown NeverSays(params string[] texts)
    {
        var shown = TextOf("");
        foreach (var text in texts) Assert.False(shown.Contains(text, StringComparison.OrdinalIgnoreCase), $"'{text}' is in '{shown}'.");
        return this;
    }

    /// <summary>There is no such part.</summary>
    public Shown HasNo(string css)
    {
        Assert.Empty(component.FindAll(css));
        return this;
    }

    /// <summary>Clicks a button by its text.</summary>
    public void Click(string button) => component.FindAll("button").First(b => b.TextContent.Trim() == button).Click();

    // Parts that stand beside each other are read one after the other.
    private string TextOf(string css)
    {
        IEnumerable<INode> parts = css.Length == 0 ? component.Nodes : component.FindAll(css);
        return Spaces().Replace(string.Join(' ', parts.SelectMany(part => part.GetDescendants().OfType<IText>()).Select(text => text.Data)), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
