using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ExecutionDashboard.Components.Shared.States;

/// <summary>A state: colour, icon and word.</summary>
public sealed class StateChip : ComponentBase
{
    private static readonly MarkupString ClassEnd = new("\"");
    private static readonly MarkupString LastKnownAttributes = new(" last-known\" title=\"Last known state: the node is unreachable\"");

    /// <summary>The state.</summary>
    [Parameter, EditorRequired]
    public ExecutionState State { get; set; }

    /// <summary>Its node is not heard from: the state is the last known.</summary>
    [Parameter]
    public bool LastKnown { get; set; }

    /// <summary>The same without a component of its own: what a list of many rows draws.</summary>
    public static MarkupString Of(ExecutionState state, bool lastKnown) => Markup.Of(
        $"""<span class="state {StateStyle.Class(state)}{(lastKnown ? LastKnownAttributes : ClassEnd)}>{Icon.Of(StateStyle.Icon(state))}<span>{StateStyle.Word(state)}</span></span>""");

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Of(State, LastKnown));
}
