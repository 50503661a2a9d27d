using ExecutionDashboard.Components.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>
/// Puts the keyboard into a field of the dialog when it is first drawn. The browser hears of it a round trip later, so an operator who has gone to another field
/// by then is left there: a field's own AutoFocus would take the letters being typed.
/// </summary>
public sealed class DialogFocus : LiveComponentBase
{
    /// <summary>Id of the field.</summary>
    [Parameter, EditorRequired]
    public string For { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await WhileHereAsync(async () => await (await ImportAsync("./js/shell.js")).InvokeVoidAsync("enterDialog", For));
    }
}
