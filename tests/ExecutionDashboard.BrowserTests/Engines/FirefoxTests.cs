namespace ExecutionDashboard.BrowserTests.Engines;

/// <summary>The main paths in Firefox.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FirefoxTests(Firefox firefox, DemoFleet moving)
{
    private const string Lanes = "document.querySelector('.lanes-host').timeline";

    [Fact]
    public async Task List_OfAMovingFleet_IsLiveAndOpensTheExecutionThatIsClicked()
    {
        await using var tab = await firefox.NewTabAsync();
        await tab.OpenAsync(moving.Address, "executions?sort=id");
        await tab.IsLiveAsync();
        // The counts of the states are those of all rows: they move when any row does.
        var counts = await tab.AskAsync<string>("document.querySelector('.state-strip').innerText");
        await tab.SeesAsync($"document.querySelector('.state-strip').innerText !== {Literal.Of(counts)}");

        var id = await tab.AskAsync<string>("document.querySelector('tbody tr[data-index=\"3\"] .c-check input').value");
        await tab.ClickAsync("tbody tr[data-index='3'] .c-job");
        await tab.SeesAsync($"document.querySelector('.panel[aria-label=\"Execution {id}\"] .execution-head')");
        await tab.PressAsync(EngineTab.Escape);
        await tab.SeesAsync("!document.querySelector('.panel')");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Timeline_RangeBrushedAndBarClicked_AreInTheAddress()
    {
        await using var tab = await firefox.NewTabAsync();
        await tab.OpenAsync(moving.Address, "timeline?last=3600&height=high");
        await tab.SeesAsync($"{Lanes}?.s && [...{Lanes}.store.lanes.values()].some(l => l.bars.length > 0)");

        var bar = await tab.AskAsync<BarAt>($$"""
            (() => {
              const t = {{Lanes}}, r = t.canvas.getBoundingClientRect(), row = [...Array(6).keys()].find(r => t.store.laneAt(r)?.bars.some(b => b.lives < 0 && !b.ended)), bar = t.store.laneAt(row).bars.find(b => b.lives < 0), box = t.box(row, bar);
              return { Id: bar.id, X: Math.round(r.left + (Math.max(box.x0, t.s.x0) + Math.min(box.x1, t.s.x1)) / 2), Y: Math.round(r.top + box.y + box.h / 2) };
            })()
            """);
        await tab.DragAsync(bar.X, bar.Y, bar.X, bar.Y);
        await tab.ReadsAsync("aside.panel", bar.Id);
        await tab.SeesAsync($"location.href.includes({Literal.Of("open=" + bar.Id)})");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Map_OfAMovingFleet_DrawsAndOpensTheNodeThatIsClicked()
    {
        await using var tab = await firefox.NewTabAsync();
        await tab.OpenAsync(moving.Address, "nodes?color=connection&group=region&view=map");
        await tab.SeesAsync($"document.querySelector('.map-host')?.dataset.drawn > 0");

        // The first cell is below the name of its group.
        var at = await tab.AskAsync<int[]>("(() => { const b = document.querySelector('.map-host').getBoundingClientRect(); return [Math.round(b.left), Math.round(b.top)]; })()");
        await tab.DragAsync(at[0] + 24, at[1] + 40, at[0] + 24, at[1] + 40);
        await tab.SeesAsync("document.querySelector('.node-page h1')");
        Assert.Empty(tab.Errors);
    }

    private sealed record BarAt(string Id, int X, int Y);
}

/// <summary>Commands in Firefox.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FirefoxCommandTests(Firefox firefox, WaitingCanaryFleet fleet) : IClassFixture<WaitingCanaryFleet>
{
    [Fact]
    public async Task StopAndPromote_FromThePage_AreFollowedToTheirEnd()
    {
        await using var tab = await firefox.NewTabAsync();
        await tab.OpenAsync(fleet.Address, "deployments");
        await tab.ClickAsync(".deployment-table tbody tr a");
        await tab.ReadsAsync(".sentence", "Awaiting promotion");
        await tab.ClickAsync("button", "Promote…");
        await tab.ReadsAsync(".stop-dialog", "Promotes");
        await tab.FillAsync("#command-typed", await tab.AskAsync<string>("document.querySelector('.execution-head h1 a').textContent"));
        await tab.FillAsync("#command-reason", "Healthy for long enough");
        await tab.ClickAsync(".mud-dialog button", "Promote 3 canaries");
        await tab.ReadsAsync("[data-operation=seen]", "Promoted");
        await tab.ReadsAsync(".execution-head .deployment-state", "completed", 90);

        await tab.OpenAsync(fleet.Address, "executions?state=running&sort=id");
        var id = await tab.AskAsync<string>("document.querySelector('tbody tr[data-index]:not(:has(.last-known)) .c-check input').value");
        await tab.ClickAsync($"tbody tr:has([value='{id}']) .c-job");
        await tab.ClickAsync(".panel button", "Stop…");
        await tab.FillAsync("#stop-reason", "Replaced by hand");
        await tab.ClickAsync(".mud-dialog button", "Stop the execution");
        await tab.ReadsAsync(".panel .execution-title .state", "stopped");
        await tab.ReadsAsync($"tbody tr:has([value='{id}']) .state", "stopped");
        Assert.Empty(tab.Errors);
    }
}
