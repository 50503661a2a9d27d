using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>Names the browser's tab after the page. Draws nothing; the framework's own way takes eight components and 20 KB for every viewer.</summary>
public sealed class TabTitle : ComponentBase
{
    private string? _told;

    /// <summary>What the page is called.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Text == _told) return;
        _told = Text;
        try
        {
            await Js.InvokeVoidAsync("tabTitle", $"{Text} – Execution Dashboard");
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // the tab is gone
        }
    }
}
