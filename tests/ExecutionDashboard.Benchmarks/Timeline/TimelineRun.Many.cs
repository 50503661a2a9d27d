using ExecutionDashboard.Benchmarks.Browser;
using ExecutionDashboard.Benchmarks.Figures;
using Microsoft.AspNetCore.Builder;

namespace ExecutionDashboard.Benchmarks.Timeline;

/// <summary>As many lanes as a fleet has. As on the page, the module knows how many there are, and is told of those on screen when it asks.</summary>
internal static partial class TimelineRun
{
    private static async Task RunManyAsync(FigureTable table, WebApplication app, Chromium chromium, int lanes)
    {
        var page = await chromium.Browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await page.GotoAsync(app.Urls.First());
        var figures = await page.EvaluateAsync<ManyFigures>(ManyScript, new { lanes, bars = 20, tracks = Tracks, frames = Frames });
        void Add(string what, double value, string unit, double? budget = null, bool isRate = false) =>
            table.Add("browser", $"timeline, {lanes:#,0} lanes, those on screen of 20 bars: {what}", value, unit, budget, isRate);
        Add("first paint, from the first answer", figures.First, "ms", 50);
        foreach (var (what, run) in new[] { ("wheel", figures.Wheel), ("scrollbar from end to end", figures.Bar), ("zoom", figures.Zoom) })
        {
            Add($"{what}, cost of a frame", run[0], "ms", 16);
            Add($"{what}, worst frame", run[1], "ms");
            Add($"{what}, frames", run[2], "/s", 55, isRate: true);
        }
        Add("the last lane on screen at the end of the scrollbar", figures.Last, "", lanes - 1, isRate: true);
        Add("lanes held by the browser after it", figures.Held, "");
        await page.CloseAsync();
    }

    private sealed record ManyFigures
    {
        public double First { get; init; }
        public int Last { get; init; }
        public int Held { get; init; }
        public double[] Wheel { get; init; } = [];
        public double[] Bar { get; init; } = [];
        public double[] Zoom { get; init; } = [];
    }

    private const string ManyScript = """
        async ({ lanes, bars, tracks, frames }) => {
          const { create } = await import('/js/timeline.js');
          const host = document.getElementById('host'), now = Date.now(), hour = 3600000;
          const wire = lane => {
            const ids = [], all = [], each = hour / (bars / tracks);
            for (let i = 0; i < bars; i++) {
              const from = now - hour + Math.floor(i / tracks) * each + (lane * 37 % 100) / 100 * each, end = from + each * 0.9, states = [0, from, 1, from + each * 0.05, 2, from + each * 0.12];
              if (end < now) states.push(i % 13 === 0 ? 4 : 3, end);
              ids.push(`e-${lane}-${i}`, i >= tracks ? `e-${lane}-${i - tracks}` : '');
              all.push(7 + i % 10, 3, -1, i % tracks, 0, states.length / 2, ...states, -1);
            }
            return { key: lane, from: now - 2 * hour, to: -1, left: 0, tracks, link: [6, now - 2 * hour], ids, bars: all };
          };
          let words = 17, used = [];
          const told = new Set(), held = new Set();
          // The server's part: what it was not asked before, and 200 lanes to spare.
          const answer = (first, last) => {
            const update = { now: Date.now(), words: [], heads: [], lanes: [], drop: [] };
            for (let l = Math.max(0, first - 6); l <= Math.min(last + 6, lanes - 1); l++) {
              if (!told.has(l)) { told.add(l); update.words.push(`node-${l}`); update.heads.push(l, l, words++, 0); }
              if (!held.has(l)) { held.add(l); used.push(l); update.lanes.push(wire(l)); }
            }
            while (used.length > 300) { const l = used.shift(); held.delete(l); update.drop.push(l); }
            return update;
          };
          const owner = { invokeMethodAsync: async (what, first, last) => { if (what === 'See') t.apply(answer(first, last)); } };
          const api = create(host, owner, { span: hour, from: now - hour, fold: false, height: 'high', embedded: false, rows: lanes, label: 'bench' });
          const t = host.timeline, frame = () => new Promise(r => requestAnimationFrame(r));
          await frame(); await frame();
          const a = performance.now(), update = answer(0, 12);
          update.words.unshift('pending', 'starting', 'running', 'completed', 'failed', 'degraded', 'connected', ...Array.from({ length: 10 }, (_, i) => `job-${i}`));
          t.apply({ ...update, rows: lanes });
          t.paint();
          const first = performance.now() - a;
          const sorted = v => [...v].sort((x, y) => x - y), median = v => sorted(v)[v.length >> 1];
          const run = async (count, act) => {
            const gaps = [], costs = [];
            let before = await frame();
            for (let i = 0; i < count; i++) {
              const c = performance.now();
              act(i); if (t.frame) { cancelAnimationFrame(t.frame); t.frame = 0; } t.paint();
              costs.push(performance.now() - c);
              const at = await frame(); gaps.push(at - before); before = at;
            }
            return [median(costs), Math.max(...costs), 1000 / median(gaps)];
          };
          const box = t.scroll.getBoundingClientRect();
          const wheel = deltaY => { if (t.stretch > 1) t.scroll.dispatchEvent(new WheelEvent('wheel', { deltaY, clientX: box.left + 400, clientY: box.top + 300, cancelable: true })); else t.scroll.scrollTop += deltaY; };
          const wheeled = await run(frames * 3, () => wheel(100));
          const bar = await run(frames * 3, i => { t.scroll.scrollTop = (t.scroll.scrollHeight - t.H) * (i + 1) / (frames * 3); });
          const last = t.visible()[1];
          await new Promise(r => setTimeout(r, 300));
          const zoom = await run(frames, i => t.zoom(i < frames / 2 ? 0.97 : 1 / 0.97, now - hour / 3));
          const kept = t.store.lanes.size;
          api.dispose();
          return { first, last, held: kept, wheel: wheeled, bar, zoom };
        }
        """;
}
