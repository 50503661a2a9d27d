using Bunit;
using ExecutionDashboard.Components.Shared;
using ExecutionDashboard.Components.Shared.Logs;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Live;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components;

/// <summary>The log on a page. Virtualised rows need a browser: what is counted and said does not.</summary>
public sealed class LogViewTests : IAsyncLifetime
{
    private readonly PageRig _rig = new();

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
        await UntilAsync(view, () => Assert.Contains("2 lines shown of 2", Standing(view), StringComparison.Ordinal));
        Assert.Contains("error 1", view.Find(".log-bar").TextContent, StringComparison.Ordinal);

        view.Find("input").Input("KAFKA");
        Assert.Contains("1 line shown of 2", Standing(view), StringComparison.Ordinal);
        view.FindAll(".state-toggle").First(b => b.TextContent.Contains("error", StringComparison.Ordinal)).Click();
        Assert.Contains("No line matches", view.Markup, StringComparison.Ordinal);
        view.FindAll("button").First(b => b.TextContent == "Clear the filters").Click();
        Assert.Contains("2 lines shown", Standing(view), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_HoldsStillAndCountsWhatComes()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        socket.Says("one");
        await UntilAsync(view, () => Assert.Contains("1 line shown of 1", Standing(view), StringComparison.Ordinal));
        await view.InvokeAsync(() => _rig.Services.GetRequiredService<Viewer>().PressAsync("p"));
        socket.Says("two");
        socket.Says("three");
        await UntilAsync(view, () => Assert.Equal("Follow, 2 new", view.Find(".log-follow").TextContent));
        Assert.Contains("1 line shown of 3", Standing(view), StringComparison.Ordinal);
        view.Find(".log-follow").Click();
        Assert.Contains("3 lines shown of 3", Standing(view), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScrolledBack_Pauses()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        socket.Says("one");
        await UntilAsync(view, () => Assert.Contains("1 line shown", Standing(view), StringComparison.Ordinal));
        await view.InvokeAsync(view.Instance.ScrolledBack);
        Assert.Contains("Paused", Standing(view), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotOffered_IsSaidAndCanBeTriedAgain()
    {
        _rig.Logs.Refuses(new(ControlPlaneError.NotOffered, "status 404", 404));
        var view = View();
        await UntilAsync(view, () => Assert.Contains("This control plane does not offer logs.", Standing(view), StringComparison.Ordinal));
        var socket = _rig.Logs.Opens();
        view.FindAll("button").First(b => b.TextContent == "Try again").Click();
        socket.Says("there");
        await UntilAsync(view, () => Assert.Contains("1 line shown of 1", Standing(view), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lost_IsSaidWithTheLinesKept()
    {
        var socket = _rig.Logs.Opens();
        var view = View();
        socket.Says("one");
        await UntilAsync(view, () => Assert.Contains("1 line shown of 1", Standing(view), StringComparison.Ordinal));
        socket.Breaks();
        await UntilAsync(view, () => Assert.Contains("Not followed now: The connection to the log broke.", Standing(view), StringComparison.Ordinal));
        Assert.Contains("2 lines shown of 2", Standing(view), StringComparison.Ordinal);
    }

    private IRenderedComponent<LogView> View() => _rig.Render<LogView>(view => view.Add(v => v.JobId, "job-1"));

    private static string Standing(IRenderedComponent<LogView> view) => view.Find(".log-standing").TextContent;

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
