using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>A fleet whose rollout failed in one region and stays so, and that says soon when no node matches a job.</summary>
public sealed class TroubledFleet() : StartedFleet(("Simulator:Scenario", "no-auto-rollback"), ("Attention:NoMatchingNode", "00:00:02"));

/// <summary>From the first page to the remedy in three clicks, and what else is done with problems.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AttentionTests(Browser browser, TroubledFleet fleet) : IClassFixture<TroubledFleet>
{
    // Counts what it is asked, and keeps what it is told; the page is as if nobody looked at it.
    private const string Notifications = """
        window.asked = 0; window.told = []; document.hasFocus = () => false;
        window.Notification = class { static permission = 'default'; static async requestPermission() { window.asked++; return this.permission = 'granted'; } constructor(title) { window.told.push(title); } close() { } };
        """;

    [Fact]
    public async Task Overview_Problems_LeadToTheirRemedyInThreeClicks()
    {
        await DeployUnmatchedAsync("hall-lights");
        await using var tab = await browser.OpenAsync(fleet.Address);
        var page = tab.Page;

        var walk = await ProblemWalk.StartAsync(page, "Group of nodes at fault", "region=ap-south");
        await walk.ClickAsync(page.Locator(".problem-view").GetByRole(AriaRole.Link, new() { Name = "Show the executions" }));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Executions", Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();

        walk = await ProblemWalk.StartAsync(page, "No matching node", "hall-lights");
        await Expect(page.Locator(".problem-view .evidence")).ToContainTextAsync("site=nowhere");
        await walk.ClickAsync(page.Locator(".problem-view").GetByRole(AriaRole.Button, new() { Name = "Stop the job…" }));
        await page.Locator("#stop-typed").FillAsync("hall-lights");
        await page.Locator("#stop-reason").FillAsync("The hall is not built yet");
        await walk.ClickAsync(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Stop the job on") }));
        await Expect(page.Locator(".problem-view .notice").First).ToContainTextAsync("Resolved");

        walk = await ProblemWalk.StartAsync(page, "Rollout failed");
        await walk.ClickAsync(page.Locator(".problem-view").GetByRole(AriaRole.Button, new() { Name = "Roll back…" }));
        await page.ConfirmAsync("It failed in one region");
        await walk.ClickAsync(page.Locator(".stop-dialog").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Roll back to version \\d+$") }));
        await Expect(page.Locator(".stop-dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator(".problem-view .notice").First).ToContainTextAsync(new Regex("Rollback|Rolled back|Resolved"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Problem_AcknowledgedAndCommentedOn_IsSoForEverybody()
    {
        const string Path = "attention?q=dock-lights";
        await DeployUnmatchedAsync("dock-lights");
        await using var mine = await browser.OpenAsync(fleet.Address, Path);
        await using var theirs = await browser.OpenAsync(fleet.Address, Path);
        var (page, status) = (mine.Page, theirs.Page.Locator(".problem-table [data-label=Status]"));
        await Expect(status).ToHaveTextAsync("Open", new() { Timeout = ProblemWalk.Patience });
        await page.Locator(".problem-table .row-link").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge…" }).ClickAsync();
        await page.Locator("#acknowledge-by").FillAsync("Ada");
        await page.Locator("#acknowledge-comment").FillAsync("The van brings the new node on Monday");
        await page.Locator("#acknowledge-comment").PressAsync("Enter");

        await Expect(status).ToHaveTextAsync("Acknowledged by Ada");
        await Expect(page.Locator(".problem-events")).ToContainTextAsync("The van brings the new node on Monday");
        await theirs.Page.Locator(".problem-table .row-link").ClickAsync();
        await Expect(theirs.Page.Locator("[data-acknowledged]")).ToContainTextAsync("until it gets worse or is resolved");
        await Expect(page.Locator(".comment-box input")).ToHaveValueAsync("Ada");
        await page.Locator("[data-acknowledged]").GetByRole(AriaRole.Button, new() { Name = "End" }).ClickAsync();
        await Expect(status).ToHaveTextAsync("Open");
        Assert.Empty(mine.Errors.Concat(theirs.Errors));
    }

    [Fact]
    public async Task Notifications_AreAskedForByAClick_AndToldOfTheSeveritiesChosen()
    {
        await using var tab = await browser.OpenAsync(fleet.Address);
        var page = tab.Page;
        await page.AddInitScriptAsync(Notifications);
        await page.GotoAsync("attention?q=yard-lights");
        await page.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByRole(AriaRole.Button, new() { Name = "Notifications" }).ClickAsync();
        await Expect(page.Locator("#alert-settings").GetByRole(AriaRole.Button, new() { Name = "Allow notifications" })).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("asked"));
        await page.Locator("#alert-settings").GetByRole(AriaRole.Button, new() { Name = "Allow notifications" }).ClickAsync();
        var warnings = page.Locator("#alert-settings label", new() { HasText = "warning" }).Locator("input");
        await Expect(warnings).Not.ToBeCheckedAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("asked"));

        await DeployUnmatchedAsync("yard-lights");
        await Expect(page.Locator(".problem-table")).ToContainTextAsync("yard-lights", new() { Timeout = ProblemWalk.Patience });
        Assert.DoesNotContain(await page.EvaluateAsync<string[]>("told"), said => said.Contains("warning", StringComparison.Ordinal));
        await warnings.CheckAsync();
        await page.WaitForFunctionAsync("() => localStorage.getItem('notifications') === 'critical warning'");
        await DeployUnmatchedAsync("gate-lights");

        await page.WaitForFunctionAsync("() => told.includes('No matching node (warning)')", null, new() { Timeout = ProblemWalk.Patience });
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(\d+\) DEMO – Attention"));
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("attention")]
    public async Task Panel_PhoneWidth_DoesNotScrollSidewaysAndClosesByKey(string path)
    {
        await DeployUnmatchedAsync("shed-lights");
        await using var tab = await browser.OpenAsync(fleet.Address, path, 390, 844);
        await tab.Page.Locator(".problem-list a, .problem-table .row-link").First.ClickAsync(new() { Timeout = ProblemWalk.Patience });
        await Expect(tab.Page.Locator(".problem-view .evidence li").First).ToBeVisibleAsync();

        Assert.InRange(await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, 390);
        Assert.InRange(await tab.Page.Locator(".panel").EvaluateAsync<int>("e => e.scrollWidth"), 1, 390);
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.Locator(".problem-table .row-link").First).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".problem-view")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);
    }

    // No node has such a label, now or later.
    private async Task DeployUnmatchedAsync(string name)
    {
        var spec = new { name, type = "pipeline", selector = new { match_labels = new Dictionary<string, string> { ["site"] = "nowhere" } }, config = new { input = new { generate = new { } } } };
        using var reply = await fleet.Http.PutAsJsonAsync(new Uri(fleet.Api, "jobs"), new { spec });
        reply.EnsureSuccessStatusCode();
    }
}

