using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>A canary of a control plane that omits every optional field.</summary>
public sealed class SilentCanaryFleet() : StartedFleet(("Simulator:Scenario", "canary-waits"), ("Simulator:OmitOptional", "true"));

/// <summary>A canary that fails its health check.</summary>
public sealed class FailingCanaryFleet() : StartedFleet(("Simulator:Scenario", "canary-fails"));

/// <summary>A rollout of many small waves.</summary>
public sealed class SlowRolloutFleet() : StartedFleet(("Simulator:Scenario", "rolling-slow"));

/// <summary>The same, spoken in the rollout generation.</summary>
public sealed class SlowRolloutOfJobsFleet() : StartedFleet(("Simulator:Scenario", "rolling-slow"), ("Simulator:Generation", "rollout"));

/// <summary>The same, looked at so seldom that the dashboard knows less than the control plane.</summary>
public sealed class SlowRolloutSeldomWatchedFleet() : StartedFleet(("Simulator:Scenario", "rolling-slow"), ("ControlPlane:PollInterval", "00:00:20"), ("ControlPlane:ShortestPollInterval", "00:00:20"));

/// <summary>The deployment that a scenario is about, on its page.</summary>
internal static class DeploymentPageOf
{
    /// <summary>Opens the page of the deployment in progress, from the list.</summary>
    public static async Task<Tab> OpenAsync(Browser browser, StartedFleet fleet, ColorScheme scheme = ColorScheme.Light)
    {
        var tab = await browser.OpenAsync(fleet.Address, "deployments", scheme: scheme);
        await tab.Page.Locator(".deployment-table tbody tr a").First.ClickAsync();
        await Expect(tab.Page.Locator(".phases")).ToBeVisibleAsync();
        return tab;
    }

    /// <summary>Gives a dialog of a high-risk command its reason and the name that it asks for.</summary>
    public static async Task ConfirmAsync(this IPage page, string reason)
    {
        var asks = await page.Locator(".stop-dialog label", new() { HasTextRegex = new Regex("^Type .+ to confirm") }).TextContentAsync();
        await page.Locator("#command-typed, #job-typed").FillAsync(Regex.Match(asks!, "Type (.+) to confirm").Groups[1].Value);
        await page.Locator("#command-reason").FillAsync(reason);
    }

    // Those of its head: the card of a problem offers the same command.
    public static ILocator Button(this Tab tab, string name) => tab.Page.Locator(".execution-head").GetByRole(AriaRole.Button, new() { Name = name });
}

/// <summary>A canary is watched from its start, promoted, and watched to its end.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PromoteTests(Browser browser, WaitingCanaryFleet fleet) : IClassFixture<WaitingCanaryFleet>
{
    [Fact]
    public async Task Promote_WaitingCanary_IsFollowedToCompleted()
    {
        await using var tab = await DeploymentPageOf.OpenAsync(browser, fleet);
        await Expect(tab.Page.Locator(".sentence")).ToContainTextAsync("Awaiting promotion");
        await Expect(tab.Page.Locator(".block.canary").First).ToBeVisibleAsync();

        await tab.Button("Promote…").ClickAsync();
        await Expect(tab.Page.Locator(".stop-dialog")).ToContainTextAsync("Promotes");
        await tab.Page.ConfirmAsync("Healthy for long enough");
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Promote \\d+ canar") }).ClickAsync();

        await Expect(tab.Page.Locator("[data-operation=seen]")).ToContainTextAsync("Promoted");
        await Expect(tab.Page.Locator(".execution-head .deployment-state")).ToHaveTextAsync("completed", new() { Timeout = 90_000 });
        await Expect(tab.Page.Locator(".execution-head").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Promote") })).ToBeDisabledAsync();
        Assert.Empty(tab.Errors);
    }
}

/// <summary>The same without optional fields: the page shows what is known and marks what is not.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SilentPromoteTests(Browser browser, SilentCanaryFleet fleet) : IClassFixture<SilentCanaryFleet>
{
    [Fact]
    public async Task Promote_TotalsAreNotSent_SaysSoAndIsFollowedToCompleted()
    {
        await using var tab = await DeploymentPageOf.OpenAsync(browser, fleet);
        await Expect(tab.Page.Locator(".sentence")).ToContainTextAsync("Awaiting promotion");
        await Expect(tab.Page.Locator("main")).ToContainTextAsync("Of 3 nodes that have it; the total is not reported.");

        await tab.Button("Promote…").ClickAsync();
        var dialog = tab.Page.Locator(".stop-dialog");
        await Expect(dialog).ToContainTextAsync("Promotes 3 canaries of version 4. The rest of its nodes follow in waves of 7; the server does not say how many. 21 nodes run an older version now (v3).");
        await Expect(dialog).Not.ToContainTextAsync("0 nodes");
        await tab.Page.ConfirmAsync("Healthy for long enough");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Promote 3 canaries" }).ClickAsync();

        await Expect(tab.Page.Locator(".execution-head .deployment-state")).ToHaveTextAsync("completed", new() { Timeout = 90_000 });
        await Expect(tab.Page.Locator(".sentence")).ToContainTextAsync("24 of 24 placed nodes done");
        await Expect(tab.Page.Locator("#canary")).ToContainTextAsync("at promotion");
        await Expect(tab.Page.Locator("#canary + p")).ToContainTextAsync("0 of 3 canaries failed or degraded, 0 of 21 other nodes failed or degraded");
        Assert.Empty(tab.Errors);
    }
}

/// <summary>A canary that fails.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FailingCanaryTests(Browser browser, FailingCanaryFleet fleet) : IClassFixture<FailingCanaryFleet>
{
    [Fact]
    public async Task Canary_Fails_RollsBackByItselfAndSaysWhy()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "deployments");
        var rolledBack = tab.Page.Locator(".deployment-table tbody tr").Filter(new() { Has = tab.Page.Locator(".deployment-state.rolled_back, .deployment-state.failed") });
        await Expect(rolledBack.First).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await rolledBack.First.GetByRole(AriaRole.Link).ClickAsync();

        await Expect(tab.Page.Locator("#failed + *")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".phases")).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }
}

