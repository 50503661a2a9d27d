using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Lists;

/// <summary>Rows as links, ranges of them, and filters that cannot be read.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RowTests(Browser browser, DemoFleet fleet)
{
    [Theory]
    [InlineData("executions?sort=id", ".c-job", "/executions/")]
    [InlineData("executions?sort=id", ".c-id code", "/executions/")]
    [InlineData("executions?sort=id&cols=state,job", ".c-job", "/executions/")]
    [InlineData("nodes?view=list", ".n-heartbeat", "/nodes/")]
    [InlineData("jobs", "td[data-label=Version]", "/jobs/")]
    [InlineData("deployments", "td[data-label=Strategy]", "/deployments/")]
    public async Task Row_MiddleAndCtrlClick_OpenATab(string path, string cell, string opened)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, path);
        var address = tab.Page.Url;
        var target = tab.Page.Locator($"main tbody tr {cell}").First;
        foreach (var options in new LocatorClickOptions[] { new() { Button = MouseButton.Middle }, new() { Modifiers = [KeyboardModifier.ControlOrMeta] } })
        {
            var other = await tab.Page.Context.RunAndWaitForPageAsync(() => target.ClickAsync(options));
            await other.WaitForURLAsync(new Regex(Regex.Escape(opened)));
            await other.CloseAsync();
        }
        Assert.Equal(address, tab.Page.Url);
        await Expect(tab.Page.Locator(".panel")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Row_ClickOnItsLink_OpensBesideTheList()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=id");
        await tab.Page.Locator("tbody tr[data-index='2'] a.row-link").ClickAsync();

        await Expect(tab.Page.Locator(".panel .execution-head")).ToBeVisibleAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/executions\\?.*open="));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Row_ShiftClick_SelectsTheRange()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=id");
        ILocator Box(int row) => tab.Page.Locator($"tbody tr[data-index='{row}'] input");
        var bar = tab.Page.Locator(".bulk-bar");
        await Box(2).ClickAsync();
        await Expect(bar).ToContainTextAsync("1 selected");
        await Box(6).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(bar).ToContainTextAsync("5 selected");
        foreach (var row in new[] { 2, 4, 6 }) await Expect(Box(row)).ToBeCheckedAsync();
        // The cell around a box is the box's, too.
        await tab.Page.Locator("tbody tr[data-index='4'] .c-check").ClickAsync(new() { Position = new() { X = 3, Y = 3 } });
        await Expect(bar).ToContainTextAsync("4 selected");
        await Expect(Box(4)).Not.ToBeCheckedAsync();
        await tab.Page.Locator("tbody tr[data-index='3'] .c-job").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(bar).ToContainTextAsync("3 selected");
        await Expect(Box(3)).Not.ToBeCheckedAsync();
        await Expect(tab.Page.Locator(".panel")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Filter_NotUnderstood_IsAChipThatSaysSoAndGoes()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?state=faild&version=newest");
        var chips = tab.Page.Locator(".chip.odd");
        await Expect(chips).ToHaveTextAsync([new Regex("version newest\\s*not understood"), new Regex("state faild\\s*not understood")]);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove state faild" }).ClickAsync();
        await Expect(chips).ToHaveCountAsync(1);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove version newest" }).ClickAsync();

        await Expect(tab.Page).ToHaveURLAsync(new Regex("/executions$"));
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("deployments")]
    public async Task Filter_StateThatNothingHas_IsMarked(string path)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, path + "?state=faild");
        await Expect(tab.Page.Locator(".state-toggle.on")).ToContainTextAsync("faild");
        await Expect(tab.Page.Locator(".state-toggle.on")).ToContainTextAsync("not understood");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Search_Toggles_CountWhatItFinds()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?q=syslog-shipper&state=failed");
        await Expect(tab.Page.Locator(".state-toggle.st-running b")).ToHaveTextAsync(new Regex("^[1-9]"));
        await using var nodes = await browser.OpenAsync(fleet.Address, "nodes?q=us-west&connection=lost&view=list");
        await Expect(nodes.Page.Locator(".state-toggle b").First).ToHaveTextAsync(new Regex("^[1-9]"));
        Assert.Empty(tab.Errors);
        Assert.Empty(nodes.Errors);
    }
}
