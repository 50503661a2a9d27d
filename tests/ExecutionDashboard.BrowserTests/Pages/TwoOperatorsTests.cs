using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>Two operators at one rollout: they see each other's dialogs, take commands back, and are asked again when something moved.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TwoOperatorsTests(Browser browser, WaitingCanaryFleet fleet) : IClassFixture<WaitingCanaryFleet>
{
    private static readonly LocatorAssertionsToContainTextOptions AfterTheDelay = new() { Timeout = 30_000 };

    // One story, because each step changes the one rollout of the fleet.
    [Fact]
    public async Task Rollout_OfTwoOperators_IsUndoneAskedAgainAndPromotedOnce()
    {
        await using var first = await DeploymentPageOf.OpenAsync(browser, fleet);
        await using var second = await DeploymentPageOf.OpenAsync(browser, fleet);
        await Expect(second.Page.Locator(".sentence")).ToContainTextAsync("Awaiting promotion");

        await UndoByKeyboardAsync(first.Page, first.Button("Pause"), second);
        await BeAskedAgainAsync(first);
        await PromoteAsync(first, second);

        Assert.Empty(first.Errors.Concat(second.Errors));
    }

    // By the keyboard alone, after the page was left; the other one sees that it was about to be paused.
    private static async Task UndoByKeyboardAsync(IPage page, ILocator pause, Tab other)
    {
        await pause.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var bar = page.Locator("[data-undo=waiting]");
        await Expect(bar).ToContainTextAsync("Pausing");
        await Expect(page.Locator(".undo-bars")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("z");
        await Expect(bar).ToHaveCountAsync(0);
        await Expect(page.Locator(".sr-only[role=status]").Last).ToContainTextAsync("undone");
        // Back where it was pressed, for another try.
        await Expect(pause).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(other.Page.Locator("[data-presence=Pause]")).ToContainTextAsync("Somebody is about to pause it");
        await page.Locator(".execution-title a.plain-link").ClickAsync();
        await Expect(page.Locator(".job-page h1")).ToBeVisibleAsync();
        await page.Locator(".undo-bars").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(bar).ToHaveCountAsync(0);
        await Expect(other.Page.Locator("[data-presence]")).ToHaveCountAsync(0);
        await Expect(other.Button("Pause")).ToBeEnabledAsync();
        await page.GoBackAsync();
        await Expect(page.Locator(".phases")).ToBeVisibleAsync();
    }

    // Whoever paused it at the control plane was faster.
    private async Task BeAskedAgainAsync(Tab tab)
    {
        var id = Uri.UnescapeDataString(new Uri(tab.Page.Url).Segments[^1]);
        await tab.Button("Pause").ClickAsync();
        await Expect(tab.Page.Locator("[data-undo=waiting]")).ToBeVisibleAsync();
        using (var paused = await fleet.Http.PostAsJsonAsync(new Uri(fleet.Api, $"deployments/{id}/pause"), new { reason = "first" })) paused.EnsureSuccessStatusCode();

        await Expect(tab.Page.Locator("[data-undo=answered] [role=alert]")).ToContainTextAsync("It was in progress when you asked; it is paused now.", AfterTheDelay);
        await tab.Page.Locator(".undo-bars").GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(tab.Page.Locator(".undo-bar")).ToHaveCountAsync(0);
        await tab.Button("Resume").ClickAsync();
        await Expect(tab.Page.Locator("[data-operation=seen]")).ToContainTextAsync("Resumed at", AfterTheDelay);
    }

    private static async Task PromoteAsync(Tab first, Tab second)
    {
        await second.Button("Promote…").ClickAsync();
        await Expect(first.Page.Locator("[data-presence=Promote]")).ToContainTextAsync("Somebody is about to promote it");
        await first.Button("Promote…").ClickAsync();
        await Expect(first.Page.Locator(".stop-dialog [data-presence=Promote]")).ToBeVisibleAsync();
        await Expect(second.Page.Locator(".stop-dialog [data-presence=Promote]")).ToBeVisibleAsync();
        var send = second.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Promote \\d+ canar") });
        await second.Page.ConfirmAsync("Seen enough, too");
        await Expect(send).ToBeEnabledAsync();

        await first.Page.ConfirmAsync("Seen enough");
        await first.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Promote \\d+ canar") }).ClickAsync();

        await Expect(second.Page.Locator(".stop-dialog .notice.warn[role=status]")).ToContainTextAsync("The canary is promoted already.");
        await Expect(second.Page.Locator(".stop-dialog .moved")).ToContainTextAsync("Its canary was not promoted when you asked; it is promoted now.");
        await Expect(send).ToBeDisabledAsync();
        await Expect(second.Page.Locator(".stop-dialog [data-presence]")).ToHaveCountAsync(0);
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(second.Page.Locator("[data-operation=seen]")).ToContainTextAsync("Promoted");
        await Expect(second.Page.Locator("[data-operation=seen]")).ToContainTextAsync("Reason: Seen enough");
    }
}
