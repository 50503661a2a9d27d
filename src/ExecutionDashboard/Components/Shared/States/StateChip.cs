using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ExecutionDashboard.Components.Shared.States;

/// <summary>A state with colour, icon and label.</summary>
public sealed class StateChip : ComponentBase
{
    private static readonly MarkupString ClassEnd = new("\"");
    private static readonly MarkupString LastKnownAttributes = new(" last-known\" title=\"Last known state: the node is unreachable\"");

    /// <summary>The state.</summary>
    [Parameter, EditorRequired]
    public ExecutionState State { get; set; }

    /// <summary>Whether its node is unreachable, so that it is the last known state.</summary>
    [Parameter]
    public bool LastKnown { get; set; }

    /// <summary>The same as markup, for lists with many rows.</summary>
    public static MarkupString Of(ExecutionState state, bool lastKnown) => Markup.Of(
        $"""<span class="state {StateStyle.Class(state)}{(lastKnown ? LastKnownAttributes : ClassEnd)}>{Icon.Of(StateStyle.Icon(state))}<span>{StateStyle.Word(state)}</span></span>""");

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Of(State, LastKnown));
}
