using ExecutionDashboard.Fleet.Attention;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Attention;

/// <summary>Who sits in front of a browser, as they call themselves: kept by the browser, until people sign in.</summary>
public static class OperatorName
{
    /// <summary>Longest name, characters.</summary>
    public const int Longest = ProblemLimits.Name;

    private const string Key = "operator";

    /// <summary>The name that was given last; empty when none was.</summary>
    /// <param name="shell">The module <c>js/shell.js</c>.</param>
    public static async Task<string> ReadAsync(IJSObjectReference shell) =>
        await shell.InvokeAsync<string?>("remembered", Key) is { Length: <= Longest } name ? name : "";

    /// <summary>Keeps a name.</summary>
    public static ValueTask KeepAsync(IJSObjectReference shell, string name) => shell.InvokeVoidAsync("remember", Key, name);
}
