using System.Text.Json;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>One execution on its own page: every field that the control plane has of it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ExecutionPageTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    [Fact]
    public async Task Page_FailedExecution_ShowsEveryField()
    {
        var failed = (await fleet.ListAsync("executions?states=failed")).First(e => e.GetProperty("status").TryGetProperty("details", out var details) && details.TryGetProperty("hint", out _)
            && e.TryGetProperty("deployment_id", out _) && e.GetProperty("status").TryGetProperty("previous_execution_id", out _));
        var (status, spec) = (failed.GetProperty("status"), failed.GetProperty("job_spec"));
        await using var tab = await browser.OpenAsync(fleet.Address, "executions/" + Text(failed, "id"));

        var page = tab.Page.Locator(".execution-page");
        await Expect(page.Locator(".steps li").First).ToBeVisibleAsync();
        foreach (var name in new[] { "id", "job_id", "job_type", "namespace", "node_id", "deployment_id", "eval_id" }) await Expect(page).ToContainTextAsync(Text(failed, name));
        await Expect(page.Locator("dl:has(dt:text-is('Version')) dd").Nth(2)).ToContainTextAsync(failed.GetProperty("job_version").ToString());
        await Expect(page.Locator(".execution-title .state")).ToHaveTextAsync("failed");
        await Expect(page).ToContainTextAsync(Text(status.GetProperty("compute_state"), "message"));
        await Expect(page).ToContainTextAsync(Text(status.GetProperty("desired_state"), "state_type"));
        var why = page.Locator(".why");
        foreach (var detail in status.GetProperty("details").EnumerateObject()) await Expect(why).ToContainTextAsync(detail.Value.GetString()!);
        await Expect(page.Locator("dt:text-is('Revision') + dd")).ToContainTextAsync(status.GetProperty("revision").ToString());
        await Expect(page.Locator("dt:text-is('Created') + dd rel-time").First).ToHaveAttributeAsync("at", Milliseconds(status, "created_at"));
        await Expect(page.Locator("dt:text-is('Updated') + dd rel-time").First).ToHaveAttributeAsync("at", Milliseconds(status, "updated_at"));
        await Expect(page.Locator($".chain-link[href$='{Text(status, "previous_execution_id")}']")).ToBeVisibleAsync();
        await Expect(page.Locator(".chain .here")).ToHaveCountAsync(1);

        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Timeline" }).ClickAsync();
        await Expect(page.Locator(".steps .state").First).ToHaveTextAsync("failed");
        await Expect(page.Locator(".steps .state").Last).ToHaveTextAsync("pending");

        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Spec" }).ClickAsync();
        foreach (var name in new[] { "name", "namespace", "type", "description" }) await Expect(page).ToContainTextAsync(Text(spec, name));
        await Expect(page.Locator("dt:text-is('Priority') + dd")).ToContainTextAsync(spec.GetProperty("priority").ToString());
        foreach (var label in spec.GetProperty("labels").EnumerateObject()) await Expect(page.Locator("dt:text-is('Labels') + dd").First).ToContainTextAsync($"{label.Name} {label.Value}");
        await Expect(page.Locator("dt:text-is('Meta') + dd")).ToContainTextAsync("reserved");
        await Expect(page.Locator(".card:has(h3:text-is('Rollout'))")).ToContainTextAsync(Text(spec.GetProperty("deployment"), "strategy"));
        await Expect(page.Locator("dt:text-is('Queue') + dd")).ToContainTextAsync("min");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "YAML" }).ClickAsync();
        await Expect(page.Locator(".source")).ToContainTextAsync("name: " + Text(spec, "name"));
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "JSON" }).ClickAsync();
        await Expect(page.Locator(".source")).ToContainTextAsync($"\"name\": \"{Text(spec, "name")}\"");

        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Raw" }).ClickAsync();
        await Expect(page.Locator(".source")).ToContainTextAsync("\"compute_state\"");
        await Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"tab=raw"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Page_ChainLink_WalksToTheOtherExecution()
    {
        var replaced = (await fleet.ListAsync("executions")).First(e => e.GetProperty("status").TryGetProperty("next_execution_id", out _));
        await using var tab = await browser.OpenAsync(fleet.Address, "executions/" + Text(replaced, "id"));
        var next = Text(replaced.GetProperty("status"), "next_execution_id");

        await tab.Page.Locator($".chain-link[href$='{next}']").ClickAsync();

        await Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"executions/{next}$"));
        await Expect(tab.Page.Locator("dt:text-is('Execution') + dd")).ToContainTextAsync(next);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Page_UnknownId_SaysSo()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions/no-such-execution");

        await Expect(tab.Page.GetByText("Execution not found")).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Milliseconds(JsonElement element, string name) =>
        element.GetProperty(name).GetDateTimeOffset().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The recorded replies of real servers, seen in a browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RecordedPageTests(Browser browser)
{
    [Fact]
    public async Task Pages_RecordedFixtures_ShowThemFullyAndMasked()
    {
        using var folder = new TemporaryFolder();
        await using var server = await FixtureServer.StartAsync();
        await using var program = await PartProcess.StartAsync(
            new Dictionary<string, string> { ["ControlPlane:Url"] = server.Address.ToString(), ["Storage:ConnectionString"] = folder["fleet.db"] }, folder.Path);
        await using var tab = await browser.OpenAsync(program.Address, "executions");
        await Expect(tab.Page.Locator("tbody tr[data-index]")).ToHaveCountAsync(3);
        await Expect(tab.Page.Locator("tbody")).ToContainTextAsync("crane-telemetry");
        await Expect(tab.Page.Locator("tbody")).ToContainTextAsync("quay-11");

        foreach (var id in FixtureServer.Ids)
        {
            foreach (var view in new[] { "", "?tab=timeline", "?tab=spec", "?tab=raw" })
            {
                await tab.Page.GotoAsync($"executions/{id}{view}");
                await Expect(tab.Page.Locator(view.Length == 0 ? ".card" : "#tabpanel > :not([role=status])").First).ToBeVisibleAsync();
                Assert.DoesNotContain(FixtureServer.Secret, await tab.Page.ContentAsync(), StringComparison.Ordinal);
            }
        }
        foreach (var places in ExecutionFields.All.GroupBy(place => place.Tab))
        {
            await tab.Page.GotoAsync("executions/exec-full-1" + (places.Key.Length > 0 ? "?tab=" + places.Key : ""));
            foreach (var place in places)
            {
                var found = tab.Page.Locator(".execution-page").Locator(place.Where).First;
                if (place.Text is null) await Expect(found).ToBeVisibleAsync();
                else await Expect(found).ToContainTextAsync(place.Text);
            }
        }
        Assert.Empty(tab.Errors);
    }
}