/// <summary>A rollout that goes on only when a person decides, from the first page to the decision in three clicks.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DecisionTests(Browser browser, WaitingCanaryFleet fleet) : IClassFixture<WaitingCanaryFleet>
{
    [Fact]
    public async Task Overview_PausedRolloutAndWaitingCanary_AreResumedAndPromotedInThreeClicks()
    {
        await using var tab = await browser.OpenAsync(fleet.Address);
        var page = tab.Page;
        await Expect(page.Locator(".problem-list")).ToContainTextAsync("Awaiting promotion", new() { Timeout = ProblemWalk.Patience });
        var open = (await fleet.ListAsync("deployments")).Single(d => d.GetProperty("status").GetProperty("state").GetString() == "in_progress");
        using (var paused = await fleet.Http.PostAsync(new Uri(fleet.Api, $"deployments/{open.GetProperty("id").GetString()}/pause"), JsonContent.Create(new { reason = "Lunch" }))) paused.EnsureSuccessStatusCode();

        var walk = await ProblemWalk.StartAsync(page, "Rollout paused");
        await walk.ClickAsync(page.Locator(".problem-view").GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true }));
        await Expect(page.Locator("[data-undo=waiting]")).ToBeVisibleAsync();

        walk = await ProblemWalk.StartAsync(page, "Awaiting promotion");
        await walk.ClickAsync(page.Locator(".problem-view").GetByRole(AriaRole.Button, new() { Name = "Promote…" }));
        await page.ConfirmAsync("Seen enough");
        await walk.ClickAsync(page.Locator(".stop-dialog").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Promote \\d+ canar") }));
        await Expect(page.Locator(".stop-dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator(".problem-view .notice").First).ToContainTextAsync(new Regex("Promot|Resolved"));
        Assert.Empty(tab.Errors);
    }
}

/// <summary>From the first page to a remedy, with the clicks counted.</summary>
internal sealed class ProblemWalk
{
    private const int MostClicks = 3;

    /// <summary>Milliseconds within which a problem is named on a busy machine: one look at the fleet that took long is followed by a long pause.</summary>
    public const int Patience = 90_000;

    private int _clicks;

    /// <summary>Opens the first page, waits until it names the problem, and opens it.</summary>
    public static async Task<ProblemWalk> StartAsync(IPage page, string title, string about = "")
    {
        await page.GotoAsync("");
        await page.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        var walk = new ProblemWalk();
        var problem = page.Locator(".problem-list a", new() { HasText = title }).Filter(new() { HasText = about }).First;
        await Expect(problem).ToBeVisibleAsync(new() { Timeout = ProblemWalk.Patience });
        await walk.ClickAsync(problem);
        await Expect(page.Locator(".problem-view h2")).ToHaveTextAsync(title);
        return walk;
    }

    /// <summary>One click more.</summary>
    public async Task ClickAsync(ILocator what)
    {
        Assert.True(++_clicks <= MostClicks, $"{_clicks} clicks");
        await what.ClickAsync();
    }
}
