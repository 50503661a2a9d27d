using System.Text.RegularExpressions;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Situations;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Connection;

/// <summary>A fleet with unusual times: in the future, in 1970, missing, and in a night in which New York's clocks are set back.</summary>
public sealed class OddlyStampedFleet : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SituationServer _server = null!;
    private PartProcess _program = null!;

    /// <summary>Where the dashboard is.</summary>
    public Uri Address => _program.Address;

    public async Task InitializeAsync()
    {
        _server = await SituationServer.StartAsync("deployment");
        _server.Put("jobs", """{"id":"j","spec":{"name":"job"},"status":{"state":{"state_type":"running"},"version":1}}""");
        _server.Put("nodes", """{"id":"silent","status":{"connection_state":"disconnected","disconnected_since":"now-15min"}}""");
        _server.Put("nodes", """{"id":"ahead","status":{"connection_state":"connected","connected_since":"now-20d","last_heartbeat":"now+3h"}}""");
        _server.Put("nodes", """{"id":"even","status":{"connection_state":"connected","connected_since":"now-20d","last_heartbeat":"now+4s"}}""");
        foreach (var (id, stamp) in new[]
        {
            ("future", "now+3h"), ("first", "1970-01-01T00:00:00Z"), ("zero", "0001-01-01T00:00:00Z"), ("last", "9999-12-31T23:59:59Z"), ("zoneless", "2026-10-28 20:00:00"), ("midnight", "2026-11-01T04:00:00Z"),
            ("earlier", "2026-11-01T01:30:00-04:00"), ("later", "2026-11-01T01:30:00-05:00"),
        })
            _server.Put("executions", $$$"""{"id":"{{{id}}}","job_id":"j","job_version":1,"node_id":"even","status":{"desired_state":{"state_type":"running"},"observed_state":{"state_type":"running"},"created_at":"{{{stamp}}}","updated_at":"{{{stamp}}}"}}""");
        _program = await PartProcess.StartAsync(
            new Dictionary<string, string> { ["ControlPlane:Url"] = _server.Address.ToString(), ["ControlPlane:PollInterval"] = "00:00:00.3", ["Storage:ConnectionString"] = _folder["fleet.db"] }, _folder.Path);
        using var http = new HttpClient();
        await Eventually.ContainsAsync(() => http.GetStringAsync(new Uri(Address, "health/ready")), "\"description\":\"live\"", 40);
    }

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Times on the pages follow the server's clock, whatever the computer's clock is, in the selected time zone.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ClockTests(Browser browser, OddlyStampedFleet fleet) : IClassFixture<OddlyStampedFleet>
{
    private const string Note = "#clock-note";

    [Theory]
    [InlineData(0, null)]
    [InlineData(-60, "This computer's clock is 1 h behind the server's. Ages and countdowns here use the server's time.")]
    [InlineData(60, "This computer's clock is 1 h ahead of the server's. Ages and countdowns here use the server's time.")]
    public async Task Ages_ComputersClockOff_AreByTheServersClock(int minutesAhead, string? said)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?view=list", clockAhead: TimeSpan.FromMinutes(minutesAhead));
        var page = tab.Page;
        await Expect(Row(page, "silent")).ToContainTextAsync(new Regex("disconnected ?1[5-9] min"));
        await Expect(Row(page, "ahead")).ToContainTextAsync(new Regex(@"in 2 h \(clock\?\)"));
        await Expect(Row(page, "even")).ToContainTextAsync(new Regex("(now|s ago|min ago)"));
        if (said is not null) await Expect(page.Locator(Note)).ToHaveTextAsync(said);
        else await SetClockAsync(page, 3 * 60, "This computer's clock is 3 h ahead of the server's. Ages and countdowns here use the server's time.");
        await Expect(Row(page, "silent")).ToContainTextAsync(new Regex("disconnected ?1[5-9] min"));

        // Across a change of pages, and for what is drawn on a canvas.
        await page.GetByRole(AriaRole.Link, new() { Name = "Timeline" }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.lanes-host')?.timeline?.s");
        var now = await page.EvaluateAsync<double>("document.querySelector('.lanes-host').timeline.now()");
        Assert.InRange(now - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), -10_000, 10_000);
        // And on paper.
        var hour = BerlinHour();
        await page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        Assert.Matches($", ({hour}|{BerlinHour()}):", await page.Locator("#printed").TextContentAsync() ?? "");
        await Expect(page.Locator(Note)).ToBeVisibleAsync();
        await SetClockAsync(page, 0, null);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Ages_InTheDocumentBeforeThereIsAConnection_AreByTheServersClock()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?view=list", clockAhead: TimeSpan.FromHours(-1), connects: false);

        await Expect(Row(tab.Page, "silent")).ToContainTextAsync(new Regex("disconnected ?1[5-9] min"));
    }

    [Fact]
    public async Task Stamps_OddOnes_AreShownAsTheTimesTheyAre()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=id", zone: "America/New_York");
        var page = tab.Page;
        foreach (var (id, age) in new[] { ("future", @"in 2 h \(clock\?\)"), ("first", @"\d\d y( \d+ d)? ago"), ("zero", "–"), ("last", @"in \d{4} y \(clock\?\)"), ("zoneless", @"\d+ (d|y).* ago") })
            await Expect(Row(page, id).Locator(".c-updated")).ToHaveTextAsync(new Regex($"^{age}$"));

        foreach (var (id, created) in new[]
        {
            ("first", "1969-12-31 19:00:00"), ("zoneless", "2026-10-28 16:00:00"), ("midnight", "2026-11-01 00:00:00"), ("earlier", "2026-11-01 01:30:00 −04:00"), ("later", "2026-11-01 01:30:00 −05:00"), ("zero", "–"),
        })
        {
            await page.GotoAsync($"executions/{id}");
            await Expect(page.Locator("dt:text-is('Created') + dd").Locator("rel-time, .quiet").First).ToHaveTextAsync(created);
        }

        // On the timeline a bar stands where its page says.
        await page.GotoAsync("timeline?from=2026-11-01T03:30:00Z&to=2026-11-01T09:30:00Z");
        await page.WaitForFunctionAsync("() => document.querySelector('.lanes-host')?.timeline?.s && [...document.querySelector('.lanes-host').timeline.store.lanes.values()].some(l => l.byId.has('later'))");
        var places = await page.EvaluateAsync<double[][]>("""
            async () => {
              const { axisTicks } = await import('/js/timeline/axis.js'), t = document.querySelector('.lanes-host').timeline;
              t.paint();
              const ids = [...t.store.lanes.values()].find(l => l.byId.has('later')).byId, tick = text => axisTicks(t).find(([, , said]) => said === text)?.[0] ?? -1, bar = id => t.s.x(ids.get(id).from);
              return [[bar('midnight'), tick('11-01 00:00')], [2 * bar('earlier'), tick('01:00 −04:00') + tick('01:00 −05:00')], [2 * bar('later'), tick('01:00 −05:00') + tick('02:00')]];
            }
            """);
        Assert.All(places, place => Assert.InRange(place[0] - place[1], -1, 1));
        Assert.Empty(tab.Errors);
    }

    // The computer's clock is set while the page is open.
    private static async Task SetClockAsync(IPage page, int minutesAhead, string? said)
    {
        await page.EvaluateAsync("minutes => { globalThis.clockAhead = minutes * 60000; }", minutesAhead);
        if (said is null) await Expect(page.Locator(Note)).ToBeHiddenAsync();
        else await Expect(page.Locator(Note)).ToHaveTextAsync(said);
    }

    private static ILocator Row(IPage page, string name) => page.Locator($"tbody tr[data-index]:has(a:text-is('{name}'), input[value='{name}'])");

    private static string BerlinHour() => TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("HH", System.Globalization.CultureInfo.InvariantCulture);
}
