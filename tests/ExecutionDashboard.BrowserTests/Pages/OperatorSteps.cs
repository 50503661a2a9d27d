using Microsoft.Playwright;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>What an operator does with mouse and keyboard, counted.</summary>
/// <param name="page">The page.</param>
internal sealed class OperatorSteps(IPage page)
{
    /// <summary>Clicks.</summary>
    public int Clicks { get; private set; }

    /// <summary>Keys, without the letters of typed texts.</summary>
    public int Keys { get; private set; }

    /// <summary>Letters of typed texts.</summary>
    public int Letters { get; private set; }

    /// <summary>Clicks something; with <c>Shift</c> for a range.</summary>
    public async Task ClickAsync(ILocator what, bool shift = false)
    {
        Clicks++;
        await what.ClickAsync(new() { Modifiers = shift ? [KeyboardModifier.Shift] : [] });
    }

    /// <summary>Presses keys, one after the other. A combination counts as one.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            Keys++;
            await page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>Types a text where the focus is.</summary>
    public async Task TypeAsync(string text)
    {
        Letters += text.Length;
        await page.Keyboard.TypeAsync(text);
    }
}
