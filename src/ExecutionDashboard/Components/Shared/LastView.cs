using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared;

/// <summary>
/// The view that a bare visit of a page restores. The browser keeps it in a cookie, so that a page that is asked for anew is drawn in it from the
/// first: see <see cref="Hosting.KeptViews"/>.
/// </summary>
/// <param name="path">The page's path.</param>
public sealed class LastView(string path)
{
    // A browser keeps 4,096 bytes in a cookie, and sends it with every request.
    private const int LongestKept = 1_500;
    private bool _isDue;

    /// <summary>Name of the cookie with the view of a page.</summary>
    public static string CookieOf(string path) => path + ".view";

    /// <summary>Notes an address: one with a query names a view, which is then kept.</summary>
    public void Seen(string address) => _isDue = address.Contains('?', StringComparison.Ordinal);

    /// <summary>The query of the view kept, with its mark; null when the address names one itself, and when none was kept.</summary>
    /// <param name="shell">The module <c>shell.js</c>.</param>
    public async Task<string?> FindAsync(IJSObjectReference shell) =>
        !_isDue && await shell.InvokeAsync<string?>("remembered", CookieOf(path)) is { Length: > 0 } last ? "?" + Uri.UnescapeDataString(last) : null;

    /// <summary>Keeps the view, once after each address seen. One that is too long for a cookie is not kept.</summary>
    /// <param name="shell">The module <c>shell.js</c>.</param>
    /// <param name="view">Gives the view's address.</param>
    public async Task KeepAsync(IJSObjectReference shell, Func<string> view)
    {
        if (!_isDue) return;
        _isDue = false;
        var address = view();
        var query = address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..];
        if (Uri.EscapeDataString(query).Length <= LongestKept) await shell.InvokeVoidAsync("remember", CookieOf(path), query);
    }
}
