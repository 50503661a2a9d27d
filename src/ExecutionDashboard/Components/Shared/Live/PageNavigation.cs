using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>
/// The address of a tab, for everything in it. Within a page it is the address that was last gone to, at once: the browser tells of it a round trip later, and whoever clicks twice in that time
/// means both. Addresses that come back after another one was gone to change nothing.
/// </summary>
public sealed class PageNavigation : IDisposable
{
    private readonly NavigationManager _browser;
    // Gone to on this page, and not told by the browser yet; the newest last.
    private readonly Queue<string> _gone = [];

    /// <summary>The address of the tab of a circuit.</summary>
    public PageNavigation(NavigationManager browser)
    {
        _browser = browser;
        _browser.LocationChanged += Follow;
    }

    /// <summary>The address is another one. Called in the circuit's context where the tab went there by itself, otherwise by the browser.</summary>
    public event Action? Changed;

    /// <summary>Address of the dashboard, absolute, with a slash at its end.</summary>
    public string BaseUri => _browser.BaseUri;

    /// <summary>The address, absolute.</summary>
    public string Uri => _gone.Count > 0 ? _gone.Last() : _browser.Uri;

    /// <summary>The address, relative to <see cref="BaseUri"/>.</summary>
    public string Here => _browser.ToBaseRelativePath(Uri);

    /// <summary>The path of the page, relative, without its query.</summary>
    public string Page => PageOf(Here);

    /// <summary>Goes to an address.</summary>
    /// <param name="address">Relative or absolute.</param>
    /// <param name="forceLoad">Whether the browser loads the page anew.</param>
    /// <param name="replace">Whether it takes the place of the present address in the browser's history.</param>
    public void NavigateTo(string address, bool forceLoad = false, bool replace = false)
    {
        var next = ToAbsoluteUri(address).AbsoluteUri;
        var before = Uri;
        // Another page is there when the browser has opened it.
        var isOther = !forceLoad && IsSame(PageOf(next), PageOf(before)) && !IsSame(next, before);
        if (isOther) _gone.Enqueue(next);
        _browser.NavigateTo(address, forceLoad, replace);
        if (isOther) Changed?.Invoke();
    }

    /// <summary>An address, absolute.</summary>
    /// <param name="address">Relative.</param>
    public Uri ToAbsoluteUri(string address) => _browser.ToAbsoluteUri(address);

    /// <summary>An address with another value of a key of its query; without the key where there is none.</summary>
    /// <param name="address">Relative.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value, not escaped; null for none.</param>
    public string With(string address, string key, string? value) =>
        _browser.GetUriWithQueryParameters(ToAbsoluteUri(address).AbsoluteUri, new Dictionary<string, object?> { [key] = value });

    /// <summary>Has the browser load the page anew.</summary>
    public void Reload() => _browser.Refresh(forceReload: true);

    /// <inheritdoc/>
    public void Dispose() => _browser.LocationChanged -= Follow;

    private void Follow(object? sender, LocationChangedEventArgs args)
    {
        if (_gone.Any(address => IsSame(address, args.Location)))
        {
            while (!IsSame(_gone.Dequeue(), args.Location)) { }
            return;
        }
        // A link, or a step in the browser's history.
        _gone.Clear();
        Changed?.Invoke();
    }

    private static string PageOf(string address) => address.Split('?', '#')[0];

    // A browser escapes fewer characters.
    private static bool IsSame(string one, string other) => one == other || System.Uri.UnescapeDataString(one) == System.Uri.UnescapeDataString(other);
}
