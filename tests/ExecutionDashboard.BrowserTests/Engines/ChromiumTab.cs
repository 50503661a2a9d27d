using Microsoft.Playwright;

namespace ExecutionDashboard.BrowserTests.Engines;

/// <summary>A tab of Chromium, for tests that are the same in several engines.</summary>
internal sealed class ChromiumTab(Tab tab) : EngineTab
{
    private static readonly Dictionary<string, string> Names = new()
    {
        [End] = "End", [Home] = "Home", [PageUp] = "PageUp", [PageDown] = "PageDown", [ArrowDown] = "ArrowDown", [Escape] = "Escape",
    };

    public override IReadOnlyList<string> Errors => tab.Errors;

    public override Task GoToAsync(Uri address) => tab.Page.GotoAsync(address.ToString());

    public override async Task PressAsync(string keys)
    {
        foreach (var key in keys) await tab.Page.Keyboard.PressAsync(Names.GetValueOrDefault($"{key}", $"{key}"));
    }

    public override async Task DragAsync(int x, int y, int toX, int toY)
    {
        await tab.Page.Mouse.MoveAsync(x, y);
        await tab.Page.Mouse.DownAsync();
        await DrawnAsync();
        if ((x, y) != (toX, toY)) await tab.Page.Mouse.MoveAsync(toX, toY, new() { Steps = 2 });
        await DrawnAsync();
        await tab.Page.Mouse.UpAsync();
    }

    // A hand is slower than a frame: a busy browser may take what comes within one together.
    private Task DrawnAsync() => tab.Page.EvaluateAsync("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");

    protected override async Task<string?> RunAsync(string json)
    {
        try
        {
            return await tab.Page.EvaluateAsync<string?>($"(async () => {json})()");
        }
        catch (PlaywrightException e) when (e.Message.Contains("context was destroyed", StringComparison.Ordinal))
        {
            throw new PageGoneException(e.Message, e);
        }
    }

    public override ValueTask DisposeAsync() => tab.DisposeAsync();
}
