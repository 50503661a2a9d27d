using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using ExecutionDashboard.BrowserTests.Lists;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>The timeline of a changing fleet. The module that draws the canvas is asked what it draws.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class TimelineTests(Browser browser, DemoFleet fleet)
{
    [Fact]
    public async Task Range_BrushedZoomedAndLeft_IsInTheAddress()
    {
        await using var tab = await OpenAsync("timeline?last=3600");
        var page = tab.Page;
        var box = (await page.Locator(".lanes-scroll").BoundingBoxAsync())!;

        await page.Keyboard.DownAsync("Shift");
        await DragAsync(page, box, 500, 800);
        await page.Keyboard.UpAsync("Shift");
        await Expect(page).ToHaveURLAsync(new Regex(@"\?from=.*&to="));
        var brushed = await SpanAsync(page);
        Assert.InRange(brushed, 600_000, 1_500_000);

        await page.Mouse.MoveAsync(box.X + 600, box.Y + 150);
        await page.Keyboard.DownAsync("Control");
        await page.Mouse.WheelAsync(0, -200);
        await page.Keyboard.UpAsync("Control");
        await page.WaitForFunctionAsync($"before => {Module}.t1 - {Module}.t0 < before * 0.9", brushed);
        var zoomed = page.Url;
        await DragAsync(page, box, 500, 700);
        await page.WaitForFunctionAsync("before => location.href !== before", zoomed);

        await page.ReloadAsync();
        await ReadyAsync(page);
        Assert.True(await SpanAsync(page) < brushed);
        await page.GetByRole(AriaRole.Button, new() { Name = "Now" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"\?last="));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task RightEdge_Followed_ShowsChangesAsTheyCome()
    {
        await using var tab = await OpenAsync("timeline?last=60&order=changes");
        var opened = await tab.Page.EvaluateAsync<double>($"{Module}.now()");

        // A state that began after the page was opened can only have come live.
        await tab.Page.WaitForFunctionAsync($"opened => [...{Module}.store.lanes.values()].some(l => l.bars.some(b => b.starts.some(s => s > opened)))", opened);
        Assert.True(await tab.Page.EvaluateAsync<bool>($"Math.abs({Module}.t1 - {Module}.now()) < 2000"));
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Following" }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex(@"\?from="));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Bar_HoveredAndClicked_ShowsItsStatesAndOpensItsExecution()
    {
        await using var tab = await OpenAsync("timeline?last=3600&height=high");
        var bar = await tab.Page.EvaluateAsync<BarOnScreen>($$"""
            () => {
              const t = {{Module}}, r = t.canvas.getBoundingClientRect(), row = [...Array(6).keys()].find(r => t.store.laneAt(r)?.bars.some(b => b.lives < 0 && !b.ended)), bar = t.store.laneAt(row).bars.find(b => b.lives < 0), box = t.box(row, bar);
              return { id: bar.id, x: r.left + (Math.max(box.x0, t.s.x0) + Math.min(box.x1, t.s.x1)) / 2, y: r.top + box.y + box.h / 2 };
            }
            """);
        await tab.Page.Mouse.MoveAsync(bar.X, bar.Y);
        await Expect(tab.Page.Locator(".lane-card code")).ToHaveTextAsync(bar.Id);
        await Expect(tab.Page.Locator(".lane-card .state").First).ToBeVisibleAsync();

        await tab.Page.Mouse.ClickAsync(bar.X, bar.Y);
        await Expect(tab.Page.Locator("aside.panel")).ToContainTextAsync(bar.Id);
        Assert.Contains($"open={bar.Id}", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator("aside.panel")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Label_AddedAsAFilter_LeavesTheNodesThatHaveIt()
    {
        await using var tab = await OpenAsync("timeline?last=600");
        var page = tab.Page;
        await page.FilterAsync("label:region=us-west");

        await Expect(page).ToHaveURLAsync(new Regex("label=region%3Dus-west"));
        await Expect(page.Locator(".list-count")).ToContainTextAsync("with a match");
        var labelled = (await fleet.ListAsync("nodes")).Count(n => n.ToString().Contains("\"us-west\"", StringComparison.Ordinal));
        await page.WaitForFunctionAsync($"most => {Module}.store.rows > 0 && {Module}.store.rows <= most", labelled);

        await page.GetByLabel("Group").SelectOptionAsync("label:region");
        await page.WaitForFunctionAsync($"() => {Module}.store.heads.get(0)?.key === -1 && {Module}.store.heads.get(0).name === 'us-west'");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Keys_WalkLanesAndBars_AndAreSpoken()
    {
        await using var tab = await OpenAsync("timeline?last=3600");
        var page = tab.Page;
        var spoken = page.Locator(".lanes-live");
        await page.Locator(".lanes-scroll").FocusAsync();

        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(spoken).ToContainTextAsync(new Regex(@"lane 1 of \d+"));
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(spoken).ToContainTextAsync(new Regex(@"\d+ of \d+: .+ v\d+, \w+ since \d"));
        await Expect(page.Locator(".lane-card")).ToBeVisibleAsync();
        // The keys of rows and the right mouse button act on the execution at the cursor.
        await Expect(page.Locator(".lanes-scroll")).ToHaveAttributeAsync("data-points-at", new Regex("^executions/"));
        await page.Locator("#palette[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator(".lanes-scroll").ClickAsync(new() { Button = MouseButton.Right, Position = new() { X = 4, Y = 4 } });
        await Expect(page.Locator(".palette-of")).ToContainTextAsync("Execution");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#palette")).Not.ToBeVisibleAsync();
        await Expect(page.Locator(".lanes-scroll")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("+");
        await page.WaitForFunctionAsync($"() => {Module}.t1 - {Module}.t0 < 3000000");
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await Expect(page).ToHaveURLAsync(new Regex(@"\?from="));
        await page.Keyboard.PressAsync("End");
        await Expect(page).ToHaveURLAsync(new Regex(@"\?last="));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("aside.panel")).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Group_FoldedByAClick_StaysFoldedOverAReload_AndIsUnfoldedByAKey()
    {
        await using var tab = await OpenAsync("timeline?last=3600&group=label:region");
        var page = tab.Page;
        var head = await page.EvaluateAsync<HeadOnScreen>($$"""
            () => { const t = {{Module}}, r = t.canvas.getBoundingClientRect(), h = t.store.heads.get(0); return { name: h.name, count: h.count, rows: t.store.rows, x: r.left + 300, y: r.top + t.rowY(0) + t.rowH / 2 }; }
            """);
        await page.Mouse.ClickAsync(head.X, head.Y);
        await Expect(page).ToHaveURLAsync(new Regex($"folded={head.Name}$"));
        await page.WaitForFunctionAsync($"left => {Module}.store.rows === left && {Module}.store.heads.get(1)?.key === -1", head.Rows - head.Count);

        await page.ReloadAsync();
        await ReadyAsync(page);
        Assert.Equal(head.Rows - head.Count, await page.EvaluateAsync<int>($"{Module}.store.rows"));
        await page.Locator(".lanes-scroll").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".lanes-live")).ToContainTextAsync(new Regex($@"^Group {head.Name}, {head.Count} lanes, folded, .*\d+ running"));
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator(".lanes-live")).ToContainTextAsync($"Group {head.Name}, {head.Count} lanes, unfolded");
        await Expect(page).Not.ToHaveURLAsync(new Regex("folded="));
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".lanes-live")).ToContainTextAsync(new Regex($"lane 2 of {head.Rows}$"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Bars_OddOnes_AreDrawnWithinAFrameOrTwo()
    {
        await using var tab = await OpenAsync("timeline?last=3600&height=low");
        var drawn = await tab.Page.EvaluateAsync<double[]>($$"""
            () => {
              const t = {{Module}}, key = t.store.heads.get(0).key, now = t.now(), word = t.store.words.indexOf('running'), hour = 3600000, ids = [], bars = [];
              const bar = (from, end, states = [word, from]) => { ids.push(`odd-${ids.length}`, ids.length > 4 ? 'nobody' : ''); bars.push(word, 1, -1, ids.length % 9, 0, states.length / 2, ...states, end); };
              for (let i = 0; i < 5; i++) bar(now - hour / 2 + i, -1);
              bar(now - hour / 3, now - hour / 2);
              bar(now + 400 * 24 * hour, -1); bar(-1e15, 1e15); bar(0, 0);
              bar(now - 60000, -1, Array.from({ length: 20000 }, (_, i) => [i % 2 ? word : word + 1, now - 60000 + i * 3]).flat());
              for (let i = 0; i < 2000; i++) bar(now - 60000 + i * 30, now - 60000 + i * 30 + 10);
              t.apply({ now, lanes: [{ key, from: 0, to: -1, left: 980000, tracks: 4, link: [word, now, word, now - hour], ids, bars }] });
              const began = performance.now();
              t.paint();
              const took = performance.now() - began;
              t.card(t.hit(t.gutter / 2, t.rowY(0) + 5), 100, 100);
              return [t.drawn, took];
            }
            """);

        Assert.InRange(drawn[0], 6, 10_000);
        Assert.InRange(drawn[1], 0, 200);
        await Expect(tab.Page.Locator(".lane-card .problem")).ToContainTextAsync("980,000 older states are left out");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Lanes_OfAMillionNodes_AreScrolledToTheLastOne()
    {
        await using var tab = await OpenAsync("timeline?last=60&height=high");
        var seen = await tab.Page.EvaluateAsync<int[]>($$"""
            async () => {
              const t = {{Module}}, frame = () => new Promise(r => requestAnimationFrame(r)), seen = [], box = t.scroll.getBoundingClientRect();
              t.store.rows = 1000000; t.layout();
              const wheel = deltaY => t.scroll.dispatchEvent(new WheelEvent('wheel', { deltaY, clientX: box.left + 400, clientY: box.top + 300, cancelable: true }));
              t.scroll.scrollTop = 1e9; await frame(); seen.push(t.visible()[1]);
              wheel(-84 * 3); await frame(); seen.push(t.visible()[1]);
              t.scroll.scrollTop = 0; await frame(); seen.push(t.visible()[0]);
              for (let i = 0; i < 5; i++) wheel(84);
              await frame(); seen.push(t.visible()[0]);
              t.scroll.scrollTop = t.scroll.scrollHeight / 2; await frame(); seen.push(t.visible()[0]);
              return seen;
            }
            """);

        Assert.Equal([999_999, 999_997, 0, 5], seen[..4]);
        Assert.InRange(seen[4], 499_900, 500_100);
    }

    [Fact]
    public async Task Table_OfWhatIsOnScreen_NamesNodesAndStates()
    {
        await using var tab = await OpenAsync("timeline?last=3600");
        await tab.Page.GetByLabel("Table").CheckAsync();

        await Expect(tab.Page.Locator(".lane-table caption")).ToContainTextAsync(new Regex(@"\d+ nodes on screen, \d+"));
        await Expect(tab.Page.Locator(".lane-table tbody .state").First).ToBeVisibleAsync();
        Assert.Equal(await tab.Page.EvaluateAsync<string>($"{Module}.store.heads.get(0).name"), await tab.Page.Locator(".lane-table tbody th").First.InnerTextAsync());
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Marks_TooNearToTellApart_AreABoxThatZooms_AndWhatIsLeftOutIsSaid()
    {
        await using var tab = await OpenAsync("timeline?last=3600");
        var page = tab.Page;
        // A dozen deployments within two minutes, one of them bad; actions among deployments; a lone action; and no more news from the server.
        await page.EvaluateAsync($$"""
            () => {
              const t = {{Module}}, now = t.now(), words = ['x', 'completed', '/jobs'], first = t.store.words.length, n = [];
              const add = (minute, kind) => n.push(kind, now - minute * 60000, now - minute * 60000 + 5000, first, first + 1, first + 2);
              for (let i = 0; i < 12; i++) add(32 - i / 6, i === 5 ? 2 : 0);
              for (let i = 0; i < 4; i++) add(10 + i / 10, i % 2);
              for (let i = 0; i < 3; i++) add(i / 100, 0);
              add(50, 1);
              t.apply({ now, words, marks: { marks: n, inRange: 1214 } });
              t.apply = () => {};
              t.paint();
            }
            """);
        await Expect(page.Locator(".lanes-note")).ToHaveTextAsync("newest 20 of 1,214 events");
        var boxes = await BoxesAsync(page);
        Assert.Equal([1, 12, 4, 3], boxes.Select(b => b.Count));
        Assert.All(boxes.Zip(boxes.Skip(1)), pair => Assert.True(pair.First.X1 <= pair.Second.X0 || pair.First.Y0 != pair.Second.Y0));
        Assert.All(boxes, b => Assert.True(b.X1 <= b.Room));

        await page.Mouse.MoveAsync(boxes[2].X, boxes[2].Y);
        await Expect(page.Locator(".lane-card strong")).ToHaveTextAsync("4 marks");
        await page.Mouse.MoveAsync(boxes[1].X, boxes[1].Y);
        await Expect(page.Locator(".lane-card strong")).ToHaveTextAsync("12 deployments");
        await Expect(page.Locator(".lane-card")).ToContainTextAsync("1 went wrong");
        await Expect(page.Locator(".lane-card")).ToContainTextAsync("and 6 more");
        await page.Mouse.ClickAsync(boxes[1].X, boxes[1].Y);
        await Expect(page).ToHaveURLAsync(new Regex(@"\?from="));
        var apart = await BoxesAsync(page);
        Assert.InRange(await SpanAsync(page), 110_000, 140_000);
        Assert.Equal(12, apart.Sum(b => b.Count));
        Assert.True(apart.Count > 6);

        await page.EvaluateAsync($"{Module}.range({Module}.now() - 3600000, {Module}.now())");
        // The tools over the lanes are others when the page follows: until they are, nothing is where it will be.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Following" })).ToBeVisibleAsync();
        var lone = (await BoxesAsync(page))[0];
        await page.Mouse.ClickAsync(lone.X, lone.Y);
        await Expect(page).ToHaveURLAsync(new Regex("/jobs$"));
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Page_InEitherTheme_HasNoViolation(ColorScheme scheme, int width)
    {
        var wcag = new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };
        await using var tab = await OpenAsync("timeline?last=3600&table=yes&group=label:region", scheme, width);
        await Expect(tab.Page.Locator(".lane-table tbody tr").First).ToBeVisibleAsync();

        var found = await tab.Page.RunAxe(wcag);

        Assert.Equal("", string.Join("\n", found.Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")));
        Assert.Empty(tab.Errors);
    }
}
