using Microsoft.Playwright;

namespace ExecutionDashboard.BrowserTests.Pages;

// What is on the canvas, and a hand that drags over it.
public sealed partial class TimelineTests
{
    private const string Module = "document.querySelector('.lanes-host').timeline";

    private async Task<Tab> OpenAsync(string path, ColorScheme scheme = ColorScheme.Light, int width = 1440)
    {
        var tab = await browser.OpenAsync(fleet.Address, path, width, scheme: scheme);
        await ReadyAsync(tab.Page);
        return tab;
    }

    [Fact]
    public async Task Scale_WithIdleTimeFolded_GoesBothWays()
    {
        await using var tab = await OpenAsync("timeline?last=60&fold=yes");
        var worst = await tab.Page.EvaluateAsync<double>("""
            async () => {
              const { scale, idle } = await import('/js/timeline/scale.js'), { ticks, tickStep } = await import('/js/timeline/ticks.js');
              let worst = 0;
              for (const moments of [[], [0], [100, 200, 5000, 5001, 9000], [NaN, 5, 1e15]]) {
                const gaps = idle(moments.filter(Number.isFinite), 0, 10000, 500), s = scale(0, 10000, 100, 1100, gaps);
                let before = -Infinity;
                for (let t = -500; t <= 10500; t += 37) {
                  const x = s.x(t);
                  if (x < before) return 1e9;
                  before = x;
                  worst = Math.max(worst, Math.abs(s.t(x) - t));
                }
                if (Math.abs(s.x(0) - 100) + Math.abs(s.x(10000) - 1100) > 1e-6) return 1e8;
                const marks = ticks(s, tickStep(1 / s.k, 80), () => 0, 70);
                if (marks.some((m, i) => i && m[0] - marks[i - 1][0] < 70)) return 1e7;
              }
              return worst;
            }
            """);

        Assert.InRange(worst, 0, 0.01);
        Assert.Empty(tab.Errors);
    }

    // The lanes on screen have come, and with them something to see.
    private static Task ReadyAsync(IPage page) => page.WaitForFunctionAsync(
        "() => { const t = document.querySelector('.lanes-host')?.timeline; return t && t.s && t.store.lanes.size > 0 && [...t.store.lanes.values()].some(l => l.bars.length > 0); }");

    private static async Task<List<MarkBox>> BoxesAsync(IPage page) => [.. (await page.EvaluateAsync<MarkBox[]>($$"""
        () => {
          const t = {{Module}}, r = t.canvas.getBoundingClientRect();
          t.paint();
          return t.markBoxes.map(b => ({ count: b.marks.length, x0: b.x0, x1: b.x1, y0: b.y0, room: t.W, x: r.left + (b.x0 + b.x1) / 2, y: r.top + (b.y0 + b.y1) / 2 }));
        }
        """)).OrderBy(b => b.X0)];

    private static Task<double> SpanAsync(IPage page) => page.EvaluateAsync<double>($"{Module}.t1 - {Module}.t0");

    private static async Task DragAsync(IPage page, LocatorBoundingBoxResult box, float from, float to)
    {
        await page.Mouse.MoveAsync(box.X + from, box.Y + 160);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (from + to) / 2, box.Y + 161, new() { Steps = 3 });
        await page.Mouse.MoveAsync(box.X + to, box.Y + 162, new() { Steps = 3 });
        await page.Mouse.UpAsync();
    }

    private sealed record HeadOnScreen
    {
        public string Name { get; init; } = "";
        public int Count { get; init; }
        public int Rows { get; init; }
        public float X { get; init; }
        public float Y { get; init; }
    }

    private sealed record BarOnScreen
    {
        public string Id { get; init; } = "";
        public float X { get; init; }
        public float Y { get; init; }
    }

    private sealed record MarkBox
    {
        public int Count { get; init; }
        public double X0 { get; init; }
        public double X1 { get; init; }
        public double Y0 { get; init; }
        public double Room { get; init; }
        public float X { get; init; }
        public float Y { get; init; }
    }
}
