using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

// The wall clock of a zone on the axis, and the zoom at the pointer while the view follows the present.
public sealed partial class TimelineTests
{
    // A zone is its distance from UTC in hours, then moments at which it changes and the distance after each. Wanted: moment and text of each tick.
    [Fact]
    public async Task Ticks_AcrossChangesOfClocks_AreThoseOfTheWallClock()
    {
        await using var tab = await OpenAsync("timeline?last=60");
        var wrong = await tab.Page.EvaluateAsync<string[]>("""
            async () => {
              const { scale } = await import('/js/timeline/scale.js'), { ticks, tickTexts } = await import('/js/timeline/ticks.js'), { twin } = await import('/js/zone.js');
              const H = 3600000, D = 24 * H, at = text => Date.parse(text + 'Z'), wrong = [];
              const zone = ([first, ...changes]) => ms => { let hours = first; for (let i = 0; i < changes.length; i += 2) if (ms >= at(changes[i])) hours = changes[i + 1]; return hours * H; };
              const newYork = [-5, '2026-03-08T07:00', -4, '2026-11-01T06:00', -5], lordHowe = [11, '2026-04-04T15:00', 10.5, '2026-10-03T15:30', 11];
              const table = [
                ['autumn, hours', newYork, '2026-11-01T03:30', '2026-11-01T07:30', H, '04:00 11-01 00:00|05:00 01:00 −04:00|06:00 01:00 −05:00|07:00 02:00'],
                ['spring, hours', newYork, '2026-03-08T04:30', '2026-03-08T08:30', H, '05:00 03-08 00:00|06:00 01:00|07:00 03:00|08:00 04:00'],
                ['autumn, six hours', newYork, '2026-10-31T20:00', '2026-11-02T00:00', 6 * H, '22:00 10-31 18:00|04:00 11-01 00:00|11:00 06:00|17:00 12:00|23:00 18:00'],
                ['autumn, days', newYork, '2026-10-31T00:00', '2026-11-04T00:00', D, '04:00 10-31|04:00 11-01|05:00 11-02|05:00 11-03'],
                ['spring, days', newYork, '2026-03-07T00:00', '2026-03-10T12:00', D, '05:00 03-07|05:00 03-08|04:00 03-09|04:00 03-10'],
                ['weeks', newYork, '2026-10-20T00:00', '2026-11-12T00:00', 7 * D, '04:00 10-26|05:00 11-02|05:00 11-09'],
                ['months', newYork, '2026-09-15T00:00', '2027-01-15T00:00', 30 * D, '04:00 2026-10|04:00 2026-11|05:00 2026-12|05:00 2027-01'],
                ['years turn', newYork, '2025-12-30T12:00', '2026-01-02T12:00', D, '05:00 2025-12-31|05:00 2026-01-01|05:00 01-02'],
                ['half an hour back', lordHowe, '2026-04-04T14:15', '2026-04-04T16:15', H / 2, '14:30 01:30 +11:00|15:00 01:30 +10:30|15:30 02:00|16:00 02:30'],
                ['half an hour ahead', lordHowe, '2026-10-03T14:15', '2026-10-03T16:15', H / 2, '14:30 01:00|15:00 01:30|15:30 02:30|16:00 03:00'],
                ['half an hour, days', lordHowe, '2026-10-02T00:00', '2026-10-05T00:00', D, '13:30 10-03|13:30 10-04|13:00 10-05'],
                ['midnight left out', [2, '2026-03-28T22:00', 3], '2026-03-27T00:00', '2026-03-30T12:00', D, '22:00 03-28|22:00 03-29|21:00 03-30'],
                ['midnight twice', [-4, '2026-11-01T05:00', -5], '2026-10-31T12:00', '2026-11-03T00:00', D, '04:00 11-01|05:00 11-02'],
                ['quarter of an hour', [5.75], '2026-05-01T00:00', '2026-05-02T00:00', 12 * H, '06:15 05-01 12:00|18:15 05-02 00:00'],
                ['UTC', [0], '2026-11-01T03:30', '2026-11-01T06:30', H, '04:00 11-01 04:00|05:00 05:00|06:00 06:00'],
              ];
              for (const [name, rule, from, to, step, wanted] of table) {
                const offsetAt = zone(rule), all = ticks(scale(at(from), at(to), 0, 1200), step, offsetAt, 76).map(([, t]) => t);
                const parts = ms => { const d = new Date(ms + offsetAt(ms)); return [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()]; };
                const texts = tickTexts(all, step, at('2026-11-29T12:00'), parts, ms => twin(ms, offsetAt)), got = all.map((t, i) => `${new Date(t).toISOString().slice(11, 16)} ${texts[i]}`).join('|');
                if (got !== wanted) wrong.push(`${name}: ${got}, not ${wanted}`);
              }
              return wrong;
            }
            """);

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("America/New_York", "2026-11-01T03:30:00Z", "2026-11-01T09:30:00Z", "04:00 11-01 00:00|05:00 01:00 −04:00|06:00 01:00 −05:00|07:00 02:00")]
    [InlineData("America/New_York", "2026-03-08T04:30:00Z", "2026-03-08T10:30:00Z", "05:00 03-08 00:00|06:00 01:00|07:00 03:00|08:00 04:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T13:45:00Z", "2026-04-04T16:45:00Z", "14:30 01:30 +11:00|15:00 01:30 +10:30|15:30 02:00")]
    [InlineData("America/New_York", "2026-09-08T00:00:00Z", "2026-12-01T00:00:00Z", "04:00 10-26|05:00 11-09|05:00 11-23")]
    public async Task Axis_OverANightInWhichClocksChange_IsThatOfTheZone(string zone, string from, string to, string wanted)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, $"timeline?from={from}&to={to}", zone: zone);
        await tab.Page.WaitForFunctionAsync($"() => {Module}?.s");

        Assert.Contains(wanted, await TicksAsync(tab.Page), StringComparison.Ordinal);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Local", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "UTC", Exact = true })).ToBeVisibleAsync();
        Assert.All((await TicksAsync(tab.Page)).Split('|'), tick => Assert.True(tick.EndsWith(tick[..5], StringComparison.Ordinal) || tick.StartsWith("00:00 ", StringComparison.Ordinal), tick));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Wheel_WhileFollowing_ZoomsAtThePointer()
    {
        await using var tab = await OpenAsync("timeline?last=3600");
        var page = tab.Page;
        var (follows, stays) = (page.GetByRole(AriaRole.Button, new() { Name = "Following" }), page.GetByRole(AriaRole.Button, new() { Name = "Now" }));
        var box = (await page.Locator(".lanes-scroll").BoundingBoxAsync())!;
        await Expect(follows).ToBeVisibleAsync();

        // In small steps, as a trackpad makes them.
        var pointed = await page.EvaluateAsync<double>($$"""
            () => {
              const t = {{Module}}, r = t.canvas.getBoundingClientRect();
              t.paint();
              const pointed = t.s.t(600);
              for (let i = 0; i < 40; i++) t.scroll.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, ctrlKey: true, clientX: r.left + 600, clientY: r.top + 150, cancelable: true }));
              return pointed;
            }
            """);
        await Expect(stays).ToBeVisibleAsync();
        await AssertAtPointerAsync();
        await WheelAsync(600, -200);
        await AssertAtPointerAsync();

        await stays.ClickAsync();
        await Expect(follows).ToBeVisibleAsync();
        await page.WaitForFunctionAsync($"() => {Module}.follows && !{Module}.gliding");
        var room = await page.EvaluateAsync<float>($"{Module}.W");
        await WheelAsync(room - 5, -200);
        await WheelAsync(600, 300);
        Assert.True(await page.EvaluateAsync<bool>($"{Module}.follows"));
        await Expect(follows).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);

        async Task WheelAsync(float x, float by)
        {
            var before = await SpanAsync(page);
            await page.Mouse.MoveAsync(box.X + x, box.Y + 150);
            await page.Keyboard.DownAsync("Control");
            await page.Mouse.WheelAsync(0, by);
            await page.Keyboard.UpAsync("Control");
            await page.WaitForFunctionAsync($"before => ({Module}.t1 - {Module}.t0 - before) * {(by < 0 ? -1 : 1)} > before * 0.1", before);
        }

        async Task AssertAtPointerAsync()
        {
            Assert.False(await page.EvaluateAsync<bool>($"{Module}.follows"));
            Assert.InRange(await page.EvaluateAsync<double>($"at => {{ {Module}.paint(); return {Module}.s.x(at); }}", pointed), 598, 602);
        }
    }

    // Each tick as the moment, in UTC, and its text.
    private static Task<string> TicksAsync(IPage page) => page.EvaluateAsync<string>($$"""
        async () => {
          const { axisTicks } = await import('/js/timeline/axis.js'), t = {{Module}};
          t.paint();
          return axisTicks(t).map(([, at, text]) => `${new Date(at).toISOString().slice(11, 16)} ${text}`).join('|');
        }
        """);
}
