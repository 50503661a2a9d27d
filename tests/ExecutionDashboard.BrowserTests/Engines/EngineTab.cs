using System.Text.Json;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.BrowserTests.Engines;

/// <summary>A tab of any browser, used as a person uses it: real pointer, real keys. What it shows is asked of its page.</summary>
public abstract class EngineTab : IAsyncDisposable
{
    /// <summary>Keys that are no characters, as WebDriver names them.</summary>
    public const string End = "\uE010", Home = "\uE011", PageUp = "\uE00E", PageDown = "\uE00F", ArrowDown = "\uE015", Escape = "\uE00C";

    /// <summary>Errors that the console showed, where the engine tells them.</summary>
    public virtual IReadOnlyList<string> Errors => [];

    /// <summary>Goes to an address; ends when its document is loaded.</summary>
    public abstract Task GoToAsync(Uri address);

    /// <summary>Presses and releases keys, one after the other.</summary>
    public abstract Task PressAsync(string keys);

    /// <summary>Presses the mouse at a point and releases it at another, in pixels of the window.</summary>
    public abstract Task DragAsync(int x, int y, int toX, int toY);

    /// <summary>What an expression gives, as JSON.</summary>
    protected abstract Task<string?> RunAsync(string json);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Opens a page of the dashboard, and waits until it listens to keys and clicks.</summary>
    public async Task OpenAsync(Uri dashboard, string path)
    {
        await GoToAsync(new Uri(dashboard, path));
        await SeesAsync("!document.getElementById('boot')");
    }

    /// <summary>What a JavaScript expression gives.</summary>
    public async Task<T> AskAsync<T>(string expression) => JsonSerializer.Deserialize<T>(await RunAsync($"JSON.stringify((await ({expression})) ?? null)") ?? "null")!;

    /// <summary>Waits until a JavaScript expression is true. A page that is being loaded has no answer yet, or fails at it.</summary>
    public Task SeesAsync(string condition, int seconds = 40) => Eventually.HoldsAsync(async () =>
    {
        try
        {
            return await AskAsync<bool>($"!!await ({condition})") ? null : $"{condition}; the page says: {await AskAsync<string>("location.href + ' ' + (document.body?.innerText ?? '').slice(0, 600)")}";
        }
        catch (Exception e) when (e is PageGoneException or InvalidOperationException)
        {
            return $"{condition}: {e.Message}";
        }
    }, seconds);

    /// <summary>Waits until the dashboard says that what is shown is live.</summary>
    public Task IsLiveAsync() => SeesAsync("document.querySelector('.freshness')?.innerText.trim() === 'Live'");

    /// <summary>Waits until an element's text has a part.</summary>
    public Task ReadsAsync(string selector, string part, int seconds = 40) =>
        SeesAsync($"[...document.querySelectorAll({Literal.Of(selector)})].some(e => e.innerText.includes({Literal.Of(part)}))", seconds);

    /// <summary>Clicks the first element that has a text, once it stands still with nothing over it.</summary>
    public async Task ClickAsync(string selector, string text = "")
    {
        int[]? before = null, at = null;
        await Eventually.HoldsAsync(async () =>
        {
            (before, at) = (at, await AskAsync<int[]?>($$"""
                (() => {
                  const e = [...document.querySelectorAll({{Literal.Of(selector)}})].find(e => e.textContent.includes({{Literal.Of(text)}}) && !e.disabled && e.getClientRects().length);
                  if (!e) return null;
                  e.scrollIntoView({ block: 'nearest', behavior: 'instant' });
                  const b = e.getClientRects()[0], x = Math.round(b.left + b.width / 2), y = Math.round(b.top + b.height / 2), over = document.elementFromPoint(x, y);
                  return e.contains(over) ? [x, y] : null;
                })()
                """));
            return at is not null && before is not null && at.SequenceEqual(before) ? null : $"{selector} '{text}' is not there to be clicked";
        });
        await DragAsync(at![0], at[1], at[0], at[1]);
    }

    /// <summary>Types into a field.</summary>
    public async Task FillAsync(string selector, string text)
    {
        await ClickAsync(selector);
        await SeesAsync($"document.activeElement === document.querySelector({Literal.Of(selector)})");
        await PressAsync(text);
    }

    /// <summary>The texts of all elements.</summary>
    public Task<string[]> TextsAsync(string selector) => AskAsync<string[]>($"[...document.querySelectorAll({Literal.Of(selector)})].map(e => e.innerText)");
}

/// <summary>A page that cannot be asked: it is being replaced by another.</summary>
public sealed class PageGoneException(string message, Exception? inner = null) : Exception(message, inner);
