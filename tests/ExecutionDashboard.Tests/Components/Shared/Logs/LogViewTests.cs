using Bunit;
using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Logs;
using ExecutionDashboard.Components.Shared.Times;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Logs;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Tests.Operations;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Shared.Logs;

/// <summary>The log view, without its virtualised rows, which need a browser.</summary>
public sealed class LogViewTests : IAsyncLifetime
{
    private readonly PageRig _rig = new(services => services.AddScoped<IClientOrigin>(_ => new TestOrigin()));

    public Task InitializeAsync()
    {
        _rig.Load(PageRig.Good);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Lines_AreCountedByLevelAndSearched()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        socket.Says("kafka refused", "error");
        socket.Says("all fine");
        await UntilAsync(view, () => Assert.Contains("2 lines shown of 2", Status(view), StringComparison.Ordinal));
        Assert.Contains("error 1", view.Find(".log-bar").TextContent, StringComparison.Ordinal);

        await TypeAsync(view, "KAFKA");
        Assert.Contains("1 line shown of 2", Status(view), StringComparison.Ordinal);
        Assert.Equal("kafka", view.Find(".log-line mark").TextContent);
        await view.InvokeAsync(() => view.FindAll(".state-toggle").First(b => b.TextContent.Contains("error", StringComparison.Ordinal)).Click());
        Assert.Contains("No line matches", view.Markup, StringComparison.Ordinal);
        await view.InvokeAsync(() => view.FindAll("button").First(b => b.TextContent == "Clear the filters").Click());
        Assert.Contains("2 lines shown", Status(view), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_FromALineOrOfASpan_ShowsNoOthers()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        var now = PageRig.Start.ToUnixTimeSeconds();
        foreach (var (text, ago) in new[] { ("one", 7_000), ("two", 200), ("three", 10) }) socket.Says(text, second: now - ago);
        await UntilAsync(view, () => Assert.Contains("3 lines shown of 3", Status(view), StringComparison.Ordinal));

        await view.InvokeAsync(() => view.FindAll(".log-line")[1].Click());
        await PressAsync(view, "From here");
        Assert.Equal(["two", "three"], Texts(view));
        await PressAsync(view, "Until here");
        Assert.Equal(["two"], Texts(view));
        await ChooseAsync(view, TimeRange.All);
        Assert.Equal(["one", "two", "three"], Texts(view));
        await ChooseAsync(view, TimeRange.Last(TimeSpan.FromMinutes(5)));
        Assert.Equal(["two", "three"], Texts(view));
        await ChooseAsync(view, TimeRange.Of(Moment.Before(TimeSpan.FromHours(3)), Moment.Before(TimeSpan.FromMinutes(1))));
        Assert.Equal(["one", "two"], Texts(view));
        // A range that moves on leaves out what grows too old, unless the view is paused, as it is since a line was opened.
        await view.InvokeAsync(() => view.Find(".log-follow").Click());
        await ChooseAsync(view, TimeRange.Last(TimeSpan.FromSeconds(20)));
        Assert.Equal(["three"], Texts(view));
        await UntilAsync(view, () =>
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
            socket.Says("four", second: _rig.Time.GetUtcNow().ToUnixTimeSeconds());
            Assert.DoesNotContain("three", Texts(view));
        });
    }

    [Fact]
    public async Task Filter_OfTheLanguage_IsInTheAddressOfWhicheverPage()
    {
        var socket = _rig.Logs.Opens();
        Navigation.NavigateTo("executions?node=edge-1&open=e1&tab=logs&log_node=node-2&log_filter=-level%3Ainfo&log_from=moon");
        var view = _rig.Render<LogView>(v => v.Add(x => x.JobId, "job-1").Add(x => x.Prefix, LogQuery.InPanel));
        socket.Says("one", "error", node: "node-1");
        socket.Says("two", "error", node: "node-2");
        socket.Says("three", node: "node-2");
        await UntilAsync(view, () => Assert.Equal(["two"], Texts(view)));
        // What cannot be read filters nothing, and is marked.
        Assert.Contains("moon", view.Find(".chip.odd").TextContent, StringComparison.Ordinal);
        Assert.Equal("node-2", view.Find(".log-nodes input").GetAttribute("value"));

        await TypeAsync(view, "-node:node-1 has:level nonsense:1");
        await UntilAsync(view, () => Assert.Equal(["two", "three"], Texts(view)));
        Assert.Contains("have no filter 'nonsense'", view.Find(".filter-problems").TextContent, StringComparison.Ordinal);
        var address = new Uri(Navigation.Uri).PathAndQuery;
        Assert.StartsWith("/executions?node=edge-1&open=e1&tab=logs&log_filter=", address, StringComparison.Ordinal);
        Assert.DoesNotContain("moon", address, StringComparison.Ordinal);
        // Another sort of the list keeps the log of the execution that stays open.
        Assert.Equal("executions?open=e1&log_q=x&saved=v", ViewAddress.Keep("executions?open=e1", "executions?node=n&open=e1&log_filter=x&saved=v"));
        Assert.Equal("executions?open=e2", ViewAddress.Keep("executions?open=e2", "executions?open=e1&log_filter=x"));

        await view.InvokeAsync(() => Navigation.NavigateTo("executions?open=e1&tab=logs&log_q=on"));
        await UntilAsync(view, () => Assert.Equal(["one"], Texts(view)));
    }

