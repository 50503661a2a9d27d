using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Shared.States;

/// <summary>The appearance of states: label, icon and CSS class. Never colour alone; red only for states that need an operator.</summary>
public static class StateStyle
{
    /// <summary>Label: the state's name.</summary>
    public static string Word(ExecutionState state) => state.IsNone ? "unknown" : state.Name;

    /// <summary>Name of the icon, without its prefix.</summary>
    public static string Icon(ExecutionState state) => state.Known == KnownExecutionState.Other ? "other" : state.Name;

    /// <summary>CSS class of the state's colours.</summary>
    public static string Class(ExecutionState state) => state.Known == KnownExecutionState.Other ? "st-other" : "st-" + state.Name;
}
