using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>A time in the browser's zone, or its age by the server's clock, which updates itself: see js/time.js.</summary>
public sealed class At : ComponentBase
{
    private static readonly MarkupString Dash = new("<span class=\"quiet\">–</span>");

    /// <summary>The time; a dash when null.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset? Time { get; set; }

    /// <summary>Format: null for "ago", <c>for</c>, <c>lasting</c> ("for 5 min"), <c>left</c> ("5 min left"), <c>in</c> ("in 5 min"), <c>clock</c>, <c>date</c>.</summary>
    [Parameter]
    public string? Mode { get; set; }

    /// <summary>The same as markup, for lists with many rows.</summary>
    public static MarkupString Of(DateTimeOffset? time, string? mode = null) => time is not { } moment ? Dash
        : mode is null ? Markup.Of($"""<rel-time at="{moment.ToUnixTimeMilliseconds()}"></rel-time>""")
        : Markup.Of($"""<rel-time at="{moment.ToUnixTimeMilliseconds()}" mode="{mode}"></rel-time>""");

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Of(Time, Mode));
}
