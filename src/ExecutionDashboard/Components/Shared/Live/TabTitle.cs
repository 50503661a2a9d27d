using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>Sets the title of the browser's tab. Renders nothing; the framework's own component needs eight components and 20 KB per viewer.</summary>
public sealed class TabTitle : ComponentBase
{
    private string? _told;

    /// <summary>Title of the page.</summary>
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
