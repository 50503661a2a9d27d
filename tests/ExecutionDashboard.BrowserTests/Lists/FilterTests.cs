using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Lists;

/// <summary>The filter language in the box of the executions, and their groups: by keyboard, with suggestions, on a phone.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FilterTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    [Fact]
    public async Task Typed_TermsAndSuggestions_AreChipsAndTheAddress()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=-updated");
        var box = await tab.Page.FilterBoxAsync();
        await box.FocusAsync();
        await tab.Page.Keyboard.TypeAsync("-job:sys");
        var option = tab.Page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("^syslog-shipper") });
        await Expect(option).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".filter-options [role=option]")).ToHaveCountAsync(1);
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(option).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(box).ToHaveAttributeAsync("aria-activedescendant", await option.GetAttributeAsync("id") ?? "");
        Assert.Empty((await tab.Page.Locator(".filter-box").RunAxe(Wcag)).Violations);
        Assert.Contains("option \"syslog-shipper", await tab.Page.Locator(".filter-box").AriaSnapshotAsync(), StringComparison.Ordinal);
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(box).ToHaveValueAsync("-job:syslog-shipper ");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("filter=-job%3Asyslog-shipper$"));
        await Expect(tab.Page.Locator(".chip")).ToHaveTextAsync([new Regex("job is not\\s+syslog-shipper")]);
        await tab.Page.Keyboard.TypeAsync("for:>1s");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator(".chip")).ToHaveTextAsync([new Regex("job is not\\s+syslog-shipper"), new Regex("in its state\\s+for more than 1 s")]);
        await Expect(tab.Page.Locator(".list-count")).ToContainTextAsync("of");
        foreach (var job in await tab.Page.Locator("tbody tr[data-index] .c-job").AllInnerTextsAsync()) Assert.False(job.StartsWith("syslog-shipper", StringComparison.Ordinal), job);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove job is not syslog-shipper" }).ClickAsync();
        await Expect(box).ToHaveValueAsync("for:>1s");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("filter=for%3A%3E1s$"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Typed_WhatCannotBeRead_IsMarkedAndStaysUntilRemoved()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?filter=stat:failed", width: 390, height: 844);
        var box = await tab.Page.FilterBoxAsync();
        await Expect(tab.Page.Locator(".filter-problems")).ToContainTextAsync("Executions have no filter 'stat'.");
        await Expect(tab.Page.Locator(".chip.odd")).ToContainTextAsync("not understood");
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        Assert.Empty((await tab.Page.Locator(".filters").RunAxe(Wcag)).Violations);
        Assert.Equal(390, await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));

        await box.FocusAsync();
        await box.FillAsync("state:");
        await Expect(tab.Page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("^running") })).ToBeVisibleAsync();
        var list = await tab.Page.Locator(".filter-options").BoundingBoxAsync();
        Assert.InRange(list!.X + list.Width, 0, 390);
        // The first Escape closes the list, the next one leaves the box.
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.Locator(".filter-options")).ToBeHiddenAsync();
        await Expect(box).ToHaveValueAsync("state:");
        await box.FillAsync("");
        await Expect(tab.Page.Locator(".chip.odd")).ToHaveCountAsync(0);
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/executions$"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Grouped_ByKeyboard_UnfoldsFoldsAndIsATreeForScreenReaders()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?group=job");
        var tree = tab.Page.GetByRole(AriaRole.Treegrid, new() { Name = "Executions" });
        var (cursor, heads, rows) = (tree.Locator("tr.cursor"), tree.Locator("tr.group-head"), tree.Locator("tr[aria-level='2']"));
        await Expect(heads.First).ToBeVisibleAsync();
        await Expect(rows).ToHaveCountAsync(0);
        await tree.FocusAsync();
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(cursor).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(tree).ToHaveAttributeAsync("aria-activedescendant", "line-0");
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(cursor).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(rows.First).ToBeVisibleAsync();
        Assert.Empty((await tab.Page.Locator(".rows").RunAxe(Wcag)).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        var name = await cursor.Locator(".group-name").InnerTextAsync();
        await Expect(tree).ToMatchAriaSnapshotAsync($"""
            - treegrid "Executions":
              - rowgroup
              - rowgroup:
                - row /^{Regex.Escape(name)} [\d,]+ .+/ [expanded] [level=1]
                - row [level=2]
            """);
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(cursor).ToHaveAttributeAsync("aria-level", "2");
        await tab.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(cursor).ToHaveAttributeAsync("aria-level", "1");
        await tab.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(rows).ToHaveCountAsync(0);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(rows.First).ToBeVisibleAsync();

        var count = await cursor.Locator(".group-fold b").InnerTextAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Filter by " + name, Exact = true }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex(@"/executions\?job=[^&]+$"));
        await Expect(tab.Page.Locator(".list-count strong")).ToHaveTextAsync(count);
        await Expect(tab.Page.Locator("tr.group-head")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Grouped_OnAPhone_IsChosenInTheMenuAndTheTargetOfABulkRun()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions", width: 390, height: 844);
        var menu = tab.Page.Locator(".group-menu");
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        await menu.GetByRole(AriaRole.Button, new() { Name = "Group" }).ClickAsync();
        await menu.GetByRole(AriaRole.Link, new() { Name = "State", Exact = true }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex(@"/executions\?group=state$"));
        var failed = tab.Page.Locator("tr.group-head").Filter(new() { Has = tab.Page.Locator(".st-failed") });
        await Expect(failed).ToHaveCountAsync(1);
        Assert.Equal(390, await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty((await tab.Page.Locator(".rows").RunAxe(Wcag)).Violations.Select(v => v.Id));
        var count = await failed.Locator(".group-fold b").InnerTextAsync();
        await failed.Locator(".group-fold").ClickAsync();
        await Expect(failed).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(tab.Page.Locator("tr[aria-level='2']").First).ToBeVisibleAsync();
        await failed.GetByRole(AriaRole.Button, new() { Name = "Bulk run of failed" }).ClickAsync();
        await Expect(tab.Page.Locator(".bulk-numbers")).ToContainTextAsync($"out of {count} that match");
        Assert.Empty(tab.Errors);

        var file = await fleet.Http.GetStringAsync(new Uri(fleet.Address, "export/executions.csv?state=failed&group=state"));
        Assert.StartsWith("group,id,state,", file.TrimStart('\ufeff'), StringComparison.Ordinal);
        Assert.StartsWith("failed,", file.Split('\n')[1], StringComparison.Ordinal);
        Assert.Contains("\"group\":\"failed\",\"id\":", await fleet.Http.GetStringAsync(new Uri(fleet.Address, "export/executions.json?state=failed&group=state")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_TypedAndByCalendarKeys_IsByTheZoneOfThePage()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions", zone: "Europe/Berlin");
        var panel = await OpenRangeAsync(tab.Page, "changed-range");
        await Expect(panel).ToContainTextAsync("Times in Europe/Berlin");
        await Expect(panel).ToMatchAriaSnapshotAsync("""
            - dialog "Changed":
              - textbox "From and to, or how long ago"
              - status
              - group "Ranges"
              - button "Previous month"
              - heading
              - button "Next month"
              - grid:
                - rowgroup
                - rowgroup
            """);
        Assert.Empty(await ViolationsAsync(tab.Page, "#changed-range"));
        var text = panel.Locator("input");
        await text.FillAsync("2026-03-29 02:30");
        await Expect(panel.GetByRole(AriaRole.Status)).ToHaveTextAsync("02:30 does not exist on 2026-03-29 in Europe/Berlin: clocks go from 02:00 to 03:00.");
        await text.FillAsync("2026-10-25 02:30 .. 04:00");
        await panel.GetByRole(AriaRole.Button, new() { Name = "2026-10-25 02:30 +01:00 .. 04:00" }).ClickAsync();
        await Expect(text).ToHaveValueAsync("2026-10-25 02:30 +01:00 .. 04:00");
        await Expect(panel.GetByRole(AriaRole.Status)).ToHaveTextAsync("2026-10-25 02:30 +01:00 .. 2026-10-25 04:00");
        await text.PressAsync("Enter");
        await Expect(panel).ToBeHiddenAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("updated_to=2026-10-25T03:00:00Z&updated_from=2026-10-25T01:30:00Z"));
        // As pages show it: the time that comes twice with its offset.
        await Expect(tab.Page.Locator("[popovertarget=changed-range]")).ToContainTextAsync("2026-10-25 02:30:00 +01:00 – 2026-10-25 04:00:00");

        await OpenRangeAsync(tab.Page, "changed-range");
        var day = panel.Locator("[role=gridcell][tabindex='0']");
        await Expect(day).ToHaveAttributeAsync("aria-label", "Sunday, 25 October 2026");
        await day.FocusAsync();
        foreach (var (key, there) in new[] { ("PageUp", "Friday, 25 September 2026"), ("End", "Sunday, 27 September 2026"), ("ArrowDown", "Sunday, 4 October 2026") })
        {
            await tab.Page.Keyboard.PressAsync(key);
            await Expect(panel.GetByRole(AriaRole.Gridcell, new() { Name = there, Exact = true })).ToBeFocusedAsync();
        }
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(text).ToHaveValueAsync("2026-10-04");
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(panel.GetByRole(AriaRole.Gridcell, new() { Name = "Monday, 5 October 2026", Exact = true })).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Space");
        await Expect(text).ToHaveValueAsync("2026-10-04 .. 2026-10-05");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("updated_to=2026-10-05T22:00:00Z&updated_from=2026-10-03T22:00:00Z"));
        Assert.Empty(tab.Errors);
    }

    // The same panel on other pages, on a phone and in the dark.
    [Fact]
    public async Task Range_OnAPhone_FitsAndIsInTheAddressOfItsPage()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "audit?from=soon", width: 390, height: 844, scheme: ColorScheme.Dark);
        var button = tab.Page.Locator("[popovertarget=time-range]");
        await Expect(button).ToContainTextAsync("not understood");
        var panel = await OpenRangeAsync(tab.Page, "time-range");
        Assert.Empty(await ViolationsAsync(tab.Page, "#time-range"));
        var box = await panel.BoundingBoxAsync();
        Assert.True(box!.X >= 0 && box.X + box.Width <= 390, $"{box.X} {box.Width}");
        await panel.GetByRole(AriaRole.Button, new() { Name = "15 min" }).ClickAsync();
        await Expect(panel).ToBeHiddenAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/audit[?]from=-15m$"));
        await Expect(button).ToContainTextAsync("last 15 min");

        await tab.Page.GotoAsync("timeline?last=60");
        panel = await OpenRangeAsync(tab.Page, "timeline-range");
        await panel.Locator("input").FillAsync("2026-05-01 10:00Z .. 12:00Z");
        await Expect(panel.GetByRole(AriaRole.Status)).ToContainTextAsync("2026-05-01");
        await panel.Locator("input").PressAsync("Enter");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("from=2026-05-01T10:00:00Z&to=2026-05-01T12:00:00Z"));
        await Expect(tab.Page.Locator(".follow")).ToHaveTextAsync("Now");
        Assert.Equal(390, await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Log_OfANodeOnAPhone_IsFilteredInTheAddressAndSurvivesAReload()
    {
        var execution = (await fleet.ListAsync("executions?states=running"))[0];
        var (node, job) = (execution.GetProperty("node_id").GetString()!, execution.GetProperty("job_id").GetString()!);
        await using var tab = await browser.OpenAsync(fleet.Address, $"nodes/{node}", width: 390, height: 844);
        await Expect(tab.Page.Locator("main:not([inert])")).ToHaveCountAsync(1);
        await tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Job" }).SelectOptionAsync(job);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Follow the log" }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex(@"\?log=[^&]+$"));
        await Expect(tab.Page.Locator(".log-line").First).ToBeVisibleAsync();
        await tab.Page.FilterAsync("-level:debug time:<1h stat:x");
        await Expect(tab.Page).ToHaveURLAsync(new Regex(@"\?log=[^&]+&filter="));
        await Expect(tab.Page.Locator(".logs .chip.odd")).ToContainTextAsync("not understood");
        await Expect(tab.Page.Locator(".logs .filter-problems")).ToContainTextAsync("Log lines have no filter 'stat'.");
        await Expect(tab.Page.Locator(".logs .state-toggle[aria-pressed=false]")).ToHaveTextAsync(new Regex("^debug"));
        Assert.Empty(await ViolationsAsync(tab.Page, ".logs"));
        Assert.Equal(390, await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));

        await tab.Page.ReloadAsync();
        await Expect(await tab.Page.FilterBoxAsync()).ToHaveValueAsync("-level:debug time:<1h stat:x");
        await Expect(tab.Page.Locator(".log-line").First).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".logs .log-lines .st-pending")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);
    }

    private static async Task<ILocator> OpenRangeAsync(IPage page, string id)
    {
        var (button, panel) = (page.Locator($"[popovertarget={id}]"), page.Locator($"#{id}"));
        // Its script is loaded when the focus comes near; a page that has no connection yet does not hear of it.
        await Expect(page.Locator("main:not([inert])")).ToHaveCountAsync(1);
        await button.FocusAsync();
        await Expect(page.Locator($"#{id}[data-ready]")).ToHaveCountAsync(1);
        await button.ClickAsync();
        await Expect(panel.Locator("input")).ToBeFocusedAsync();
        return panel;
    }

    private static async Task<IEnumerable<string>> ViolationsAsync(IPage page, string part) =>
        (await page.Locator(part).RunAxe(Wcag)).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}");

    // The menu begins a term; its values are chosen with the pointer or by keys.
    [Theory]
    [InlineData("executions", "state", "running", "state=running")]
    [InlineData("nodes?view=list", "connection", "connected", "connection=connected")]
    [InlineData("jobs", "has", "problem", "filter=has%3Aproblem")]
    [InlineData("deployments", "state", "completed", "state=completed")]
    [InlineData("attention", "severity", "warning", "severity=warning")]
    public async Task Menu_OfEachList_WritesATermIntoTheBox(string path, string term, string value, string address)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, path);
        var box = await tab.Page.FilterBoxAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "+ Filter" }).ClickAsync();
        await tab.Page.Locator($"[data-begin='{term}:']").ClickAsync();
        await Expect(box).ToHaveValueAsync(term + ":");
        await Expect(box).ToBeFocusedAsync();
        await tab.Page.Locator(".filter-options [role=option]").Filter(new() { HasTextRegex = new Regex("^\\s*" + value) }).First.ClickAsync();

        await Expect(box).ToHaveValueAsync($"{term}:{value} ");
        await Expect(tab.Page).ToHaveURLAsync(new Regex(Regex.Escape(address)));
        Assert.Empty((await tab.Page.Locator(".filters").RunAxe(Wcag)).Violations);
        await tab.Page.FilterAsync($"{term}:{value} stat:x");
        await Expect(tab.Page.Locator(".chip.odd")).ToContainTextAsync("not understood");
        Assert.Empty(tab.Errors);
    }
}
