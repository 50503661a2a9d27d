using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Devices;

/// <summary>Every page on a phone.</summary>
[Collection(BrowserCollection.Name)]
public sealed class NarrowTests(Browser browser, DemoFleet fleet)
{
    private const int Width = 390;
    private const int Height = 844;

    [Theory]
    [InlineData("", ".needs-attention")]
    [InlineData("attention", ".attention-page .filters")]
    [InlineData("executions", "tbody tr[data-index]")]
    [InlineData("executions?state=running&q=e&label=region%3Dus-west&updated_from=2020-01-01T00:00:00Z", ".chip")]
    [InlineData("deployments", ".deployment-table tbody tr")]
    [InlineData("jobs", ".job-table tbody tr")]
    [InlineData("nodes?group=region", "tbody tr[data-index]")]
    [InlineData("nodes?view=map&color=load", ".map-host[data-drawn='200']")]
    [InlineData("no/such/page", "h1")]
    public async Task Page_PhoneWidth_DoesNotScrollSideways(string path, string ready)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, path, Width, Height);
        await Expect(tab.Page.Locator(ready).First).ToBeVisibleAsync();

        Assert.InRange(await WidthAsync(tab), 1, Width);
    }

    [Fact]
    public async Task Execution_PhoneWidth_NoTabScrollsSideways()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?state=running", Width, Height);
        await tab.Page.Locator("tbody tr[data-index]").First.ClickAsync();
        foreach (var name in new[] { "Details", "Timeline", "Spec", "Raw" })
        {
            await tab.Page.GetByRole(AriaRole.Tab, new() { Name = name }).ClickAsync();
            await Expect(tab.Page.GetByRole(AriaRole.Tab, new() { Name = name })).ToHaveAttributeAsync("aria-selected", "true");
            Assert.InRange(await WidthAsync(tab), 1, Width);
            Assert.InRange(await tab.Page.Locator(".panel").EvaluateAsync<int>("e => e.scrollWidth"), 1, Width);
        }
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Deployment_PhoneWidth_DoesNotScrollSidewaysAndItsNameIsALine()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "deployments", Width, Height);
        await tab.Page.Locator(".deployment-table tbody a").First.ClickAsync();
        await Expect(tab.Page.Locator(".phases")).ToBeVisibleAsync();

        Assert.InRange(await WidthAsync(tab), 1, Width);
        Assert.InRange(await tab.Page.Locator("h1").EvaluateAsync<int>("e => e.offsetHeight"), 1, 60);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Job_PhoneWidth_NoTabScrollsSideways()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "jobs", Width, Height);
        await tab.Page.Locator(".job-table tbody a").First.ClickAsync();
        foreach (var (name, ready) in new[] { ("Overview", ".spread li"), ("Versions", "[data-version]"), ("Spec", ".tab-panel .card"), ("History", ".history-filter"), ("Logs", ".log-line") })
        {
            await tab.Page.GetByRole(AriaRole.Tab, new() { Name = name }).ClickAsync();
            await Expect(tab.Page.Locator(ready).First).ToBeVisibleAsync();
            Assert.InRange(await WidthAsync(tab), 1, Width);
        }
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task ChosenStates_PhoneWidth_AreInView()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?state=lost&state=stopped", Width, Height);
        var chosen = tab.Page.Locator(".state-toggle.on");
        await Expect(chosen).ToHaveCountAsync(2);
        foreach (var box in new[] { await chosen.First.BoundingBoxAsync(), await chosen.Last.BoundingBoxAsync() })
        {
            Assert.InRange(box!.X, 0, Width);
            Assert.InRange(box.X + box.Width, 0, Width);
        }
    }

    [Fact]
    public async Task LaneNames_WithoutRoom_KeepWhatTellsThemFromTheirNeighbours()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "", Width, Height);
        var cut = await tab.Page.EvaluateAsync<string[]>("""
            async () => {
              const { cutName } = await import('/js/timeline/names.js');
              const t = { width: text => text.length * 10 };
              return [
                cutName(t, 'plant-a-sensor.example.internal', undefined, 'plant-b-sensor.example.internal', 120, ''),
                cutName(t, 'edge-eu-central-1-0017', 'edge-eu-central-1-0016', 'edge-eu-central-1-0018', 120, ''),
                cutName(t, 'short', 'shorter', undefined, 120, ''),
                cutName(t, 'alone-in-its-whole-group-of-lanes', undefined, undefined, 120, ''),
              ];
            }
            """);
        Assert.Equal(["…a….internal", "edge-eu…0017", "short", "alone-in-its-whole-group-of-lanes"], cut);
    }

    [Fact]
    public async Task Menu_PhoneWidth_OpensAndLeadsToAnotherPage()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "", Width, Height);
        var link = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Executions", Exact = true });
        await Expect(tab.Page.Locator(".needs-attention")).ToBeVisibleAsync();
        await Expect(link).ToBeHiddenAsync();

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Navigation" }).ClickAsync();
        await link.ClickAsync();

        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        await Expect(link).ToBeHiddenAsync();
        Assert.Empty(tab.Errors);
    }

    private static Task<int> WidthAsync(Tab tab) => tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
}
