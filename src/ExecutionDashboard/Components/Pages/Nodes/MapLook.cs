using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>The appearance of a colour of the map: a CSS property and a mark on the canvas, an icon and a label in the legend.</summary>
/// <param name="Code">Its colour code.</param>
/// <param name="Value">Its value; null for all values without a colour of their own.</param>
/// <param name="Word">The value as text.</param>
/// <param name="Icon">Name of the icon, without its prefix; empty for a plain swatch.</param>
/// <param name="Css">Name of the CSS property with the colour of its cells.</param>
/// <param name="Mark">A mark in large cells: <c>cross</c>, <c>dot</c>, <c>bar</c> or nothing.</param>
public sealed record MapLook(int Code, string? Value, string Word, string Icon, string Css, string Mark)
{
    /// <summary>CSS class of the legend's entry, with a state's colours; empty for plain text.</summary>
    public string Class { get; init; } = "";

    private const int Palette = 12;

    /// <summary>The appearance of a colour.</summary>
    /// <param name="color">The colour.</param>
    /// <param name="by">What colours show.</param>
    /// <param name="isPast">Of a moment of the past, of which no load is recorded.</param>
    public static MapLook Of(NodeMapColor color, NodeColor by, bool isPast = false) => color.Value is not { } value
        ? new(color.Code, null, "others", "", "--map-none", "")
        : by switch
        {
            NodeColor.State when value.Length == 0 => new(color.Code, value, "no executions", "", "--map-none", ""),
            NodeColor.State => OfState(color.Code, ExecutionState.Parse(value)),
            NodeColor.Connection => new(color.Code, value, NodeLabels.Connection(value), NodeLabels.Icon(value), "--map-" + NodeLabels.Class(value), MarkOf(value))
            {
                Class = NodeLabels.Class(value),
            },
            NodeColor.Load => OfLoad(color.Code, NodeLoads.Parse(value) ?? NodeLoad.Unknown, isPast),
            NodeColor.Agent => new(color.Code, value, value.Length > 0 ? value : "not sent", "", Categorical(color.Code), ""),
            _ => value == "0" ? new(color.Code, value, "not there", "", "--map-none", "") : new(color.Code, value, "v" + value, "", Categorical(color.Code), ""),
        };

    private static MapLook OfState(int code, ExecutionState state) =>
        new(code, state.Name, StateStyle.Word(state), StateStyle.Icon(state), "--map-" + StateStyle.Class(state), MarkOf(state.Name)) { Class = StateStyle.Class(state) };

    private static MapLook OfLoad(int code, NodeLoad load, bool isPast) =>
        new(code, NodeLoads.Name(load), isPast ? "not recorded" : NodeLoads.Words(load), load == NodeLoad.Full ? "warning" : "", "--map-load-" + NodeLoads.Name(load), load == NodeLoad.Full ? "bar" : "");

    private static string MarkOf(string word) => word switch { "failed" => "cross", "lost" => "dot", "degraded" => "bar", _ => "" };

    private static string Categorical(int code) => FormattableString.Invariant($"--map-{code % Palette + 1}");
}
