using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests;

/// <summary>The list of executions, watched in a browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ListTests(Browser browser, DemoFleet fleet)
{
    [Fact]
    public async Task List_FleetMoves_RowsChangeByThemselves()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();

        // A row that changes keeps its place and its element: only its text moves.
        await tab.Page.EvaluateAsync("""
            () => { window.moved = new Promise(done => new MutationObserver(list => {
              if (list.some(m => m.target.nodeType === 3 || m.target.closest?.('tbody tr[data-index] td'))) done(true);
            }).observe(document.querySelector('tbody'), { subtree: true, characterData: true, childList: true, attributes: true, attributeFilter: ['href', 'at'] })); }
            """);
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.moved"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Filter_State_IsInTheUrlAndBackUndoesIt()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated");
        await tab.Page.Locator(".state-toggle.st-running").ClickAsync();

        await Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("state=running"));
        await Expect(tab.Page.Locator("tbody tr[data-index] .state").First).ToHaveTextAsync("running");
        await tab.Page.GoBackAsync();

        await Expect(tab.Page.Locator(".state-toggle.st-running")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task Search_NoMatch_SaysSoAndClears()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        await tab.Page.GetByRole(AriaRole.Searchbox).FillAsync("zzz-nothing-is-called-so");

        await Expect(tab.Page.GetByText("No execution matches")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the filters" }).ClickAsync();

        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keys_JAndEnterAndEscape_OpenAndCloseThePanel()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("j");
        await Expect(tab.Page.Locator("tr.cursor")).ToHaveCountAsync(1);
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Page.Locator(".panel .execution-head")).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("Escape");

        await Expect(tab.Page.Locator(".panel")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Export_Csv_HasEveryMatchAndNoSecret()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        var reply = await tab.Page.APIRequest.GetAsync("export/executions.csv?state=running");
        var lines = (await reply.TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith("id,state,", lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length > 50, $"{lines.Length} lines");
        Assert.All(lines.Skip(1), line => Assert.Contains(",running,", line, StringComparison.Ordinal));
    }
}
