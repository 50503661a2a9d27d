using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>Jobs: found, read, rolled back, stopped, their logs followed.</summary>
[Collection(BrowserCollection.Name)]
public sealed class JobTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    // The other scheme has other colours and nothing else.
    private static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    [Fact]
    public async Task List_FilteredAndWalkedByKeys_OpensTheJob()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("g");
        await tab.Page.Keyboard.PressAsync("j");
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Jobs");
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^query") }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Executions", Exact = true }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("jobs\\?type=query&sort=-executions$"));
        await Expect(tab.Page.Locator(".job-table tbody tr")).ToHaveCountAsync(2);
        await tab.Page.Locator("h1").ClickAsync();
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("j");
        var second = tab.Page.Locator(".job-table tbody tr").Nth(1);
        await Expect(second).ToHaveClassAsync("cursor");
        await Expect(second.Locator("td a").First).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator(".job-page h1")).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Rollback_ToAChosenVersion_IsTriedDryAndThenSeen()
    {
        var job = await CalmJobAsync(j => VersionOf(j) > 2, skip: 0);
        var (id, version) = (IdOf(job), VersionOf(job));
        await using var tab = await browser.OpenAsync(fleet.Address, $"jobs/{id}?tab=versions");
        var row = tab.Page.Locator($"[data-version='{version - 2}']");
        await tab.Page.Locator($"[data-version='{version}'] summary").ClickAsync();
        await Expect(tab.Page.Locator(".compare tr").First).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Roll back to") }).ClickAsync();
        var dialog = tab.Page.Locator(".stop-dialog");
        await Expect(dialog.Locator(".compare tr").First).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Dry run" }).ClickAsync();
        await Expect(dialog.Locator(".dry-run [role=status]")).ToContainTextAsync($"would take it, to version {version - 2}");
        Assert.Equal(version, VersionOf(await JobAsync(id)));
        Assert.Empty(await ViolationsAsync(tab.Page, ".stop-dialog"));

        await tab.Page.ConfirmAsync("The new mapping is wrong");
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Roll back to version {version - 2}" }).ClickAsync();
        await Expect(tab.Page.Locator("[data-operation=seen]")).ToContainTextAsync(new Regex("Rollback started|Rolled back"));
        await Expect(tab.Page.Locator(".job-page h1")).ToContainTextAsync($"v{version - 2}");
        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "History" }).ClickAsync();
        await Expect(tab.Page.Locator(".events li").First).ToContainTextAsync("rollback");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Stop_AsksForReasonAndName_ThenEveryExecutionStops()
    {
        var job = await CalmJobAsync(_ => true, skip: 1);
        var name = job.GetProperty("spec").GetProperty("name").GetString()!;
        await using var tab = await browser.OpenAsync(fleet.Address, $"jobs/{IdOf(job)}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).ClickAsync();
        var stop = tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Stop the job on \\d+ node") });
        await tab.Page.Locator("#stop-reason").FillAsync("Replaced by the new ingest");
        // The dialog's own focus comes late: it takes no field away from who types in another.
        await tab.Page.EvaluateAsync("() => import('./js/shell.js').then(shell => shell.enterDialog('stop-typed'))");
        await Expect(tab.Page.Locator("#stop-reason")).ToBeFocusedAsync();
        await Expect(stop).ToBeDisabledAsync();
        await tab.Page.Locator("#stop-typed").FillAsync(name);
        await stop.ClickAsync();
        await Expect(tab.Page.Locator("[data-operation=seen]")).ToContainTextAsync(new Regex("Stopped|Stop in effect"));
        await Expect(tab.Page.Locator(".execution-title .state")).ToHaveTextAsync("stopped", new() { Timeout = 60_000 });
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop…" })).ToHaveAttributeAsync("title", "The job is stopped already.");

        // deleted in another window: the page stands
        using (var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(fleet.Api, $"jobs/{IdOf(job)}")))
            (await fleet.Http.SendAsync(request)).EnsureSuccessStatusCode();
        await Expect(tab.Page.Locator(".notice.warn")).ToContainTextAsync("no longer has this job", new() { Timeout = 90_000 });
        await Expect(tab.Page.Locator("h1")).ToContainTextAsync(name);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Logs_AreFollowedPausedSearchedAndMasked()
    {
        var job = await CalmJobAsync(_ => true, skip: 2);
        await using var tab = await browser.OpenAsync(fleet.Address, $"jobs/{IdOf(job)}?tab=logs");
        var lines = tab.Page.Locator(".log-line");
        var last = lines.Last;
        await Expect(last).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".log-status")).ToContainTextAsync("Following");
        var before = await TotalAsync(tab.Page);
        await tab.Page.WaitForFunctionAsync("n => Number(document.querySelector('.log-status').textContent.match(/of ([\\d,]+)/)[1].replace(',', '')) > n", before);
        Assert.True(await tab.Page.Locator(".log-lines").EvaluateAsync<bool>("e => e.scrollHeight - e.scrollTop - e.clientHeight < 60"), "the end is in sight");

        await tab.Page.Locator(".log-lines").HoverAsync();
        await tab.Page.Mouse.WheelAsync(0, -400);
        await Expect(tab.Page.Locator(".log-status")).ToContainTextAsync("Paused");
        var top = await tab.Page.Locator(".log-lines").EvaluateAsync<double>("e => e.scrollTop");
        await Expect(tab.Page.Locator(".log-follow")).ToHaveTextAsync(new Regex("Follow, [\\d,]+ new"));
        Assert.InRange(await tab.Page.Locator(".log-lines").EvaluateAsync<double>("e => e.scrollTop"), top - 60, top + 60);

        await tab.Page.Locator(".logs .filter-box[data-ready]").WaitForAsync();
        await tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Filter" }).FillAsync("PASSWORD=");
        await Expect(lines.First.Locator("mark")).ToHaveTextAsync("password=");
        await Expect(lines.First).ToContainTextAsync("password=•••");
        Assert.DoesNotContain("s3cr3t", await tab.Page.ContentAsync(), StringComparison.Ordinal);
        await lines.First.ClickAsync();
        await Expect(tab.Page.Locator(".log-picked pre")).ToContainTextAsync("password=•••");
        Assert.Empty(await ViolationsAsync(tab.Page, "html"));
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^info") }).ClickAsync();
        await Expect(tab.Page.Locator(".log-lines")).ToContainTextAsync("No line matches");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the filters" }).ClickAsync();
        await tab.Page.Locator(".log-follow").ClickAsync();
        await Expect(tab.Page.Locator(".log-status")).ToContainTextAsync("Following");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Logs_AreReadByKeyboardWrappedAndDownloaded()
    {
        var job = await CalmJobAsync(_ => true, skip: 2);
        await using var tab = await browser.OpenAsync(fleet.Address, $"jobs/{IdOf(job)}?tab=logs");
        await Expect(tab.Page.Locator(".log-line").First).ToBeVisibleAsync();
        await tab.Page.Locator(".log-lines[data-keys]").FocusAsync();
        await tab.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(tab.Page.Locator(".log-status")).ToContainTextAsync("Paused");
        var line = tab.Page.Locator(".log-line:focus");
        await Expect(line).ToHaveAttributeAsync("aria-expanded", "false");
        await tab.Page.Keyboard.PressAsync("ArrowUp");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(line).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(tab.Page.Locator(".log-picked pre")).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.Locator(".log-picked")).ToHaveCountAsync(0);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Wrap" }).ClickAsync();
        await Expect(tab.Page.Locator(".log-lines.wrap .log-line").First).ToHaveCSSAsync("white-space", "pre-wrap");
        var node = await tab.Page.Locator(".log-nodes option").First.GetAttributeAsync("value");
        await tab.Page.Locator(".log-nodes input").FillAsync(node!);
        await tab.Page.Locator(".log-nodes input").PressAsync("Enter");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("tab=logs&node="));
        await Expect(tab.Page.Locator(".log-nodes input")).ToHaveValueAsync(node!);
        await Expect(tab.Page.Locator(".log-status")).ToContainTextAsync("shown of");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync());
        Assert.Matches("^log_.+Z\\.txt$", download.SuggestedFilename);
        var text = await File.ReadAllTextAsync((await download.PathAsync())!);
        Assert.StartsWith("# Log of job ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", text, StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_InEitherTheme_HaveNoViolation(ColorScheme scheme)
    {
        var id = IdOf((await fleet.ListAsync("jobs"))[0]);
        await using var tab = await browser.OpenAsync(fleet.Address, "jobs", scheme: scheme);
        var found = new List<string>();
        await Expect(tab.Page.Locator(".job-table tbody tr").First).ToBeVisibleAsync();
        var rules = scheme == ColorScheme.Light ? Wcag : Colours;
        found.AddRange(await ViolationsAsync(tab.Page, "html", rules));
        foreach (var (name, ready) in new[] { ("", ".spread li"), ("versions", "[data-version]"), ("spec", ".tab-panel .card"), ("history", ".history-filter"), ("logs", ".log-line") })
        {
            await tab.Page.GotoAsync($"jobs/{id}?tab={name}");
            await Expect(tab.Page.Locator(ready).First).ToBeVisibleAsync();
            found.AddRange((await ViolationsAsync(tab.Page, ".job-page", rules)).Select(v => $"{name}: {v}"));
        }
        Assert.True(found.Count == 0, string.Join("\n", found));
        Assert.Empty(tab.Errors);
    }

    private static async Task<int> TotalAsync(IPage page) =>
        int.Parse(Regex.Match(await page.Locator(".log-status").InnerTextAsync(), "of ([\\d,]+)").Groups[1].Value, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page, string part, AxeRunOptions? rules = null) =>
        [.. (await page.Locator(part).RunAxe(rules ?? Wcag)).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")];

    // A pipeline that runs and is not being rolled out; each test takes another one.
    private async Task<JsonElement> CalmJobAsync(Func<JsonElement, bool> fits, int skip)
    {
        string[] ended = ["complete", "failed", "lost", "stopped"];
        var down = (await fleet.ListAsync("nodes")).Where(n => n.GetProperty("status").GetProperty("connection_state").GetString() != "connected").Select(n => n.GetProperty("id").GetString()).ToHashSet();
        var open = (await fleet.ListAsync("executions")).Where(e => !ended.Contains(e.GetProperty("status").GetProperty("compute_state").GetProperty("state_type").GetString())).ToLookup(e => e.GetProperty("job_id").GetString()!);
        var jobs = (await fleet.ListAsync("jobs")).OrderBy(IdOf, StringComparer.Ordinal).Where(j =>
            j.GetProperty("spec").GetProperty("type").GetString() == "pipeline" && j.GetProperty("status").GetProperty("state").GetProperty("state_type").GetString() == "running"
            && !j.GetProperty("status").TryGetProperty("deployment_id", out _) && open[IdOf(j)].Count() > 3).ToList();
        // What is to stop must be heard from, and each test takes another job: the first that fits, or one from the end.
        var calm = jobs.Where(j => fits(j) && (skip != 1 || open[IdOf(j)].All(e => !down.Contains(e.GetProperty("node_id").GetString())))).ToList();
        return skip == 0 ? calm[0] : calm[^Math.Min(skip, calm.Count)];
    }

    private async Task<JsonElement> JobAsync(string id)
    {
        using var reply = JsonDocument.Parse(await fleet.Http.GetStringAsync(new Uri(fleet.Api, "jobs/" + id)));
        return reply.RootElement.GetProperty("job").Clone();
    }

    private static string IdOf(JsonElement job) => job.GetProperty("id").GetString()!;

    private static int VersionOf(JsonElement job) => job.GetProperty("status").GetProperty("version").GetInt32();
}
