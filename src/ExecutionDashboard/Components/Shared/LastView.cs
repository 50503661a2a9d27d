using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared;

/// <summary>The view that a bare visit of a page restores, kept in the browser.</summary>
/// <param name="name">Under which name.</param>
public sealed class LastView(string name)
{
    private bool _isDue;

    /// <summary>Notes an address: one with a query names a view, which is then kept.</summary>
    public void Seen(string address) => _isDue = address.Contains('?', StringComparison.Ordinal);

    /// <summary>The query of the view kept, with its mark; null when the address names one itself, and when none was kept.</summary>
    /// <param name="shell">The module <c>shell.js</c>.</param>
    public async Task<string?> FindAsync(IJSObjectReference shell) =>
        !_isDue && await shell.InvokeAsync<string?>("remembered", name) is { Length: > 0 } last ? "?" + last : null;

    /// <summary>Keeps the view, once after each address seen.</summary>
    /// <param name="shell">The module <c>shell.js</c>.</param>
    /// <param name="view">Gives the view's address.</param>
    public async Task KeepAsync(IJSObjectReference shell, Func<string> view)
    {
        if (!_isDue) return;
        _isDue = false;
        var address = view();
        await shell.InvokeVoidAsync("remember", name, address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..]);
    }
}