/// <summary>Pause, resume, roll back.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PauseTests(Browser browser, SlowRolloutFleet fleet) : IClassFixture<SlowRolloutFleet>
{
    [Fact]
    public async Task PauseResumeAndRollback_MidWave_AreSeen()
    {
        await using var tab = await DeploymentPageOf.OpenAsync(browser, fleet);
        await GiveAsync(tab, "Pause");
        await Expect(tab.Page.Locator(".execution-head .deployment-state")).ToHaveTextAsync("paused");
        await GiveAsync(tab, "Resume");
        await Expect(tab.Page.Locator(".execution-head .deployment-state")).ToHaveTextAsync("in progress");

        await tab.Button("Roll back…").ClickAsync();
        await Expect(tab.Page.Locator(".compare, .stop-dialog .quiet").First).ToBeVisibleAsync();
        await tab.Page.ConfirmAsync("Too slow");
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Roll back to version \\d+") }).ClickAsync();
        await Expect(tab.Page.Locator("[data-operation=seen]")).ToContainTextAsync(new Regex("Rollback started|Rolled back"));
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_InEitherTheme_HaveNoViolation(ColorScheme scheme)
    {
        var wcag = new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };
        await using var tab = await browser.OpenAsync(fleet.Address, "deployments", scheme: scheme);
        await Expect(tab.Page.Locator(".deployment-table tbody tr").First).ToBeVisibleAsync();
        var list = await tab.Page.RunAxe(wcag);
        await tab.Page.Locator(".deployment-table tbody tr a").First.ClickAsync();
        await Expect(tab.Page.Locator(".state-area, #overtime ~ .quiet").First).ToBeVisibleAsync();
        var detail = await tab.Page.RunAxe(wcag);

        Assert.Equal("", string.Join("\n", list.Violations.Concat(detail.Violations).Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")));
        Assert.Empty(tab.Errors);
    }

    private static async Task GiveAsync(Tab tab, string verb)
    {
        await tab.Button(verb).ClickAsync();
        await Expect(tab.Page.Locator("[data-undo=waiting]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-operation=seen]")).ToContainTextAsync($"{verb}d at", new() { Timeout = 30_000 });
    }
}

/// <summary>The rollout generation: the same page, and the commands that its servers have.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RolloutOfJobsTests(Browser browser, SlowRolloutOfJobsFleet fleet) : IClassFixture<SlowRolloutOfJobsFleet>
{
    [Fact]
    public async Task Rollout_OfAJob_PausesAndCannotBePromoted()
    {
        await using var tab = await DeploymentPageOf.OpenAsync(browser, fleet);
        var promote = tab.Button("Promote…");
        await Expect(promote).ToBeDisabledAsync();
        await Expect(promote).ToHaveAttributeAsync("title", "This control plane does not offer it.");

        await tab.Button("Pause").ClickAsync();

        await Expect(tab.Page.Locator("[data-operation=seen]")).ToContainTextAsync("Paused at", new() { Timeout = 30_000 });
        await Expect(tab.Page.Locator(".execution-head .deployment-state")).ToHaveTextAsync("paused");
        Assert.Empty(tab.Errors);
    }
}

/// <summary>A command that is refused because the state changed.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DeploymentConflictTests(Browser browser, SlowRolloutSeldomWatchedFleet fleet) : IClassFixture<SlowRolloutSeldomWatchedFleet>
{
    [Fact]
    public async Task Pause_PausedBySomebodyElse_ShowsTheConflictAndTheStateNow()
    {
        await using var tab = await DeploymentPageOf.OpenAsync(browser, fleet);
        var id = Uri.UnescapeDataString(new Uri(tab.Page.Url).Segments[^1]);
        await tab.Button("Pause").ClickAsync();
        using var paused = await fleet.Http.PostAsJsonAsync(new Uri(fleet.Api, $"deployments/{id}/pause"), new { reason = "first" });
        Assert.Equal(HttpStatusCode.OK, paused.StatusCode);

        // The control plane says so, or the feed has looked in between.
        await Expect(tab.Page.Locator("[data-undo=answered] [role=alert]")).ToContainTextAsync(new Regex("[Ii]t is paused now"), new() { Timeout = 30_000 });
    }
}
