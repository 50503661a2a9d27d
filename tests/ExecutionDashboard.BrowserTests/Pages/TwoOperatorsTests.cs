using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>Two operators at one rollout.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TwoOperatorsTests(Browser browser, WaitingCanaryFleet fleet) : IClassFixture<WaitingCanaryFleet>
{
    [Fact]
    public async Task Dialog_WhileAnotherOperatorActs_SaysWhatHappenedAndSwitchesItselfOff()
    {
        await using var first = await DeploymentPageOf.OpenAsync(browser, fleet);
        await using var second = await DeploymentPageOf.OpenAsync(browser, fleet);
        await Expect(second.Page.Locator(".sentence")).ToContainTextAsync("Awaiting promotion");
        await second.Button("Promote…").ClickAsync();
        var send = second.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Promote \\d+ canar") });
        await second.Page.ConfirmAsync("Seen enough, too");
        await Expect(send).ToBeEnabledAsync();

        await first.Button("Promote…").ClickAsync();
        await first.Page.ConfirmAsync("Seen enough");
        await first.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Promote \\d+ canar") }).ClickAsync();

        await Expect(second.Page.Locator(".stop-dialog [role=status]")).ToContainTextAsync("The canary is promoted already.");
        await Expect(send).ToBeDisabledAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(second.Page.Locator("[data-operation=seen]")).ToContainTextAsync("Promoted");
        await Expect(second.Page.Locator("[data-operation=seen]")).ToContainTextAsync("Reason: Seen enough");
        Assert.Empty(first.Errors);
        Assert.Empty(second.Errors);
    }
}
