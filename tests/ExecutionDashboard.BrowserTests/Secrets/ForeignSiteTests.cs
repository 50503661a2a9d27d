using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Secrets;

/// <summary>Pages of other sites in the same browser get nothing from the dashboard: no hub, no circuit, no REST.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ForeignSiteTests(Browser browser, DemoFleet fleet)
{
    private const string Reason = "written-by-another-site";

    // What such a page can try, by name; each gives what it got, or "refused".
    private const string Attack = """
        async ({ target, job, reason }) => {
          const socket = target.replace('http', 'ws');
          const read = path => fetch(target + path).then(r => r.text()).catch(() => 'refused');
          const send = (path, init) => fetch(target + path, { method: 'POST', ...init }).then(r => r.text()).catch(() => 'refused');
          const load = (tag, attributes) => new Promise(done => {
            const element = Object.assign(document.createElement(tag), attributes, { onload: () => done('loaded'), onerror: () => done('refused') });
            document.body.append(element);
          });
          const open = path => new Promise(done => {
            const s = new WebSocket(socket + path);
            s.onopen = () => done('opened');
            s.onerror = () => done('refused');
          });
          const listen = path => new Promise(done => {
            const s = new EventSource(target + path);
            s.onopen = () => { s.close(); done('opened'); };
            s.onerror = () => { s.close(); done('refused'); };
          });
          // A form that looks like JSON to who does not look at its type.
          const post = path => new Promise(done => {
            const frame = Object.assign(document.createElement('iframe'), { name: 'f' + Math.random() });
            const form = Object.assign(document.createElement('form'), { method: 'post', enctype: 'text/plain', action: target + path, target: frame.name });
            form.append(Object.assign(document.createElement('input'), { name: `{"reason":"${reason}","x":"`, value: '"}' }));
            document.body.append(frame, form);
            frame.onload = () => done('sent');
            form.submit();
          });
          const body = JSON.stringify({ reason });
          const got = {
            page: await read('executions?sort=-updated'), export: await read('export/executions.json'), spec: await read('export/spec?of=job:' + job),
            status: await read('feed/v1/status'), history: await read('feed/v1/executions/x/history'), health: await read('health/ready'), metrics: await read('metrics'),
            jobs: await read('simulator/api/v1/jobs'),
            hub: await send('hubs/feed/negotiate?negotiateVersion=1'), circuit: await send('_blazor/negotiate?negotiateVersion=1'), timeline: await send('feed/v1/timeline', { body }),
            stop: await send(`simulator/api/v1/jobs/${job}/stop`, { body, headers: { 'Content-Type': 'application/json' } }),
            hubSocket: await open('hubs/feed'), circuitSocket: await open('_blazor'), logSocket: await open(`simulator/api/v1/jobs/${job}/logs`),
            hubEvents: await listen('hubs/feed'), circuitEvents: await listen('_blazor'),
            script: await load('script', { src: target + 'export/executions.json' }), image: await load('img', { src: target + 'favicon.svg' }),
          };
          // These can be sent without asking first; what comes back cannot be read.
          for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
            await send(`simulator/api/v1/jobs/${job}/stop`, { body, mode: 'no-cors', headers: { 'Content-Type': type } });
          await send(`simulator/api/v1/jobs/${job}/stop`, { mode: 'no-cors' });
          await post(`simulator/api/v1/jobs/${job}/stop`);
          return got;
        }
        """;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Page_OfAnotherOrigin_GetsNeitherHubNorCircuitNorRest(string host)
    {
        var job = (await fleet.ListAsync("jobs")).First(j => j.GetProperty("status").GetProperty("state").GetProperty("state_type").GetString() == "running").GetProperty("id").GetString()!;
        await using var site = await StartSiteAsync();
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"http://{host}:{new Uri(site.Urls.First()).Port}/");

        var got = await page.EvaluateAsync<Dictionary<string, string>>(Attack, new { target = fleet.Address.ToString(), job, reason = Reason });

        Assert.Equal(19, got.Count);
        Assert.All(got, attempt => Assert.True(attempt.Value == "refused", $"{attempt.Key}: {attempt.Value}"));
        using var after = JsonDocument.Parse(await fleet.Http.GetStringAsync(new Uri(fleet.Api, $"jobs/{job}")));
        Assert.Equal("running", after.RootElement.GetProperty("job").GetProperty("status").GetProperty("state").GetProperty("state_type").GetString());
        Assert.DoesNotContain(Reason, await fleet.Http.GetStringAsync(new Uri(fleet.Api, $"jobs/{job}/history?limit=100")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfTheDashboard_OpensTheSocketThatOthersDoNotGet()
    {
        await using var tab = await browser.OpenAsync(fleet.Address);

        Assert.Equal("opened", await tab.Page.EvaluateAsync<string>("() => new Promise(done => { const s = new WebSocket('/_blazor'); s.onopen = () => done('opened'); s.onerror = () => done('refused'); })"));
    }

    [Fact]
    public async Task Page_OfANameThatWasMadeToPointHere_IsNotServed()
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();

        // Chromium takes every name below localhost to this machine, as a rebound name would be.
        var reply = await page.GotoAsync($"http://rebound.localhost:{fleet.Address.Port}/executions");

        Assert.Equal((int)HttpStatusCode.BadRequest, reply!.Status);
        await Expect(page.Locator("body")).ToContainTextAsync("add it to Dashboard:PublicUrls");
    }

    [Fact]
    public async Task Page_BehindAProxyThatNoSettingNames_SaysWhyItDoesNotConnect()
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        // As a proxy sends it that speaks TLS to the browser, under a name of its own.
        await page.RouteAsync("**/_blazor/negotiate*", async route => await route.FulfillAsync(new()
        {
            Response = await route.FetchAsync(new() { Headers = new Dictionary<string, string>(route.Request.Headers) { ["origin"] = "https://dash.example.com" } }),
        }));

        await page.GotoAsync(new Uri(fleet.Address, "executions?sort=id").ToString());

        await Expect(page.Locator("#boot")).ToContainTextAsync("'https://dash.example.com'). If it is an address of this dashboard, add it to Dashboard:PublicUrls");
    }

    [Fact]
    public async Task Link_OnAnotherSite_OpensThePage()
    {
        await using var site = await StartSiteAsync();
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "?to=" + Uri.EscapeDataString(new Uri(fleet.Address, "executions?state=running").ToString()));

        await page.Locator("a").ClickAsync();

        await Expect(page.Locator(".freshness")).ToHaveTextAsync("Live");
    }

    private static async Task<WebApplication> StartSiteAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/", (string? to) => Results.Content($"<!DOCTYPE html><title>Another site</title><body><a href=\"{WebUtility.HtmlEncode(to)}\">A link</a></body>", "text/html"));
        await app.StartAsync();
        return app;
    }
}
