using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using ExecutionDashboard.BrowserTests.Lists;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>A region that becomes silent after 15 s, is lost, and comes back.</summary>
public sealed class RegionFleet() : StartedFleet(("Simulator:Scenario", "region-falls-over"));

/// <summary>Silent nodes: on the map, in the list, and on their own page.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RegionTests(Browser browser, RegionFleet fleet) : IClassFixture<RegionFleet>
{
    [Fact]
    public async Task Region_FallsOverAndComesBack_IsSeenOnTheNodesPageAndOnTheMap()
    {
        await using var map = await browser.OpenAsync(fleet.Address, "nodes?color=connection&group=region&view=map");
        var legend = map.Page.Locator(".map-legend");
        await Expect(map.Page.Locator(".map-host[data-drawn='60']")).ToBeVisibleAsync();
        var node = (await fleet.ListAsync("nodes?labels=region%3Dap-south"))[0].GetProperty("id").GetString()!;
        await using var page = await browser.OpenAsync(fleet.Address, $"nodes/{node}");
        var connection = page.Page.Locator(".execution-title .state");

        // The scenario takes about a minute and a half; each part is awaited where it shows.
        await Expect(connection).ToHaveTextAsync("disconnected", new() { Timeout = 45_000 });
        await Expect(page.Page.Locator("[data-connection=disconnected]")).ToContainTextAsync("No heartbeat since");
        await Expect(page.Page.Locator(".node-executions .last-known").First).ToBeVisibleAsync();
        await Expect(legend.GetByRole(AriaRole.Button, new() { Name = "disconnected 12" })).ToBeVisibleAsync();
        await Expect(connection).ToHaveTextAsync("lost", new() { Timeout = 45_000 });
        await Expect(page.Page.Locator("#common ~ ul")).ToContainTextAsync("ap-south");
        await Expect(legend.GetByRole(AriaRole.Button, new() { Name = "lost 12" })).ToBeVisibleAsync();
        await Expect(connection).ToHaveTextAsync("connected", new() { Timeout = 60_000 });
        await Expect(page.Page.Locator("[data-connection]")).ToHaveCountAsync(0);
        await Expect(page.Page.Locator("section:has(#now) .state").First).ToHaveTextAsync("running");
        Assert.NotEqual("0", await map.Page.Locator(".map-host").GetAttributeAsync("data-patches") ?? "0");
        Assert.Empty(map.Errors);
        Assert.Empty(page.Errors);

        // Now it is an incident to look back at.
        await IncidentWalk.TakeAsync(browser, fleet);
    }
}

