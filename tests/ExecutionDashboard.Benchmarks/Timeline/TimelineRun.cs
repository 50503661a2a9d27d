using ExecutionDashboard.Benchmarks.Browser;
using ExecutionDashboard.Benchmarks.Figures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Benchmarks.Timeline;

/// <summary>
/// The timeline's own module in a real Chromium, beside its budgets: first paint, zoom, pan, scrolling and patches over made-up lanes. Frames are what the
/// browser gave; a frame's cost is what the module took of it.
/// </summary>
internal static partial class TimelineRun
{
    private const int Lanes = 1_000, Tracks = 4, Patched = 100, Frames = 120;

    public static async Task RunAsync(FigureTable table)
    {
        await using var app = await ServeAsync();
        await using var chromium = await Chromium.StartAsync();
        foreach (var bars in new[] { 20, 200 })
        {
            var page = await chromium.Browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
            await page.GotoAsync(app.Urls.First());
            var figures = await page.EvaluateAsync<Figures>(Script, new { lanes = Lanes, bars, tracks = Tracks, patched = Patched, frames = Frames });
            void Add(string what, double value, string unit, double? budget = null, bool isRate = false) =>
                table.Add("browser", $"timeline, {Lanes:#,0} lanes of {bars} bars: {what}", value, unit, budget, isRate);
            Add("first paint", figures.First, "ms", bars == 20 ? 50 : null);
            Add("zoom, cost of a frame", figures.Zoom[0], "ms", 16);
            Add("zoom, frames", figures.Zoom[2], "/s", 55, isRate: true);
            Add("pan, cost of a frame", figures.Pan[0], "ms", 16);
            Add("pan, frames", figures.Pan[2], "/s", 55, isRate: true);
            Add("scroll, cost of a frame", figures.Scroll[0], "ms", 16);
            Add($"patch of {Patched} bars", figures.Patch[0], "ms", 2);
            Add($"patch of {Patched} bars and the frame after it", figures.PatchFrame[0], "ms", 16);
            await page.CloseAsync();
        }
        await RunManyAsync(table, app, chromium, 100_000);
        await RunManyAsync(table, app, chromium, 1_000_000);
    }

