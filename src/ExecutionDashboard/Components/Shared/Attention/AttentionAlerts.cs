using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Attention;

/// <summary>
/// Tells the browser how many problems there are, for the tab's title, and which ones opened, for notifications: see js/attention.js. Draws nothing. Does so while the tab
/// is hidden too, which is when it matters.
/// </summary>
public sealed class AttentionAlerts : LiveComponentBase
{
    private IJSObjectReference? _module;
    private int _told;
    private long _lastOpened;

    [Inject]
    private ProblemViews Problems { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        // What was open before somebody came is no news to them.
        _lastOpened = Problems.Now.LastOpened;
        WatchAlways(Topics.Problems, async () => await WhileHereAsync(TellAsync));
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => false;

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => !firstRender ? Task.CompletedTask : WhileHereAsync(async () =>
    {
        _module = await ImportAsync("./js/attention.js");
        await TellAsync();
    });

    private async Task TellAsync()
    {
        if (_module is null) return;
        var now = Problems.Now;
        if (now.Waiting == _told && now.LastOpened == _lastOpened) return;
        var news = Problems.OpenedSince(_lastOpened);
        var before = (_told, _lastOpened);
        (_told, _lastOpened) = (now.Waiting, now.LastOpened);
        try
        {
            await _module.InvokeVoidAsync("tell", now.Waiting, news.Select(o => Said(o.Problem)).ToArray());
        }
        catch (TaskCanceledException)
        {
            // The browser has not answered for a minute: its connection is lost. The next time it is told of all of it.
            (_told, _lastOpened) = before;
        }
    }

    private static BrowserNews Said(Problem problem) =>
        new(problem.Id, ProblemLabels.Severity(problem.Severity), ProblemLabels.Title(problem.Cause), Masked.Text(problem.Summary), ProblemLabels.Address(problem.Id));

    private sealed record BrowserNews(string Id, string Severity, string Title, string Summary, string Address);
}
