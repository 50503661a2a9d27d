using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using ExecutionDashboard.Components.Pages.Changes.Incident;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>What changed while somebody was away, and the file that is handed over.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ChangesTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    [Fact]
    public async Task Changes_AfterAVisitLongAgo_AreOfferedGroupedAndExportedAsAFileThatOpensOffline()
    {
        var job = (await fleet.ListAsync("jobs")).Select(j => j.GetProperty("id").GetString()!).First();
        using (var stopped = await fleet.Http.PostAsync(new Uri(fleet.Api, $"jobs/{job}/stop"), null)) stopped.EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () =>
        {
            using var known = JsonDocument.Parse(await fleet.Http.GetStringAsync(new Uri(fleet.Address, "export/incident.json?from=-1d")));
            return known.RootElement.GetProperty("changes").TryGetProperty("jobs", out var jobs) && jobs.EnumerateArray().Any(j => j.GetProperty("id").GetString() == job) ? null : known.RootElement.ToString();
        }, pause: TimeSpan.FromSeconds(1));
        await using var tab = await browser.OpenAsync(fleet.Address);
        var page = tab.Page;
        await Expect(page.Locator(".freshness")).ToHaveTextAsync("Live");
        // The first visit is kept as soon as the page lives; it is made one of yesterday.
        await page.WaitForFunctionAsync("() => localStorage.getItem('last-visit')");
        await page.EvaluateAsync("() => localStorage.setItem('last-visit', String(Math.floor(Date.now() / 1000) - 86400))");
        await page.ReloadAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "What changed since then" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/changes\\?from="));
        await Expect(page.Locator(".changes-page[data-loaded]")).ToBeVisibleAsync();
        await Expect(page.Locator(".last-visit")).ToHaveCountAsync(0);
        await Expect(page.Locator($"#changes-jobs a[href='jobs/{job}']")).ToHaveCountAsync(1);
        await page.Locator("a.count-tile", new() { HasText = "Jobs" }).ClickAsync();
        await Expect(page.Locator("#changes-jobs h2")).ToBeInViewportAsync();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", scheme == ColorScheme.Dark ? "dark" : "light");
            Assert.Empty((await page.Locator(".changes-page").RunAxe(Wcag)).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        }
        await page.SetViewportSizeAsync(390, 844);
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await page.SetViewportSizeAsync(1440, 900);
        await page.GetByRole(AriaRole.Button, new() { Name = "Export incident" }).ClickAsync();
        // The link has a tab of its own, which the browser closes when it is a file.
        var started = new TaskCompletionSource<IDownload>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Download += (_, saved) => started.TrySetResult(saved);
        page.Context.Page += (_, opened) => opened.Download += (_, saved) => started.TrySetResult(saved);
        await page.GetByRole(AriaRole.Link, new() { Name = "HTML, one file that opens offline" }).ClickAsync();

        var path = await (await started.Task.WaitAsync(TimeSpan.FromSeconds(60))).PathAsync();

        Assert.True(IncidentFile.IsWhole(await File.ReadAllBytesAsync(path)));
        var html = Path.ChangeExtension(path, ".html");
        File.Copy(path, html, overwrite: true);
        await using var offline = await browser.NewContextAsync(new() { Offline = true });
        var file = await offline.NewPageAsync();
        var errors = new List<string>();
        file.Console += (_, message) => { if (message.Type == "error") errors.Add(message.Text); };
        file.Request += (_, request) => { if (!request.Url.StartsWith("file:", StringComparison.Ordinal)) errors.Add(request.Url); };
        await file.GotoAsync(new Uri(html).ToString());
        await Expect(file.Locator("h1")).ToContainTextAsync("Incident");
        await Expect(file.Locator("h2", new() { HasText = "Jobs" })).ToBeVisibleAsync();
        File.Delete(html);
        Assert.Empty(errors.Concat(tab.Errors));
    }
}