    [Fact]
    public async Task Pause_HoldsStillAndCountsWhatComes()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        socket.Says("one");
        await UntilAsync(view, () => Assert.Contains("1 line shown of 1", Status(view), StringComparison.Ordinal));
        await view.InvokeAsync(() => _rig.Services.GetRequiredService<Viewer>().PressAsync("p"));
        socket.Says("two");
        socket.Says("three");
        await UntilAsync(view, () => Assert.Equal("Follow, 2 new", view.Find(".log-follow").TextContent));
        Assert.Contains("1 line shown of 3", Status(view), StringComparison.Ordinal);
        await view.InvokeAsync(() => view.Find(".log-follow").Click());
        Assert.Contains("3 lines shown of 3", Status(view), StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_IsDrawnWithoutAskingTheBrowserForIt()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        for (var i = 1; i <= 250; i++) socket.Says($"line {i}.");
        await UntilAsync(view, () => Assert.Contains("250 lines shown of 250", Status(view), StringComparison.Ordinal));
        var drawn = view.FindAll(".log-line .log-text").Select(l => l.TextContent).ToArray();
        Assert.Equal(Enumerable.Range(151, 100).Select(i => $"line {i}."), drawn.TakeLast(100));
        await view.InvokeAsync(() => view.FindAll(".log-line").Last().Click());
        Assert.Contains("line 250.", view.Find(".log-picked pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StackTrace_IsOneRowAndKeepsItsLinesWhereItIsOpened()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        socket.Says("\u001b[31mboom\u001b[0m\n\tat A.B()\n\tat C.D()", "error");
        await UntilAsync(view, () => Assert.Contains("1 line shown of 1", Status(view), StringComparison.Ordinal));
        Assert.Equal("boom ⏎ \tat A.B() ⏎ \tat C.D()", view.Find(".log-line .log-text").TextContent);
        Assert.Equal("false", view.Find(".log-line").GetAttribute("aria-expanded"));

        await view.InvokeAsync(() => view.Find(".log-line").ClickAsync(new()));
        Assert.Equal("true", view.Find(".log-line").GetAttribute("aria-expanded"));
        Assert.Equal("boom\n\tat A.B()\n\tat C.D()", view.Find(".log-picked pre").TextContent);
        await view.InvokeAsync(() => view.FindAll("button").First(b => b.TextContent == "Wrap").ClickAsync(new()));
        Assert.Equal("boom\n\tat A.B()\n\tat C.D()", view.Find(".log-line .log-text").TextContent);
    }

    [Fact]
    public async Task Ended_ItsLastLinesStandStillAndWhatCameSinceWaits()
    {
        var ended = _rig.Time.GetUtcNow().AddMinutes(-1);
        var socket = _rig.Logs.Opens();
        var view = _rig.Render<LogView>(v => v.Add(x => x.JobId, "job-1").Add(x => x.NodeId, "node-1").Add(x => x.Ended, ended));
        socket.Says("panic", "error", ended.ToUnixTimeSeconds());
        socket.Says("starts", second: ended.AddSeconds(2).ToUnixTimeSeconds());
        socket.Says("works", second: ended.AddSeconds(3).ToUnixTimeSeconds());
        await UntilAsync(view, () => Assert.Equal("Follow, 2 new", view.Find(".log-follow").TextContent));
        Assert.Equal(["panic", "This execution ended here. Next are the lines of the job on this node since then."], view.FindAll(".log-line .log-text").Select(l => l.TextContent));
        await view.InvokeAsync(() => view.Find(".log-follow").ClickAsync(new()));
        Assert.Contains("4 lines shown of 4", Status(view), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_IsChosenAmongThoseThatWrote()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        socket.Says("one", node: "node-1");
        socket.Says("two", node: "node-2");
        socket.Says("three", node: "node-2");
        await UntilAsync(view, () => Assert.Contains("3 lines shown of 3", Status(view), StringComparison.Ordinal));
        Assert.Equal(["node-1", "node-2"], view.FindAll(".log-nodes option").Select(o => o.GetAttribute("value")));
        await view.InvokeAsync(() => view.Find(".log-nodes input").InputAsync(new() { Value = "E-2" }));
        Assert.Equal(["node-2"], view.FindAll(".log-nodes option").Select(o => o.GetAttribute("value")));
        await view.InvokeAsync(() => view.Find(".log-nodes input").ChangeAsync(new() { Value = "E-2" }));
        Assert.Contains("2 lines shown of 3", Status(view), StringComparison.Ordinal);
        Assert.Equal("node-2", view.Find(".log-nodes input").GetAttribute("value"));
        await view.InvokeAsync(() => view.Find(".log-nodes input").ChangeAsync(new() { Value = "node" }));
        Assert.Contains("Several nodes match 'node'.", view.Find(".log-nodes").TextContent, StringComparison.Ordinal);
        await view.InvokeAsync(() => view.Find(".log-nodes input").ChangeAsync(new() { Value = "moon" }));
        Assert.Contains("No node is called 'moon'.", view.Find(".log-nodes").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 lines shown of 3", Status(view), StringComparison.Ordinal);
        await view.InvokeAsync(() => view.Find(".log-nodes button").Click());
        Assert.Contains("3 lines shown of 3", Status(view), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_IsInTheAuditWithItsLines()
    {
        using var trail = _rig.Services.GetRequiredService<AuditTrail>();
        await trail.StartAsync(CancellationToken.None);
        var socket = _rig.Logs.Opens();
        var view = View();
        socket.Says("one");
        socket.Says("two");
        await UntilAsync(view, () => Assert.Contains("2 lines shown of 2", Status(view), StringComparison.Ordinal));

        await view.InvokeAsync(() => view.FindAll("button").Single(button => button.TextContent == "Download").Click());

        await OperationRig.UntilAsync(() => _rig.Audit.Outcomes == "asked done");
        var entry = _rig.Audit.Rows[0].Entry;
        Assert.Equal(("somebody at 10.0.0.7", "10.0.0.7", AuditActions.Export, new AuditTarget(AuditTarget.Job, "job-1", "Log of job-1"), "2 lines"), (entry.Who, entry.From, entry.Action, entry.Target, entry.Numbers));
        await trail.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task ScrolledBack_Pauses()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        socket.Says("one");
        await UntilAsync(view, () => Assert.Contains("1 line shown", Status(view), StringComparison.Ordinal));
        await view.InvokeAsync(view.Instance.ScrolledBack);
        Assert.Contains("Paused", Status(view), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotOffered_IsSaidAndCanBeTriedAgain()
    {
        _rig.Logs.Refuses(new(ControlPlaneError.NotOffered, "status 404", 404));
        var view = View();
        await UntilAsync(view, () => Assert.Contains("This control plane does not offer logs.", Status(view), StringComparison.Ordinal));
        var socket = _rig.Logs.Opens();
        await view.InvokeAsync(() => view.FindAll("button").First(b => b.TextContent == "Try again").Click());
        socket.Says("there");
        await UntilAsync(view, () => Assert.Contains("1 line shown of 1", Status(view), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lost_IsSaidWithTheLinesKept()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        socket.Says("one");
        await UntilAsync(view, () => Assert.Contains("1 line shown of 1", Status(view), StringComparison.Ordinal));
        socket.Breaks();
        await UntilAsync(view, () => Assert.Contains("Disconnected: The connection to the log broke.", Status(view), StringComparison.Ordinal));
        Assert.Contains("2 lines shown of 2", Status(view), StringComparison.Ordinal);
    }

    private NavigationManager Navigation => _rig.Services.GetRequiredService<NavigationManager>();

    private static Task TypeAsync(IRenderedComponent<LogView> view, string text) => view.InvokeAsync(async () =>
    {
        var box = view.FindComponent<FilterBox>();
        box.Find("input").Input(text);
        await box.Instance.Complete();
    });

    private IRenderedComponent<LogView> View() => _rig.Render<LogView>(view => view.Add(v => v.JobId, "job-1"));

    private static Task ChooseAsync(IRenderedComponent<LogView> view, TimeRange range) => view.InvokeAsync(() => view.FindComponent<TimeRangePicker>().Instance.RangeChanged.InvokeAsync(range));

    private static Task PressAsync(IRenderedComponent<LogView> view, string button) => view.InvokeAsync(() => view.FindAll(".log-picked button").First(b => b.TextContent == button).Click());

    private static IEnumerable<string> Texts(IRenderedComponent<LogView> view) => view.FindAll(".log-line .log-text").Select(line => line.TextContent);

    private static string Status(IRenderedComponent<LogView> view) => view.Find(".log-status").TextContent;

    // The ticks are the test's: time goes on, and the page is looked at, until what is expected shows.
    private async Task UntilAsync(IRenderedComponent<LogView> view, Action holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await view.InvokeAsync(holds);
                return;
            }
            catch (Exception) when (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10))
            {
                _rig.Time.Advance(LiveSignals.Interval);
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }
        }
    }
}
