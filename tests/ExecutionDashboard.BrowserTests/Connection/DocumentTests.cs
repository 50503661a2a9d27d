using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Connection;

/// <summary>The content of the HTML document, without scripts and connection.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DocumentTests(Browser browser, DemoFleet fleet)
{
    [Fact]
    public async Task Executions_WithoutScript_ShowsTheFirstRowsAndTheirStates()
    {
        await using var tab = await browser.OpenWithoutScriptAsync(fleet.Address, "executions?state=running&sort=id");

        await Expect(tab.Page.Locator("tbody tr[data-index]")).ToHaveCountAsync(28);
        await Expect(tab.Page.Locator("tbody tr .state").First).ToHaveTextAsync("running");
        await Expect(tab.Page.Locator(".list-count strong")).Not.ToHaveTextAsync("0");
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Overview_WithoutScript_ShowsTheCounts()
    {
        await using var tab = await browser.OpenWithoutScriptAsync(fleet.Address, "");

        await Expect(tab.Page.Locator(".count-grid a")).Not.ToHaveCountAsync(0);
        await Expect(tab.Page.Locator(".count-grid a", new() { HasText = "running" }).Locator("strong")).Not.ToHaveTextAsync("0");
    }

    [Theory]
    [InlineData("nodes?view=list")]
    [InlineData("jobs")]
    [InlineData("deployments")]
    public async Task List_WithoutScript_ShowsItsFirstRows(string path)
    {
        await using var tab = await browser.OpenWithoutScriptAsync(fleet.Address, path);

        await Expect(tab.Page.Locator("tbody tr a").First).ToBeInViewportAsync();
        await Expect(tab.Page.Locator(".list-count strong")).Not.ToHaveTextAsync("0");
    }

    [Fact]
    public async Task Drawn_NotConnected_TakesNoClicksAndSaysThatItConnects()
    {
        await using var tab = await browser.OpenWithoutScriptAsync(fleet.Address, "executions");

        await Expect(tab.Page.Locator("main")).ToHaveAttributeAsync("inert", "");
        await Expect(tab.Page.Locator(".app-bar")).ToHaveAttributeAsync("inert", "");
        await Expect(tab.Page.Locator("#boot")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Demo_EveryPage_IsMarkedOnThePageAndInTheTab()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        await Expect(tab.Page).ToHaveTitleAsync(TitleOf("Executions"));

        foreach (var page in (string[])["Overview", "Attention", "Nodes", "Deployments", "Jobs", "Timeline", "Specs"])
        {
            await tab.Page.Locator(".side-nav a", new() { HasText = page }).ClickAsync();
            await Expect(tab.Page).ToHaveTitleAsync(TitleOf(page));
            await Expect(tab.Page.Locator(".app-bar .demo-badge")).ToHaveTextAsync("DEMO");
        }
    }

    [Fact]
    public async Task Drawn_Connected_TakesClicks()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");

        await Expect(tab.Page.Locator("[inert]")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Drawn_NotConnected_FollowsLinksAsADocumentDoes()
    {
        await using var tab = await browser.OpenWithoutScriptAsync(fleet.Address, "");

        await Expect(tab.Page.Locator("body")).ToHaveAttributeAsync("data-enhance-nav", "false");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Executions", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
    }

    // A link that is followed after the script has come and before the connection has must not change the address alone.
    [Fact]
    public async Task Drawn_ScriptThereButConnectionHeld_FollowsLinks()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "jobs");
        await tab.Page.RouteAsync("**/_blazor/negotiate**", route => Task.CompletedTask);
        await tab.Page.GotoAsync("", new() { WaitUntil = WaitUntilState.Load });
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Executions", Exact = true }).ClickAsync();

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Executions", Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("specs")]
    [InlineData("executions?open=any")]
    public async Task Document_WhatMustBeLoaded_IsNotInIt(string path)
    {
        var document = await fleet.Http.GetStringAsync(new Uri(fleet.Address, path));

        Assert.DoesNotContain("class=\"panel\"", document, StringComparison.Ordinal);
        Assert.Equal(path.StartsWith("executions", StringComparison.Ordinal), document.Contains("<main", StringComparison.Ordinal));
    }

    // With the number of problems, when there are any.
    private static Regex TitleOf(string page) => new(@$"^(\(\d+\) )?DEMO – {page} – Execution Dashboard$");
}
