using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ExecutionDashboard.Components.Shared.States;

/// <summary>Executions by state as a proportional bar.</summary>
public sealed class StateBar : ComponentBase
{
    /// <summary>Executions by state, in order.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<(ExecutionState State, int Count)> Parts { get; set; } = [];

    /// <summary>Number of nodes without an execution.</summary>
    [Parameter]
    public int Rest { get; set; }

    /// <summary>Whether an unknown number of nodes may follow.</summary>
    [Parameter]
    public bool IsRestUnknown { get; set; }

    /// <summary>The counts as text.</summary>
    [Parameter, EditorRequired]
    public string Words { get; set; } = "";

    /// <summary>Whether the text is visible, and not only read by screen readers.</summary>
    [Parameter]
    public bool ShowWords { get; set; } = true;

    /// <summary>The same as markup, which is rendered once for all viewers.</summary>
    public static MarkupString Of(IReadOnlyList<(ExecutionState State, int Count)> parts, int rest, string words, bool showWords = true, bool isRestUnknown = false)
    {
        var pieces = parts.Select(p => Markup.Of($"""<span class="{StateStyle.Class(p.State)}" style="flex-grow:{p.Count}" title="{StateStyle.Word(p.State)} {p.Count}"></span>"""));
        if (rest > 0) pieces = pieces.Append(Markup.Of($"""<span class="rest" style="flex-grow:{rest}" title="not placed {rest}"></span>"""));
        if (isRestUnknown) pieces = pieces.Append(Markup.Of($"""<span class="rest unknown" title="total not reported"></span>"""));
        var said = showWords ? Markup.Of($"""<span class="quiet small">{words}</span>""") : Markup.None;
        return Markup.Of($"""<span class="bar" role="img" aria-label="{words}">{Markup.All(pieces)}</span>{said}""");
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Of(Parts, Rest, Words, ShowWords, IsRestUnknown));
}