    private static async Task<WebApplication> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.Combine(Root(), "wwwroot")) });
        app.MapGet("/", () => Microsoft.AspNetCore.Http.Results.Content(Page, "text/html"));
        await app.StartAsync();
        return app;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ExecutionDashboard.sln"))) return folder.FullName;
        throw new InvalidOperationException("No ExecutionDashboard.sln above the benchmarks.");
    }

    private sealed record Figures
    {
        public double Read { get; init; }
        public double First { get; init; }
        public int Drawn { get; init; }
        public double[] Zoom { get; init; } = [];
        public double[] Pan { get; init; } = [];
        public double[] Scroll { get; init; } = [];
        public double[] Patch { get; init; } = [];
        public double[] PatchFrame { get; init; } = [];
    }

    private const string Page = """
        <!DOCTYPE html><html lang="en" data-theme="light"><head><link rel="stylesheet" href="/app.css"><link rel="stylesheet" href="/timeline.css"></head>
        <body style="margin:0;display:flex;height:100vh"><div class="lanes" style="flex:1"><div class="lanes-host" id="host"></div></div></body></html>
        """;

    // Made-up lanes: on each track one execution after the other over an hour, each through pending, starting and running to an end, on ten jobs.
    private const string Script = """
        async ({ lanes, bars, tracks, patched, frames }) => {
          const { create } = await import('/js/timeline.js');
          const host = document.getElementById('host'), now = Date.now(), hour = 3600000;
          const words = ['pending', 'starting', 'running', 'completed', 'failed', 'degraded', 'connected', ...Array.from({ length: 10 }, (_, i) => `job-${i}`), ...Array.from({ length: lanes }, (_, i) => `node-${String(i).padStart(4, '0')}`)];
          const bar = (lane, i, states) => { const out = [7 + i % 10, 3, -1, i % tracks, 0, states.length]; for (const [w, at] of states) out.push(w, at); out.push(-1); return out; };
          const wire = lane => {
            const ids = [], all = [], each = hour / (bars / tracks);
            for (let i = 0; i < bars; i++) {
              const from = now - hour + Math.floor(i / tracks) * each + (lane * 37 % 100) / 100 * each, end = from + each * 0.9;
              ids.push(`e-${lane}-${i}`, i >= tracks ? `e-${lane}-${i - tracks}` : '');
              const states = [[0, from], [1, from + each * 0.05], [2, from + each * 0.12]];
              if (i % 9 === 0) states.push([5, from + each * 0.4], [2, from + each * 0.6]);
              if (end < now) states.push([i % 13 === 0 ? 4 : 3, end]);
              all.push(...bar(lane, i, states));
            }
            return { key: lane, from: now - 2 * hour, to: -1, left: 0, tracks, link: [6, now - 2 * hour], ids, bars: all };
          };
          const heads = [];
          for (let l = 0; l < lanes; l++) heads.push(l, l, 17 + l, 0);
          const api = create(host, { invokeMethodAsync: async () => {} }, { span: hour, from: now - hour, fold: false, height: 'low', embedded: false, rows: lanes, label: 'bench' });
          const t = host.timeline, frame = () => new Promise(r => requestAnimationFrame(r));
          await frame(); await frame();
          const update = { now, words, rows: lanes, heads, lanes: Array.from({ length: lanes }, (_, l) => wire(l)) };
          const a = performance.now();
          t.apply(update);
          const read = performance.now() - a, b = performance.now();
          t.paint();
          const first = performance.now() - b, drawn = t.drawn;
          const sorted = v => [...v].sort((x, y) => x - y), median = v => sorted(v)[v.length >> 1];
          const run = async act => {
            const cost = [], gaps = [];
            let before = await frame();
            for (let i = 0; i < frames; i++) {
              const c = performance.now();
              act(i); if (t.frame) { cancelAnimationFrame(t.frame); t.frame = 0; } t.paint();
              cost.push(performance.now() - c);
              const at = await frame(); gaps.push(at - before); before = at;
            }
            return [median(cost), Math.max(...cost), 1000 / median(gaps), 1000 / sorted(gaps)[Math.floor(gaps.length * 0.99)]];
          };
          const zoom = await run(i => t.zoom(i < frames / 2 ? 0.97 : 1 / 0.97, now - hour / 3));
          const pan = await run(i => t.pan((i < frames / 2 ? -1 : 1) * 15000));
          const scroll = await run(i => { t.scroll.scrollTop = i * 90; });
          t.scroll.scrollTop = 0; await frame();
          const patch = [], patchFrame = [];
          for (let k = 0; k < 50; k++) {
            const patches = Array.from({ length: patched / 5 }, (_, l) => {
              const ids = [], all = [];
              for (let j = 0; j < 5; j++) { const i = bars - 1 - j; ids.push(`e-${l}-${i}`, ''); all.push(...bar(l, i, [[0, now - 300000], [2, now - 200000], [k % 2 ? 5 : 2, now - 1000 + k]])); }
              return { key: l, from: now - 2 * hour, to: -1, left: 0, tracks, link: null, ids, bars: all };
            });
            const c = performance.now(); t.apply({ patches }); const d = performance.now();
            cancelAnimationFrame(t.frame); t.frame = 0; t.paint();
            patch.push(d - c); patchFrame.push(performance.now() - c);
            await frame();
          }
          api.dispose();
          const two = v => [median(v), Math.max(...v)];
          return { read, first, drawn, zoom, pan, scroll: scroll.slice(0, 2), patch: two(patch), patchFrame: two(patchFrame) };
        }
        """;
}
