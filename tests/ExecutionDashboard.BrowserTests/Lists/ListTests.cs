using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Lists;

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

        await Expect(tab.Page).ToHaveURLAsync(new Regex("state=running"));
        await Expect(tab.Page.Locator("tbody tr[data-index] .state").First).ToHaveTextAsync("running");
        await tab.Page.GoBackAsync();

        await Expect(tab.Page.Locator(".state-toggle.st-running")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task Search_NoMatch_SaysSoAndClears()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        await tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Filter" }).FillAsync("zzz-nothing-is-called-so");

        await Expect(tab.Page.GetByText("No executions match these filters")).ToBeVisibleAsync();
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
    public async Task Columns_ChosenInTheMenu_AreShownAndInTheUrl()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated");
        await tab.Page.Locator(".columns-menu").GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Evaluation" }).ClickAsync();
        await Expect(tab.Page.Locator("th.c-evaluation")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Message" }).ClickAsync();

        await Expect(tab.Page.Locator("th.c-message")).ToHaveCountAsync(0);
        await Expect(tab.Page).ToHaveURLAsync(new Regex("cols=.*evaluation"));
        await Expect(tab.Page.Locator("tbody tr[data-index] .c-evaluation code").First).Not.ToBeEmptyAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Sort_ByAHead_OrdersBothWays()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated");
        var head = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Node", Exact = true });
        await head.ClickAsync();
        await Expect(tab.Page.Locator("th.c-node")).ToHaveAttributeAsync("aria-sort", "ascending");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("sort=node"));
        var up = await NodesAsync(tab.Page);
        await head.ClickAsync();
        await Expect(tab.Page.Locator("th.c-node")).ToHaveAttributeAsync("aria-sort", "descending");
        var down = await NodesAsync(tab.Page);

        Assert.True(string.CompareOrdinal(up, down) < 0, $"{up} comes before {down}");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Filter_LabelAndTime_AreChipsInTheUrlAndNarrowTheCount()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated");
        var all = await CountAsync(tab.Page);
        await tab.Page.FilterAsync("label:region=us-west");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("label=region%3Dus-west"));
        await Expect(tab.Page.Locator(".chip")).ToContainTextAsync("region=us-west");
        await Expect(tab.Page.Locator(".list-count")).ToContainTextAsync("of");
        var labelled = await CountAsync(tab.Page);
        await tab.Page.FilterAsync("label:region=us-west created:2026-01-01..");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("created_from="));
        await Expect(tab.Page.Locator(".chip")).ToHaveCountAsync(2);

        Assert.InRange(labelled, 1, all - 1);
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Remove created from") }).ClickAsync();
        await Expect(tab.Page.Locator(".chip")).ToHaveCountAsync(1);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Filter_ValueWithoutSense_SaysWhy()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated");
        await tab.Page.FilterAsync("job:no-such-job");

        await Expect(tab.Page.Locator(".chip.odd")).ToHaveAttributeAsync("title", "No job has this name or id.");
        await Expect(tab.Page.Locator(".chip.odd")).ToContainTextAsync("not found");
    }

    [Fact]
    public async Task Search_JobName_FindsOnlyIts()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated");
        // A page that is opened takes the focus to its heading; the key is for after that.
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Executions" })).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("f");
        await Expect(tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Filter" })).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("syslog-shipper");

        await Expect(tab.Page).ToHaveURLAsync(new Regex("q=syslog-shipper"));
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToContainTextAsync("syslog-shipper");
        foreach (var job in await tab.Page.Locator("tbody tr[data-index] .c-job").AllInnerTextsAsync()) Assert.StartsWith("syslog-shipper", job, StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Skip_Pressed_GoesToTheContentOfThisPage()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Executions" })).ToBeFocusedAsync();
        var address = tab.Page.Url;
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "To the content" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Page.Locator("main")).ToBeFocusedAsync();
        Assert.Equal(address, tab.Page.Url);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Pause_FleetMoves_NothingChangesUntilItGoesOn()
    {
        // Without the columns of times: those tick.
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated&cols=state,id,revision");
        await Expect(tab.Page.Locator(".new-button")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        var paused = tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Paused since [0-9]{2}:[0-9]{2}") });
        await Expect(paused).ToBeVisibleAsync();
        var shown = await RowsAsync(tab.Page);
        // The overview of another tab goes on: the fleet does move.
        await using (var other = await browser.OpenAsync(fleet.Address, "executions?sort=-updated")) await Expect(other.Page.Locator(".new-button")).ToBeVisibleAsync();
        Assert.Equal(shown, await RowsAsync(tab.Page));
        await paused.ClickAsync();

        await Expect(tab.Page.Locator("tbody")).Not.ToHaveTextAsync(shown, new() { UseInnerText = true });
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task New_ButtonPressed_NewestRowsComeOnTop()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated");
        const string top = "[...document.querySelectorAll('tbody tr[data-index] .c-id code')].slice(0, 10).map(id => id.textContent).join()";
        var before = await tab.Page.EvaluateAsync<string>(top);
        var button = tab.Page.Locator(".new-button");
        // The one that is on top already may be the newest again, and a few may be in their order by chance.
        await Expect(button).ToHaveTextAsync(new Regex("^([5-9]|[0-9 ]{2,}) new$"));
        Assert.Equal(before, await tab.Page.EvaluateAsync<string>(top));

        await button.ClickAsync();

        await tab.Page.WaitForFunctionAsync($"before => {top} !== before", before);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Keys_GoToHelpSelectAndPause_DoWhatTheyDo()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated");
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        foreach (var key in new[] { "j", "j", "k", "x" }) await tab.Page.Keyboard.PressAsync(key);
        await Expect(tab.Page.Locator("tr.cursor[data-index='0'].checked")).ToHaveCountAsync(1);
        await Expect(tab.Page.Locator(".bulk-bar")).ToContainTextAsync("1 selected");
        await tab.Page.Keyboard.PressAsync("p");
        await Expect(tab.Page.GetByText("Paused since")).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("?");
        await Expect(tab.Page.Locator(".mud-dialog-container:focus-within .keys")).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.Locator(".keys")).ToHaveCountAsync(0);
        await tab.Page.Keyboard.PressAsync("g");
        await tab.Page.Keyboard.PressAsync("o");

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Export_FromTheMenu_IsTheFilteredListInBothFormats()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?state=failed&sort=id");
        foreach (var format in new[] { "CSV", "JSON" })
        {
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
            var started = new TaskCompletionSource<IDownload>(TaskCreationOptions.RunContinuationsAsynchronously);
            // The file opens a tab of its own, which is gone as soon as it is a download.
            tab.Page.Download += (_, file) => started.TrySetResult(file);
            tab.Page.Context.Page += (_, opened) => opened.Download += (_, file) => started.TrySetResult(file);
            await tab.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^" + format) }).ClickAsync();
            var download = await started.Task.WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Matches($@"^executions_failed_\d{{4}}-\d\d-\d\dT\d{{6}}Z\.{format.ToLowerInvariant()}$", download.SuggestedFilename);
            var text = await File.ReadAllTextAsync((await download.PathAsync())!);
            string[] states = format == "CSV"
                ? [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[1])]
                : [.. JsonDocument.Parse(text).RootElement.EnumerateArray().Select(e => e.GetProperty("actual").GetProperty("state").GetString()!)];
            Assert.True(states.Length > 20, $"{states.Length} rows");
            Assert.All(states, state => Assert.Equal("failed", state));
        }
        Assert.Empty(tab.Errors);
    }

    private static async Task<int> CountAsync(IPage page) =>
        int.Parse((await page.Locator(".list-count strong").InnerTextAsync()).Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    private static Task<string> NodesAsync(IPage page) => page.Locator("tbody tr[data-index='0'] .c-node").InnerTextAsync();

    private static Task<string> RowsAsync(IPage page) => page.Locator("tbody").InnerTextAsync();
}
