using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Lists;

/// <summary>A list of tens of thousands that changes while it is scrolled.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ScrollTests(Browser browser, LargeFleet fleet) : IClassFixture<LargeFleet>
{
    // Counts the frames in which no row was on screen, from the jump until a row of the new place is.
    private const string Jump = """
        async share => {
          const host = document.querySelector('.rows'), head = host.querySelector('thead').offsetHeight;
          const visible = () => [...host.querySelectorAll('tbody tr[data-index]')].filter(r => {
            const b = r.getBoundingClientRect(), h = host.getBoundingClientRect();
            return b.bottom > h.top + head && b.top < h.bottom;
          });
          host.scrollTop = (host.scrollHeight - host.clientHeight) * share;
          let frames = 0, blank = 0;
          const started = performance.now();
          let full = false;
          do {
            await new Promise(requestAnimationFrame);
            frames++;
            const rows = visible();
            if (rows.length === 0) blank++;
            full = rows.length * 34 >= host.clientHeight - head - 68;
          } while (!full && performance.now() - started < 10000);
          const rows = visible();
          return { frames, blank, full, ms: performance.now() - started, first: Number(rows[0]?.dataset.index), last: Number(rows.at(-1)?.dataset.index), count: Number(host.querySelector('table').getAttribute('aria-rowcount')) };
        }
        """;

    [Fact]
    public async Task Scroll_AFewRows_KeepsTheElementsOfThoseThatStay()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=id");
        await Expect(tab.Page.Locator("tbody > tr").Last).ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex("height: [1-9]"));
        await tab.Page.EvaluateAsync("() => { document.querySelector('tr[data-index=\"25\"]').mark = 'same'; document.querySelector('.rows').scrollTop = 20 * 34; }");
        await Expect(tab.Page.Locator("tr[data-index='0']")).ToHaveCountAsync(0);

        Assert.Equal("same", await tab.Page.EvaluateAsync<string?>("() => document.querySelector('tr[data-index=\"25\"]').mark ?? null"));
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public async Task Jump_InTwentyFiveThousandRows_RowsAreThereAtOnce(double share)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=id");
        // The first rows are there before the list knows how long it is.
        await Expect(tab.Page.Locator("tbody > tr").Last).ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex("height: [1-9]"));

        var jump = await tab.Page.EvaluateAsync<JsonElement>(Jump, share);

        Assert.True(jump.GetProperty("full").GetBoolean(), jump.ToString());
        // On a busy machine a frame can be long: what counts is the time without a row.
        Assert.True(jump.GetProperty("ms").GetDouble() < 2_000, jump.ToString());
        var count = jump.GetProperty("count").GetInt32();
        Assert.True(count >= 20_000, jump.ToString());
        Assert.InRange(jump.GetProperty("first").GetInt32(), (int)(count * share) - 60, (int)(count * share) + 60);
        if (share == 1) Assert.Equal(count - 1, jump.GetProperty("last").GetInt32());
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Wheel_FiftyScreens_IsHardlyEverBlank()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();

        var scrolled = await tab.Page.EvaluateAsync<JsonElement>("""
            async () => {
              const host = document.querySelector('.rows');
              let frames = 0, blank = 0;
              for (let i = 0; i < 180; i++) {
                host.scrollTop += 60;
                await new Promise(requestAnimationFrame);
                frames++;
                const h = host.getBoundingClientRect();
                if (![...host.querySelectorAll('tbody tr[data-index]')].some(r => { const b = r.getBoundingClientRect(); return b.bottom > h.top + 40 && b.top < h.bottom; })) blank++;
              }
              return { frames, blank };
            }
            """);

        Assert.InRange(scrolled.GetProperty("blank").GetInt32(), 0, scrolled.GetProperty("frames").GetInt32() / 10);
        Assert.Empty(tab.Errors);
    }
}
