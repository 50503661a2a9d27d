using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>Finding anything, and acting on it, without leaving the keyboard.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PaletteTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    private const string Options = "#palette [role=option]";

    [Fact]
    public async Task Keyboard_NamePastedIdAndRecent_LeadThereAndTheFocusComesBack()
    {
        await using var tab = await OpenAsync("specs");
        var page = tab.Page;
        var job = (await fleet.ListAsync("jobs"))[0];
        var (id, name) = (job.GetProperty("id").GetString()!, job.GetProperty("spec").GetProperty("name").GetString()!);
        await page.Keyboard.PressAsync("/");
        await ChooseAsync(page, name[..^2], name);
        await Expect(page).ToHaveURLAsync(new Regex("/jobs/" + Regex.Escape(id)));
        var execution = (await fleet.ListAsync("executions"))[0].GetProperty("id").GetString()!;
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette-input").FillAsync($"expanso-cli execution describe {execution}");
        await Expect(page.Locator(Options + "[aria-selected=true] .palette-note")).ToHaveTextAsync(execution);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/executions/" + execution));

        // A page that is opened gives its heading the focus; what is focused before that would lose it.
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Details" }).FocusAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.Locator("#palette [role=group][aria-label=Recent] [role=option]").First).ToContainTextAsync(name);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Details" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+k");
        // Opened again before the browser tells that it was closed.
        await page.EvaluateAsync("() => { document.getElementById('palette').close(); document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true })); }");
        await ChooseAsync(page, "copy the id", "Copy the id");
        await page.WaitForFunctionAsync("async id => await navigator.clipboard.readText() === id", execution);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Row_UnderTheMouseOrAtTheCursor_HasItsActions()
    {
        await using var tab = await OpenAsync("executions?state=running&sort=id");
        var page = tab.Page;
        await Expect(page.Locator(".first-hint")).ToContainTextAsync("finds anything");
        await page.Locator(".first-hint button").ClickAsync();
        await Expect(page.Locator(".first-hint")).ToHaveCountAsync(0);
        await page.WaitForFunctionAsync("() => localStorage.getItem('first-hint') !== null");

        await page.Locator("tbody tr[data-index='2'] .c-job").HoverAsync();
        await page.Locator(".row-actions [data-row-key=s]").ClickAsync();
        await Expect(page.Locator("#stop-reason")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".stop-dialog")).ToHaveCountAsync(0);
        var id = (await page.Locator("tbody tr[data-index='0'] .c-id code").TextContentAsync())!;
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("tr.cursor[data-index='0']")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("l");
        await Expect(page).ToHaveURLAsync(new Regex($"/executions/{id}\\?tab=logs"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions" }).ClickAsync();
        await Expect(page.Locator(".palette-of")).ToContainTextAsync("Execution");
        await Expect(page.Locator(Options).First).ToContainTextAsync("Open");
        // Every list has them, each with what its rows allow.
        await page.GotoAsync("jobs");
        await page.Locator("#palette[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator(".job-table tbody tr .name").First.HoverAsync();
        await Expect(page.Locator(".row-actions [data-row-key]:visible")).ToHaveCountAsync(4);
        await page.Locator(".row-actions [data-row-key=s]").ClickAsync();
        await Expect(page.Locator("#stop-typed")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".stop-dialog")).ToHaveCountAsync(0);
        await page.Locator(".job-table tbody tr a.row-link").First.FocusAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator(".stop-dialog h2")).ToContainTextAsync("Rerun");
        await Expect(page.Locator(".stop-dialog:focus-within")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".stop-dialog")).ToHaveCountAsync(0);
        await page.GotoAsync("executions");
        await page.Locator("#palette[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        await Expect(page.Locator(".first-hint")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task MapAndSpecs_PointedAt_HaveTheActionsOfTheThing()
    {
        await using var tab = await OpenAsync("nodes?view=map");
        var page = tab.Page;
        await page.Locator(".map-host[data-drawn] .map-card").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator(".map-host").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator(".map-host")).ToHaveAttributeAsync("data-points-at", new Regex("^nodes/"));
        await page.Keyboard.PressAsync(".");
        await Expect(page.Locator(".palette-of")).ToContainTextAsync("Node");
        await ChooseAsync(page, "show it on", "Show it on the timeline");
        await Expect(page).ToHaveURLAsync(new Regex("/timeline\\?node="));

        await page.GotoAsync("specs");
        await page.Locator("#palette[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(page.Locator("main:not([inert])")).ToHaveCountAsync(1);
        await Expect(page.Locator(".skew-table tbody tr").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".skew-table tr.cursor th a")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator(".stop-dialog h2")).ToContainTextAsync("Rerun");
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Palette_InEitherTheme_IsAComboboxThatScreenReadersFollow(ColorScheme scheme, int width)
    {
        await using var tab = await OpenAsync("nodes", width, scheme);
        var page = tab.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Find anything" }).ClickAsync();
        await Expect(page.Locator(Options).First).ToBeVisibleAsync();
        await page.Locator("#palette-input").FillAsync("node:e");
        await Expect(page.Locator("#palette-count")).ToContainTextAsync("results");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("#palette-1")).ToHaveAttributeAsync("aria-selected", "true");

        var tree = await TreeAsync(page);
        var box = Assert.Single(tree, node => node.Role == "combobox" && node.Name == "Name, id, address or command");
        Assert.Equal(("true", "true"), (box["focused"], box["expanded"]));
        var option = Assert.Single(tree, node => node.Role == "option" && node["selected"] == "true");
        Assert.StartsWith(await page.Locator("#palette-1 .palette-title").InnerTextAsync(), option.Name, StringComparison.Ordinal);
        Assert.Contains("Node", option.Name, StringComparison.Ordinal);
        Assert.Equal("palette-1", await page.Locator("#palette-input").GetAttributeAsync("aria-activedescendant"));
        Assert.Contains(tree, node => node.Role == "status");
        Assert.Single(tree, node => node.Role == "listbox" && node.Name == "Results");

        var violations = (await page.Locator("#palette").RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } })).Violations;
        Assert.True(violations.Length == 0, string.Join("\n", violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}")));
        Assert.Equal("solid", await page.Locator(".palette-head").EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle"));
        Assert.InRange(await page.Locator("#palette").EvaluateAsync<double>("e => e.getBoundingClientRect().right"), 1, width);
        Assert.Equal(0, await page.Locator("#palette-list").EvaluateAsync<int>("e => e.scrollWidth - e.clientWidth"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await Expect(page.Locator("#palette")).Not.ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    private async Task<Tab> OpenAsync(string path, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var tab = await browser.OpenAsync(fleet.Address, path, width, 900, scheme);
        await tab.Page.Locator("#palette[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return tab;
    }

    // Types, waits until the wanted line is the active one, and presses Enter.
    private static async Task ChooseAsync(IPage page, string text, string title)
    {
        await Expect(page.Locator(Options).First).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync(text);
        await Expect(page.Locator(Options + "[aria-selected=true] .palette-title")).ToHaveTextAsync(title);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#palette")).Not.ToBeVisibleAsync();
    }

    // As Chromium gives it to screen readers.
    private static async Task<IReadOnlyList<AxNode>> TreeAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var tree = (await session.SendAsync("Accessibility.getFullAXTree"))!.Value;
        return [.. tree.GetProperty("nodes").EnumerateArray().Where(node => !node.GetProperty("ignored").GetBoolean()).Select(node => new AxNode(node))];
    }

    private sealed class AxNode(JsonElement node)
    {
        public string Role { get; } = Value(node, "role");

        public string Name { get; } = Value(node, "name");

        public string this[string property] =>
            node.TryGetProperty("properties", out var all) && all.EnumerateArray().FirstOrDefault(p => p.GetProperty("name").GetString() == property) is { ValueKind: JsonValueKind.Object } found ? Value(found, "value") : "";

        private static string Value(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.TryGetProperty("value", out var inner) ? inner.ToString().ToLowerInvariant() is "true" or "false" ? inner.ToString().ToLowerInvariant() : inner.ToString() : "";
    }
}