/// <summary>The list and the map of a moving fleet.</summary>
[Collection(BrowserCollection.Name)]
public sealed class NodesPageTests(Browser browser, DemoFleet fleet)
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    [Fact]
    public async Task Label_AsAFilter_ShowsTheNodesThatHaveIt()
    {
        var expected = (await fleet.ListAsync("nodes?labels=region%3Dus-west")).Count;
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?view=list");
        await tab.Page.FilterAsync("label:region=us-west");

        await Expect(tab.Page.Locator(".list-count strong")).ToHaveTextAsync(expected.ToString(CultureInfo.InvariantCulture));
        await Expect(tab.Page.Locator("tbody tr[data-index='0'] .n-labels")).ToContainTextAsync("region=us-west");
        Assert.Contains("label=region%3Dus-west", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator(".list-count strong")).ToHaveTextAsync("200");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Keys_WalkTheListAndOpenANode()
    {
        await using var tab = await browser.OpenAsync(fleet.Address);
        await tab.Page.Keyboard.PressAsync("g");
        await tab.Page.Keyboard.PressAsync("n");
        await Expect(tab.Page.Locator("tbody tr[data-index='1']")).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("j");
        await Expect(tab.Page.Locator("tr.cursor")).ToHaveAttributeAsync("data-index", "1");
        var name = await tab.Page.Locator("tr.cursor .n-name").TextContentAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync(name!);
        await Expect(tab.Page.Locator(".use-history").First).ToBeVisibleAsync();
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator("tbody tr[data-index='0']")).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Map_Keys_SayWhatACellIs_AndOpenIt()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?group=-");
        var map = tab.Page.Locator(".map-host");
        await Expect(map).ToHaveAttributeAsync("data-drawn", "200");
        await map.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Home");
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        var name = await tab.Page.Locator("tbody tr[data-index='1'] .n-name").TextContentAsync();
        await Expect(map.GetByRole(AriaRole.Status)).ToContainTextAsync(name!);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync(name!);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Lasso_OfAnyShape_ChoosesTheCellsWhoseCentreLiesInIt()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?view=map");
        // Each cell is asked for itself here, to compare: blocks with unfilled rows, lines that cross themselves, repeat, go back on themselves, and leave the map.
        var wrong = await tab.Page.EvaluateAsync<string[]>("""
            async () => {
              const { place, cellsIn, boxOf } = await import('/js/fleetmap/layout.js'), counts = [0, 1, 97, 1003, 7, 400], pitch = 7, { blocks } = place(counts, { columns: 3, across: 19 }, pitch, 20, 10);
              const inside = (path, x, y) => {
                let odd = false;
                for (let i = 0, j = path.length - 2; i < path.length; j = i, i += 2)
                  if (path[i + 1] <= y !== path[j + 1] <= y && x >= path[i] + (y - path[i + 1]) / (path[j + 1] - path[i + 1]) * (path[j] - path[i])) odd = !odd;
                return odd;
              };
              let seed = 11;
              const random = most => (seed = seed * 16807 % 2147483647) / 2147483647 * most;
              const paths = {
                rectangle: [20, 20, 300, 20, 300, 200, 20, 200], backwards: [20, 200, 300, 200, 300, 20, 20, 20], bow: [0, 0, 400, 300, 400, 0, 0, 300], twice: [20, 20, 300, 20, 300, 200, 20, 200, 20, 20, 300, 20, 300, 200, 20, 200],
                around: [-50, -50, 9000, -50, 9000, 9000, -50, 9000], beside: [-50, -50, -10, -50, -10, 500], point: [50, 50], line: [10, 10, 400, 250], there: [10, 10, 400, 250, 200, 127, 10, 10],
                star: Array.from({ length: 10 }, (_, i) => [200 + 190 * Math.cos(i * 12 * Math.PI / 5 + 0.1), 190 + 180 * Math.sin(i * 12 * Math.PI / 5 + 0.1)]).flat(), scribble: Array.from({ length: 400 }, () => random(420)),
              };
              return Object.entries(paths).filter(([name, path]) => {
                const ranges = cellsIn(blocks, pitch, path), found = new Set();
                for (let i = 0; i < ranges.length; i += 2) { if (i && ranges[i] <= ranges[i - 1]) return true; for (let c = ranges[i]; c < ranges[i + 1]; c++) found.add(c); }
                let all = 0;
                for (let c = 0; c < 1508; c++) { const at = boxOf(blocks, pitch, c), is = inside(path, at.x + pitch / 2, at.y + pitch / 2); all += is; if (is !== found.has(c)) return true; }
                return all !== found.size || (name === 'around' && all !== 1508) || (['twice', 'point', 'line', 'beside'].includes(name) && all !== 0);
              }).map(([name]) => name);
            }
            """);

        Assert.Empty(wrong);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Map_IsAsHighAsItsCellsNeed_AndStandsStillWhileNodesComeAndGo()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?view=map&group=-");
        await Expect(tab.Page.Locator(".map-host")).ToHaveAttributeAsync("data-drawn", "200");
        Assert.InRange((await tab.Page.Locator(".map-host").BoundingBoxAsync())!.Height, 100, 200);
        // 260 pixels are ten of the largest cells.
        var heights = await tab.Page.EvaluateAsync<int[]>("""
            async () => {
              const { create } = await import('/js/fleetmap.js'), host = Object.assign(document.createElement('div'), { className: 'map-host', style: 'width: 282px; height: 300px' });
              document.body.append(host);
              const map = create(host, { invokeMethodAsync: async () => [] }), heights = [];
              for (const counts of [[8], [10], [11], [10], [20], [21], [11], [9], [5000], [3, 3], []]) {
                map.layout(counts.map((_, i) => counts.length > 1 ? `g${i}` : ''), counts, new Uint8Array(counts.reduce((a, b) => a + b, 0)), []);
                heights.push(host.offsetHeight - 22);
              }
              map.dispose();
              host.remove();
              return heights;
            }
            """);

        Assert.Equal([48, 48, 52, 52, 52, 78, 78, 48, 278, 52, 48], heights);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Chips_Words_StandOnTheLineOfTheWordsAround()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?view=list");
        await Expect(tab.Page.Locator("tbody tr[data-index='0'] .state")).ToBeVisibleAsync();
        var off = await OffTheLineAsync(tab.Page);
        await tab.Page.Locator("tbody tr[data-index='0'] .n-name a").ClickAsync();
        await Expect(tab.Page.Locator(".node-executions .state").First).ToBeVisibleAsync();
        off = [.. off, .. await OffTheLineAsync(tab.Page)];
        await tab.Page.Locator(".node-executions a:has(.state)").First.ClickAsync();
        await Expect(tab.Page.Locator(".execution-title .state").First).ToBeVisibleAsync();
        off = [.. off, .. await OffTheLineAsync(tab.Page)];

        Assert.Empty(off);
        Assert.Empty(tab.Errors);
    }

    // An empty box in a line of text stands on its baseline. What stands beside a chip, in its row or its paragraph, is compared with the chip's word.
    private static Task<string[]> OffTheLineAsync(IPage page) => page.EvaluateAsync<string[]>("""
        () => {
          const line = node => { const probe = document.createElement('span'); probe.style.display = 'inline-block'; node.before(probe); const y = probe.getBoundingClientRect().bottom; probe.remove(); return y; };
          const off = [];
          let compared = 0;
          for (const chip of document.querySelectorAll('.state')) {
            const word = chip.querySelector('span'), box = word?.getBoundingClientRect(), around = chip.closest('tr, li, dd, p, .execution-title');
            if (!box?.width || !around) continue;
            const own = line(word.firstChild), texts = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
              const text = texts.currentNode, range = document.createRange();
              range.selectNodeContents(text);
              const at = range.getClientRects()[0], middle = at ? (at.top + at.bottom) / 2 : 0;
              if (chip.contains(text) || !text.textContent.trim() || !at?.width || middle < box.top || middle > box.bottom) continue;
              compared++;
              if (Math.abs(line(text) - own) > 0.5) off.push(`${word.textContent} / ${text.textContent.trim()}: ${line(text) - own}`);
            }
          }
          return compared ? off : ['nothing to compare'];
        }
        """);

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_InEitherTheme_HaveNoViolation(ColorScheme scheme)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?connection=connected", scheme: scheme);
        await Expect(tab.Page.Locator("tbody tr[data-index='0']")).ToBeVisibleAsync();
        var list = await tab.Page.RunAxe(Wcag);
        await tab.Page.Locator("tbody tr[data-index='0'] .n-name a").ClickAsync();
        await Expect(tab.Page.Locator(".use-history").First).ToBeVisibleAsync();
        var node = await tab.Page.RunAxe(Wcag);

        Assert.Equal("", string.Join("\n", list.Violations.Concat(node.Violations).Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")));
        Assert.Empty(tab.Errors);
    }
}

