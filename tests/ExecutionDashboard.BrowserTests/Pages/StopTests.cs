using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>Stopping executions from the browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StopTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    // Its node is heard from, so that it will obey.
    private const string Obedient = "tbody tr[data-index]:not(:has(.last-known))";

    [Fact]
    public async Task Stop_FromThePanel_EndsAsStoppedInTheListWithoutAReload()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?q=syslog-shipper&state=running");
        var id = (await tab.Page.Locator($"{Obedient} .c-id code").First.TextContentAsync())!;
        await tab.Page.EvaluateAsync("() => { window.notReloaded = true; }");
        await tab.Page.Locator(Row(id)).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).ClickAsync();
        await tab.Page.Locator("#stop-reason").FillAsync("Replaced by hand");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the execution" }).ClickAsync();

        await Expect(tab.Page.Locator(".panel [data-operation=seen]")).ToContainTextAsync(new Regex("Stopped|Stop in effect"));
        await Expect(tab.Page.Locator(Row(id) + " .state")).ToHaveTextAsync("stopped");
        await Expect(tab.Page.Locator(".panel .execution-title .state")).ToHaveTextAsync("stopped");
        await Expect(tab.Page.Locator(".panel .steps")).ToContainTextAsync("Replaced by hand");
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.notReloaded"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Stop_Ended_IsOffWithTheReason()
    {
        var ended = (await fleet.ListAsync("executions?states=failed"))[0].GetProperty("id").GetString()!;
        await using var tab = await browser.OpenAsync(fleet.Address, "executions/" + ended);

        var stop = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop…" });
        await Expect(stop).ToBeDisabledAsync();
        await Expect(stop).ToHaveAttributeAsync("title", "It has ended: failed.");
    }

    [Fact]
    public async Task StopDialog_ByKeyboard_StartsInTheReasonKeepsItAndEnterSends()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?state=running&sort=-id");
        var page = tab.Page;
        await page.Locator($"{Obedient} .c-job").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).PressAsync("Enter");
        await Expect(page.Locator("#stop-reason")).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync("Draining ");
        await page.EvaluateAsync("() => { window.left = 0; document.addEventListener('focusout', () => window.left++); }");
        await page.Mouse.ClickAsync(5, 500);
        await page.Keyboard.TypeAsync("the site");
        await Expect(page.Locator("#stop-reason")).ToHaveValueAsync("Draining the site");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.left"));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".stop-dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator(".panel [data-operation]")).ToContainTextAsync("Stop");
    }

    private static string Row(string id) => $"tbody tr[data-index]:has(input[value=\"{id}\"])";
}

/// <summary>A stop that is refused because the execution ended.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StopConflictTests(Browser browser, SeldomWatchedFleet fleet) : IClassFixture<SeldomWatchedFleet>
{
    [Fact]
    public async Task Stop_AlreadyStoppedBySomebodyElse_ShowsTheConflictAndTheStateNow()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?q=syslog-shipper&state=running");
        var row = tab.Page.Locator("tbody tr[data-index]:not(:has(.last-known))").First;
        var id = (await row.Locator(".c-id code").TextContentAsync())!;
        await row.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).ClickAsync();
        await Expect(tab.Page.Locator(".stop-dialog")).ToBeVisibleAsync();
        using (var reply = await fleet.Http.PostAsync(new Uri(fleet.Api, $"executions/{id}/stop"), new StringContent("{}", null, "application/json")))
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        await Eventually.HoldsAsync(async () => await StateAsync(id) is var state && state == "stopped" ? null : state);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the execution" }).ClickAsync();

        var refusal = tab.Page.Locator(".stop-dialog [role=alert]");
        await Expect(refusal).ToContainTextAsync("already ended");
        await Expect(refusal).ToContainTextAsync("It is stopped now");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the execution" })).ToBeDisabledAsync();
        Assert.Empty(tab.Errors);
    }

    private async Task<string> StateAsync(string id)
    {
        using var reply = JsonDocument.Parse(await fleet.Http.GetStringAsync(new Uri(fleet.Api, "executions/" + id)));
        return reply.RootElement.GetProperty("execution").GetProperty("status").GetProperty("compute_state").GetProperty("state_type").GetString()!;
    }
}

/// <summary>A control plane that stops jobs only.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StopJobTests(Browser browser, RolloutFleet fleet) : IClassFixture<RolloutFleet>
{
    [Fact]
    public async Task Stop_NotOfferedForOne_OffersTheJobWithItsNumbersAndAllEndAsStopped()
    {
        var (job, name, executions, nodes) = await ObedientJobAsync();
        await using var tab = await browser.OpenAsync(fleet.Address, $"executions?job={job}&state=running&state=starting&state=validating");
        await tab.Page.Locator("tbody tr[data-index]").First.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the execution" }).ClickAsync();

        var dialog = tab.Page.Locator(".stop-dialog");
        await Expect(dialog).ToContainTextAsync("cannot stop a single execution");
        await Expect(dialog).ToContainTextAsync($"on {nodes} nodes: {executions} executions");
        var stop = tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Stop the job on {nodes} nodes" });
        await Expect(stop).ToBeDisabledAsync();
        await tab.Page.Locator("#stop-typed").FillAsync(name);
        await Expect(stop).ToBeDisabledAsync();
        await tab.Page.Locator("#stop-reason").FillAsync("Not needed any more");
        await stop.ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator(".panel .execution-title .state")).ToHaveTextAsync("stopped");
        await tab.Page.GotoAsync($"executions?job={job}&state=stopped");
        await Expect(tab.Page.Locator(".state-toggle.st-running b")).ToHaveTextAsync("0");
        await Expect(tab.Page.Locator(".state-toggle.st-stopping b")).ToHaveTextAsync("0");
        await Expect(tab.Page.Locator("tbody tr[data-index] .state").First).ToHaveTextAsync(new Regex("stopped"));
        Assert.Empty(tab.Errors);
    }

    // A job whose nodes are all heard from, so that all of it will obey.
    private async Task<(string Id, string Name, int Executions, int Nodes)> ObedientJobAsync()
    {
        string[] ended = ["completed", "failed", "lost", "stopped"];
        var down = (await fleet.ListAsync("nodes")).Where(n => n.GetProperty("status").GetProperty("connection_state").GetString() != "connected").Select(n => n.GetProperty("id").GetString()).ToHashSet();
        var open = (await fleet.ListAsync("executions")).Where(e => !ended.Contains(e.GetProperty("status").GetProperty("observed_state").GetProperty("state_type").GetString())).ToLookup(e => e.GetProperty("job_id").GetString()!);
        var calm = (await fleet.ListAsync("jobs")).Where(j => j.GetProperty("status").GetProperty("state").GetProperty("state_type").GetString() == "running").Select(j => (Id: j.GetProperty("id").GetString()!, Name: j.GetProperty("spec").GetProperty("name").GetString()!));
        var (id, name) = calm.First(j => open[j.Id].Count() is > 3 and < 200 && open[j.Id].All(e => !down.Contains(e.GetProperty("node_id").GetString())));
        return (id, name, open[id].Count(), open[id].Select(e => e.GetProperty("node_id").GetString()).Distinct().Count());
    }
}
