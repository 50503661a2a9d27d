namespace ExecutionDashboard.BrowserTests.Engines;

/// <summary>A fleet of a million executions.</summary>
public sealed class MillionFleet() : StartedFleet(("Simulator:Executions", "1000000"), ("Simulator:ChangesPerSecond", "0"))
{
    protected override int ReadySeconds => 280;
}

/// <summary>A list that is higher than any browser lays out.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MillionRowsTests(Browser chromium, Firefox firefox, MillionFleet fleet) : IClassFixture<MillionFleet>
{
    private const string Rows = "document.querySelector('.rows')";
    // The last row that is on screen in whole.
    private const string BottomRow = $"Number([...{Rows}.querySelectorAll('tbody tr[data-index]')].findLast(r => r.getBoundingClientRect().bottom <= {Rows}.getBoundingClientRect().top + {Rows}.clientHeight + 1)?.dataset.index ?? -1)";

    [Theory]
    [InlineData(1440, 34)]
    [InlineData(600, 76)]
    public async Task Rows_InChromium_AreReachedByScrollbarAndKeys(int width, int height)
    {
        await using var tab = new ChromiumTab(await chromium.OpenWithScrollbarsAsync(fleet.Address, "executions?sort=id", width));
        await AreReachedAsync(tab, height, 20);
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData(1440, 34)]
    [InlineData(600, 76)]
    public async Task Rows_InFirefox_AreReachedByScrollbarAndKeys(int width, int height)
    {
        await using var tab = await firefox.NewTabAsync(width);
        await tab.OpenAsync(fleet.Address, "executions?sort=id");
        await AreReachedAsync(tab, height, 8);
        Assert.Empty(tab.Errors);
    }

    // The grip is where the thumb can be held, in pixels from an end of the scrollbar: one may begin with a button.
    private static async Task AreReachedAsync(EngineTab tab, int height, int grip)
    {
        await tab.SeesAsync("parseFloat(document.querySelector('tbody > tr:last-child').style.height) > 0");
        var count = await tab.AskAsync<int>($"Number({Rows}.querySelector('table').getAttribute('aria-rowcount'))");
        Assert.InRange(count, 1_000_000, 1_100_000);
        Assert.Equal(height, await tab.AskAsync<int>($"Math.round({Rows}.querySelector('tr[data-index]').getBoundingClientRect().height)"));
        var last = $"{BottomRow} === {count - 1}";
        await SettledAsync(tab);
        var bar = await tab.AskAsync<Bar>($$"""(() => { const b = {{Rows}}.getBoundingClientRect(); return { X: Math.round(b.left + {{Rows}}.clientWidth + ({{Rows}}.offsetWidth - {{Rows}}.clientWidth) / 2), Top: Math.round(b.top), Bottom: Math.round(b.bottom) }; })()""");

        await tab.DragAsync(bar.X, bar.Top + grip, bar.X, (bar.Top + bar.Bottom) / 2);
        await tab.SeesAsync($"Math.abs({WallPlace.TopRow} - {count / 2}) < {count / 20}");
        await SettledAsync(tab);
        var row = await tab.AskAsync<int>(WallPlace.TopRow);

        // A reload comes back to the row.
        await tab.AskAsync<bool>("(window.notReloaded = true, setTimeout(() => location.reload()), true)");
        await tab.SeesAsync($"!window.notReloaded && document.querySelector('.rows') && Math.abs({WallPlace.TopRow} - {row}) <= 1");
        await SettledAsync(tab);

        // From there keys go by rows, and there and back is the same place.
        await tab.AskAsync<bool>($"({Rows}.focus(), true)");
        var screen = await tab.AskAsync<int>($"Math.floor({Rows}.clientHeight / {height})");
        await tab.PressAsync(EngineTab.PageDown);
        await tab.SeesAsync($"{WallPlace.TopRow} > {row} + {screen / 2} && {WallPlace.TopRow} <= {row + screen + 1}");
        await SettledAsync(tab);
        await tab.PressAsync(EngineTab.PageUp);
        await tab.SeesAsync($"Math.abs({WallPlace.TopRow} - {row}) <= 1");
        await SettledAsync(tab);

        await tab.AskAsync<bool>($"({Rows}.focus(), true)");
        await tab.PressAsync(EngineTab.End);
        await tab.SeesAsync(last);
        await tab.PressAsync(EngineTab.PageUp);
        await tab.SeesAsync($"{BottomRow} < {count - screen / 2} && {BottomRow} >= {count - 1 - screen - 1}");
        await SettledAsync(tab);
        await tab.PressAsync(EngineTab.PageDown);
        await tab.SeesAsync(last);
        await tab.PressAsync(EngineTab.Home);
        await tab.SeesAsync($"{WallPlace.TopRow} === 0");
        // The list moves the scrollbar a moment after each end of scrolling, which takes it from who drags it already.
        await SettledAsync(tab);
        await tab.DragAsync(bar.X, bar.Top + grip, bar.X, bar.Bottom - 1);
        await tab.SeesAsync(last);
        await SettledAsync(tab);
        await tab.DragAsync(bar.X, bar.Bottom - grip, bar.X, bar.Top);
        await tab.SeesAsync($"{WallPlace.TopRow} === 0");
    }

    // Smooth scrolling goes on for a moment after the row is there, and what stands above the list may still move it and its scrollbar.
    private static Task SettledAsync(EngineTab tab) => tab.SeesAsync($$"""
        new Promise(done => {
          let at = '', same = 0;
          const look = () => {
            const rows = {{Rows}}, box = rows?.getBoundingClientRect(), now = rows ? [rows.scrollTop, rows.scrollHeight, box.top, box.bottom].join() : '';
            same = now && now === at ? same + 1 : 0; at = now; if (same > 10) done(true); else requestAnimationFrame(look);
          };
          look();
        })
        """);

    private sealed record Bar(int X, int Top, int Bottom);
}