/// <summary>A hundred thousand nodes.</summary>
public sealed class HugeFleet() : StartedFleet(
    ("Simulator:Nodes", "100000"), ("Simulator:Jobs", "0"), ("Simulator:Executions", "0"), ("Simulator:ChangesPerSecond", "0"))
{
    /// <inheritdoc/>
    protected override int ReadySeconds => 150;
}

/// <summary>The map of a hundred thousand nodes.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HugeMapTests(Browser browser, HugeFleet fleet) : IClassFixture<HugeFleet>
{
    [Fact]
    public async Task Map_OfAHundredThousand_DrawsZoomsChoosesAndOpens()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?color=connection&group=region");
        var map = tab.Page.Locator(".map-host");
        await Expect(map).ToHaveAttributeAsync("data-drawn", "100000", new() { Timeout = 60_000 });
        await Expect(tab.Page.Locator(".map-legend")).ToContainTextAsync("100,000");
        var box = (await map.BoundingBoxAsync())!;
        var (x, y) = (box.X + 60, box.Y + 60);

        // Under the pointer there is a node, and the card names it.
        await tab.Page.Mouse.MoveAsync(x, y);
        await Expect(map.Locator(".map-card strong")).ToBeVisibleAsync();
        var whole = (await map.GetAttributeAsync("data-pitch"))!;
        for (var i = 0; i < 12; i++) await tab.Page.Mouse.WheelAsync(0, -120);
        await tab.Page.Mouse.MoveAsync(x + 1, y + 1);
        await Expect(map.Locator(".map-card strong")).ToBeVisibleAsync();
        var name = await map.Locator(".map-card strong").TextContentAsync();

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Fit" }).ClickAsync();
        // The button goes through the server: the map may still be zoomed in.
        await Expect(map).ToHaveAttributeAsync("data-pitch", whole);
        // A line around a triangle; while it is drawn, the card counts what it holds.
        await tab.Page.Mouse.MoveAsync(x, y);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(x + 120, y, new() { Steps = 4 });
        await tab.Page.Mouse.MoveAsync(x, y + 60, new() { Steps = 4 });
        await Expect(map.Locator(".map-card")).ToHaveTextAsync(new Regex(@"^[\d,]+ nodes$"));
        var counted = (await map.Locator(".map-card").TextContentAsync())!.Split(' ')[0];
        await tab.Page.Mouse.UpAsync();
        await Expect(tab.Page.Locator("[data-chosen]")).ToBeVisibleAsync();
        var chosen = int.Parse((await tab.Page.Locator("[data-chosen]").GetAttributeAsync("data-chosen"))!, CultureInfo.InvariantCulture);
        Assert.InRange(chosen, 100, 20_000);
        Assert.Equal(chosen.ToString("#,0", CultureInfo.InvariantCulture), counted);
        await Expect(tab.Page.Locator(".list-count strong")).ToHaveTextAsync(chosen.ToString("#,0", CultureInfo.InvariantCulture));
        Assert.Contains("set=", tab.Page.Url, StringComparison.Ordinal);
        Assert.NotEmpty(name!);

        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator(".list-count strong")).ToHaveTextAsync("100,000");
        await tab.Page.Mouse.ClickAsync(x, y);
        await Expect(tab.Page.Locator(".node-page h1")).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }
}
