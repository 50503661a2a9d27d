using ExecutionDashboard.IntegrationTests.Chaos;
using Microsoft.Playwright;

namespace ExecutionDashboard.Benchmarks.Chaos;

/// <summary>A tab of a real browser. Nobody touches it after it was opened.</summary>
internal sealed class BrowserViewer(IPage page, string address) : IChaosViewer
{
    private const string State = """
        () => document.getElementById('components-reconnect-modal')?.open === true ? 'The connection is lost.'
            : document.querySelector('.freshness')?.innerText.trim().startsWith('Live') === true ? document.querySelector('.row-link') ? '' : 'There are no rows.'
            : document.body.innerText.slice(0, 200)
        """;

    public void Mark()
    {
        // What it shows says whether it is live.
    }

    public async Task<string?> ProblemAsync()
    {
        try
        {
            return await page.EvaluateAsync<string>(State) is { Length: > 0 } state ? $"The browser shows: {state}" : page.Url == address ? null : $"The browser is at {page.Url} instead of {address}.";
        }
        catch (PlaywrightException e)
        {
            // The page is being loaded again.
            return e.Message;
        }
    }
}
