using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Devices;

/// <summary>Touch on canvases: two fingers zoom, one moves or scrolls.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TouchTests(Browser browser, DemoFleet fleet)
{
    private const string Module = "document.querySelector('.lanes-host').timeline";

    [Fact]
    public async Task Timeline_PinchZoomsBetweenThem_OneDragsTimeOrScrollsTheLanes()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "timeline?last=3600&height=high", 390, 800, touch: true);
        var page = tab.Page;
        await Expect(page.Locator(".lanes-canvas")).ToBeVisibleAsync();
        var fingers = await Fingers.OnAsync(page);
        var box = (await page.Locator(".lanes-canvas").BoundingBoxAsync())!;
        var (x, y) = (box.X + 220, box.Y + 200);

        foreach (var angle in new[] { 0, 90 })
        {
            var (span, between) = (await SpanAsync(page), await page.EvaluateAsync<double>($"{Module}.s.t(220)"));
            await fingers.PinchAsync(x, y, 60, 150, angle);
            await page.EvaluateAsync($"{Module}.paint()");
            Assert.InRange(await SpanAsync(page), span * 0.38, span * 0.42);
            Assert.InRange(await page.EvaluateAsync<double>($"{Module}.s.x({between})"), 219, 221);
        }
        Assert.Equal(0, await ScrolledAsync(page));
        await Expect(page).ToHaveURLAsync(new Regex(@"\?from="));

        var (width, start) = (await SpanAsync(page), await page.EvaluateAsync<double>($"{Module}.t0"));
        var perPixel = width / await page.EvaluateAsync<double>($"{Module}.s.x1 - {Module}.s.x0");
        await fingers.DragAsync(x, y, 80, 4);
        Assert.InRange((start - await page.EvaluateAsync<double>($"{Module}.t0")) / perPixel, 60, 90);
        Assert.Equal((width, 0), (await SpanAsync(page), await ScrolledAsync(page)));

        var before = await page.EvaluateAsync<double>($"{Module}.t0");
        await fingers.DragAsync(x, y + 100, 2, -150);
        Assert.True(await page.EvaluateAsync<bool>($$"""
            () => new Promise(done => {
              const until = performance.now() + 10000, look = () => {{Module}}.scroll.scrollTop > 60 ? done(true) : performance.now() > until ? done(false) : requestAnimationFrame(look);
              look();
            })
            """));
        Assert.InRange((before - await page.EvaluateAsync<double>($"{Module}.t0")) / perPixel, -4, 4);
        Assert.DoesNotContain("open=", page.Url, StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Map_PinchedAndMoved_KeepsWhatIsUnderTheFingers()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?group=-", 390, 800, touch: true);
        var map = tab.Page.Locator(".map-host");
        await Expect(map).ToHaveAttributeAsync("data-drawn", "200");
        var fingers = await Fingers.OnAsync(tab.Page);
        var box = (await map.BoundingBoxAsync())!;
        // So far up that the largest cells leave room to move.
        var (x, y) = (box.X + 150, box.Y + 60);
        await fingers.TapAsync(x, y);
        await Expect(map.Locator(".map-card strong")).ToBeVisibleAsync();
        var name = (await map.Locator(".map-card strong").TextContentAsync())!;
        Assert.Equal("pan-y", await map.EvaluateAsync<string>("e => getComputedStyle(e).touchAction"));

        await fingers.PinchAsync(x, y, 50, 150, 30);
        await Expect(map.Locator(".map-card")).ToBeHiddenAsync();
        Assert.Equal("none", await map.EvaluateAsync<string>("e => getComputedStyle(e).touchAction"));
        await fingers.DragAsync(x, y, 0, -30);
        await fingers.PinchAsync(x + 70, y + 60, 150, 20);
        Assert.Equal("pan-y", await map.EvaluateAsync<string>("e => getComputedStyle(e).touchAction"));
        await fingers.PinchAsync(x, y, 50, 150);
        await fingers.DragAsync(x, y, 0, -15);
        await fingers.TapAsync(x, y - 15);
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync(name);
        Assert.Empty(tab.Errors);
    }

    private static Task<double> ScrolledAsync(IPage page) => page.EvaluateAsync<double>($"{Module}.scroll.scrollTop");

    private static Task<double> SpanAsync(IPage page) => page.EvaluateAsync<double>($"{Module}.t1 - {Module}.t0");
}
