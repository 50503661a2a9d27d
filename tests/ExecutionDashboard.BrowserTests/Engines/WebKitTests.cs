namespace ExecutionDashboard.BrowserTests.Engines;

/// <summary>Every page in WebKitGTK: it opens, shows what it is about, and is live.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WebKitTests(WebKit webkit, DemoFleet fleet)
{
    [Fact]
    public async Task EveryPage_Opened_ShowsItsContentsAndIsLive()
    {
        await using var tab = await webkit.NewTabAsync();
        var execution = (await fleet.ListAsync("executions?limit=1"))[0];
        var node = (await fleet.ListAsync("nodes"))[0].GetProperty("id").GetString()!;
        var job = (await fleet.ListAsync("jobs"))[0].GetProperty("id").GetString()!;
        var deployment = (await fleet.ListAsync("deployments"))[0].GetProperty("id").GetString()!;
        (string Path, string Shows)[] pages =
        [
            ("", "h1"), ("executions", "tbody tr[data-index='5']"), ($"executions/{execution.GetProperty("id").GetString()}", ".execution-head"),
            ("nodes", ".map-host[data-drawn]:not([data-drawn='0'])"), ($"nodes/{node}", ".node-page h1"), ("jobs", "main table tbody tr"), ($"jobs/{job}", "main h1"),
            ("deployments", ".deployment-table tbody tr"), ($"deployments/{deployment}", ".phases"), ("timeline?last=600", ".lanes-host canvas"), ("specs", "main h1"), ("compare", "main h1"),
        ];
        foreach (var (path, shows) in pages)
        {
            await tab.OpenAsync(fleet.Address, path);
            await tab.SeesAsync($"document.querySelector({Literal.Of(shows)})?.getClientRects().length");
            await tab.IsLiveAsync();
            await tab.SeesAsync("getComputedStyle(document.getElementById('blazor-error-ui')).display === 'none' && !document.querySelector('.notice.bad')");
        }
        // A list scrolls to its end, and a row opens.
        await tab.OpenAsync(fleet.Address, "executions?sort=id");
        await tab.SeesAsync("parseFloat(document.querySelector('tbody > tr:last-child').style.height) > 0");
        await tab.AskAsync<bool>("!(document.querySelector('.rows').scrollTop = 1e9)");
        await tab.SeesAsync("document.querySelector(`tbody tr[data-index='${document.querySelector('.rows table').getAttribute('aria-rowcount') - 1}']`)");
        await tab.ClickAsync("tbody tr[data-index]:nth-last-child(4) .c-job");
        await tab.SeesAsync("document.querySelector('.panel .execution-head')");
    }
}
