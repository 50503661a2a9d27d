using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>Specs: reading, search, folding, comparison, and their distribution over the fleet.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SpecTests(Browser browser, QuietFleet fleet, FailedRolloutFleet failed) : IClassFixture<QuietFleet>, IClassFixture<FailedRolloutFleet>
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    private const string HalfRolledOut = "specs?behind=yes";

    private async Task<(string Id, int Version, JsonElement Spec)> JobAsync(string name)
    {
        var job = (await fleet.ListAsync("jobs")).First(j => j.GetProperty("spec").GetProperty("name").GetString() == name);
        return (job.GetProperty("id").GetString()!, job.GetProperty("status").GetProperty("version").GetInt32(), job.GetProperty("spec"));
    }

    private static string Compare(string left, string right) => $"compare?left={Uri.EscapeDataString(left)}&right={Uri.EscapeDataString(right)}";

    [Fact]
    public async Task Compare_TwoVersions_FoldsWhatIsTheSameAndKeepsTheLink()
    {
        var (job, version, _) = await JobAsync("plant-sensor-ingest");
        await using var tab = await browser.OpenAsync(fleet.Address, Compare($"version:{version - 1}:{job}", $"version:{version}:{job}"));
        var page = tab.Page;
        await Expect(page.Locator(".change-counts")).ToContainTextAsync("changed");
        await Expect(page.Locator(".compare.side tr.changed").First).ToBeVisibleAsync();
        await Expect(page.Locator(".compare")).ToContainTextAsync($"meta release = \"r{version}\"");

        var fold = page.Locator("tr.fold button").First;
        await fold.ClickAsync();
        await Expect(fold).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(page.Locator(".compare")).ToContainTextAsync("name: plant-sensor-ingest");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next difference" }).ClickAsync();
        await Expect(page.Locator("tr.here")).ToHaveAttributeAsync("data-difference", "1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unified" }).ClickAsync();
        await Expect(page.Locator(".compare.unified tr.removed").First).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("view=unified"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Swap the sides" }).ClickAsync();
        await Expect(page.Locator(".compare-sides .card").First).ToContainTextAsync($"plant-sensor-ingest v{version}");

        await page.GetByLabel("After: kind of spec").SelectOptionAsync("Job");
        await Expect(page.Locator(".equal")).ToContainTextAsync(new Regex("No (visible )?difference"));
        await page.GotoAsync(Compare($"version:9999:{job}", $"job:{job}"));
        await Expect(page.Locator(".notice.bad")).ToContainTextAsync("no longer has version 9999");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Compare_PastedText_StaysOutOfTheAddressAndIsMasked()
    {
        var (job, _, spec) = await JobAsync("syslog-shipper");
        await using var tab = await browser.OpenAsync(fleet.Address, Compare($"job:{job}", "pasted"));
        var page = tab.Page;
        var reordered = "{" + string.Join(',', spec.EnumerateObject().Reverse().Select(m => JsonSerializer.Serialize(m.Name) + ": " + m.Value.GetRawText())) + "}";
        await PasteAsync(reordered);
        await Expect(page.Locator(".equal")).ToContainTextAsync(new Regex("No (visible )?difference"));

        // More than one message of the circuit may hold.
        await AgainAsync($"name: syslog-shipper\npassword: planted-hunter2\nconfig:\n  note: |\n{string.Concat(Enumerable.Range(0, 4_000).Select(i => $"    line {i} of a long text\n"))}");
        await Expect(page.Locator(".change-counts")).ToContainTextAsync("removed");
        await Expect(page.Locator(".compare")).ToContainTextAsync("password: •••");
        Assert.DoesNotContain("planted-hunter2", await page.Locator(".compare-page").InnerHTMLAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("planted", page.Url, StringComparison.Ordinal);

        await AgainAsync("name: &n syslog-shipper\nlabel: *n\n---\nname: second");
        await Expect(page.Locator(".compare-page .notice.warn")).ToContainTextAsync("Only the first is compared");
        await Expect(page.Locator(".compare")).ToContainTextAsync("label: syslog-shipper");

        // What was compared before must not stay beside the message.
        await AgainAsync("a: *x");
        await Expect(page.Locator(".notice.bad")).ToContainTextAsync("*x has no anchor");
        await Expect(page.Locator(".compare")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);

        async Task PasteAsync(string text)
        {
            // Typing thousands of lines would take the browser longer than all else.
            await page.Locator("textarea").EvaluateAsync("(area, text) => { area.value = text; }", text);
            await page.GetByRole(AriaRole.Button, new() { Name = "Use it" }).ClickAsync();
        }

        async Task AgainAsync(string text)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Paste another" }).ClickAsync();
            await PasteAsync(text);
        }
    }

    [Fact]
    public async Task Specs_NodesBehind_AreCountedAndLeadToTheirComparison()
    {
        await using var tab = await browser.OpenAsync(failed.Address, HalfRolledOut);
        var page = tab.Page;
        await page.Locator(".skew-table .behind").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("open="));
        await page.Locator(".skew-nodes a").First.ClickAsync();
        await page.Locator(".execution-head .old-spec").ClickAsync();
        await Expect(page.Locator(".compare tr.changed").First).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Spec_Yaml_FoldsFindsAndDownloadsMasked()
    {
        var (job, _, _) = await JobAsync("syslog-shipper");
        var execution = (await fleet.ListAsync("executions?job_id=" + job)).First(e => e.GetProperty("job_id").GetString() == job).GetProperty("id").GetString();
        await using var tab = await browser.OpenAsync(fleet.Address, $"executions/{execution}?tab=spec");
        var page = tab.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "YAML", Exact = true }).ClickAsync();
        await Expect(page.Locator(".source[aria-label='Spec as YAML'] .code-line").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fold", Exact = true }).ClickAsync();
        await Expect(page.Locator(".folded").First).ToContainTextAsync("line");
        await page.GetByLabel("Search in Spec as YAML").FillAsync("edge-logs");
        await Expect(page.Locator(".code-line.current .found")).ToHaveTextAsync("edge-logs");
        await Expect(page.Locator(".matches")).ToHaveTextAsync("1 of 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-copy-from].copied")).ToBeVisibleAsync();
        var copied = await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.Contains("index: edge-logs", copied, StringComparison.Ordinal);
        Assert.DoesNotContain("E5-s3cret", copied, StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_InEitherTheme_HaveNoViolation(ColorScheme scheme)
    {
        var (job, version, _) = await JobAsync("plant-sensor-ingest");
        await using var tab = await browser.OpenAsync(fleet.Address, Compare($"version:{version - 1}:{job}", $"version:{version}:{job}"), scheme: scheme);
        await Expect(tab.Page.Locator(".compare tr.changed").First).ToBeVisibleAsync();
        var compare = await tab.Page.RunAxe(Wcag);
        await using var moving = await browser.OpenAsync(failed.Address, HalfRolledOut, scheme: scheme);
        await moving.Page.Locator(".skew-table .behind").First.ClickAsync();
        await Expect(moving.Page.Locator(".skew-nodes li").First).ToBeVisibleAsync();
        var specs = await moving.Page.RunAxe(Wcag);

        Assert.Equal("", string.Join("\n", compare.Violations.Concat(specs.Violations).Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")));
        Assert.Empty(tab.Errors);
    }
}
