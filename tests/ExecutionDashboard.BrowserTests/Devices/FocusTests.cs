using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Devices;

/// <summary>Keyboard focus is visible everywhere, which axe does not check.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FocusTests(Browser browser, DemoFleet fleet)
{
    // Focus moved by script shows as that by keys once a key was the last that was used. A field in a frame has the ring on its frame.
    private const string WithoutRing = """
        () => {
          const ring = e => { const s = getComputedStyle(e); return s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2 && s.outlineColor !== 'rgba(0, 0, 0, 0)'; };
          const kinds = new Map();
          for (const e of document.querySelectorAll('a[href], button:not([disabled]), input:not([disabled]), select, textarea, summary, canvas[tabindex="0"], [tabindex="0"], [role=tab]')) {
            if (!e.checkVisibility() || e.closest('[inert]')) continue;
            const kind = `${e.localName}[${e.type ?? ''}] .${e.className} in ${e.parentElement.localName}.${e.parentElement.className}`;
            if (!kinds.has(kind)) kinds.set(kind, e);
          }
          const bare = kinds.size < 5 ? ['hardly a control was found'] : [];
          for (const [kind, e] of kinds) {
            e.focus({ preventScroll: true });
            if (document.activeElement !== e) continue;
            if (!ring(e) && !ring(e.parentElement) && !ring(e.parentElement.parentElement)) bare.push(kind);
          }
          return bare;
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryKindOfControl_FocusedByKeyboard_HasAnOutline(ColorScheme scheme)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, scheme: scheme);
        var page = tab.Page;
        var bare = new List<string>();
        async Task LookAsync(string what, string ready)
        {
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Tab");
            bare.AddRange((await page.EvaluateAsync<string[]>(WithoutRing)).Select(kind => $"{what}: {kind}"));
        }

        await LookAsync("overview", ".needs-attention");
        foreach (var (path, ready) in new[]
        {
            ("executions?state=running&sort=id", "tbody tr[data-index]"), ("nodes", ".list-head"), ("jobs", "table tbody tr"),
            ("deployments", "table tbody tr"), ("specs", ".list-head, .page"), ("timeline", ".lanes-scroll"),
        })
        {
            await page.GotoAsync(path);
            await page.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await LookAsync(path, ready);
        }
        await page.GotoAsync("executions?state=running&sort=id");
        await page.Locator("tbody tr[data-index]:not(:has(.last-known)) .c-job").First.ClickAsync();
        await LookAsync("panel", ".panel .steps li");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).ClickAsync();
        await LookAsync("stop dialog", ".stop-dialog");
        // Script went on to controls behind the dialog; people cannot.
        await page.Locator("#stop-reason").PressAsync("Escape");
        await Expect(page.Locator(".stop-dialog")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await LookAsync("keys dialog", ".keys");

        Assert.True(bare.Count == 0, string.Join("\n", bare));
    }
}
