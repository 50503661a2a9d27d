using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Lists;

/// <summary>The filter box of a list.</summary>
internal static class FilterBoxInput
{
    /// <summary>The box, when it answers to keys.</summary>
    public static async Task<ILocator> FilterBoxAsync(this IPage page)
    {
        await Expect(page.Locator(".filter-box[data-ready]")).ToHaveCountAsync(1);
        return page.GetByRole(AriaRole.Combobox, new() { Name = "Filter" });
    }

    /// <summary>Fills in terms and applies them.</summary>
    public static async Task FilterAsync(this IPage page, string terms)
    {
        var box = await page.FilterBoxAsync();
        await box.FillAsync(terms);
        await box.PressAsync("Enter");
    }
}
