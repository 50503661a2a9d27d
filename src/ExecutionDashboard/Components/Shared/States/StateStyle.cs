using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Shared.States;

/// <summary>How a state looks: word, icon and class. Never colour alone; red only for what needs a person.</summary>
public static class StateStyle
{
    /// <summary>The word shown: the state's name as known or as sent.</summary>
    public static string Word(ExecutionState state) => state.IsNone ? "unknown" : state.Name;

    /// <summary>Name of the icon on the page's sheet, without its prefix.</summary>
    public static string Icon(ExecutionState state) => state.Known == KnownExecutionState.Other ? "other" : state.Name;

    /// <summary>Class of the state's colours.</summary>
    public static string Class(ExecutionState state) => state.Known == KnownExecutionState.Other ? "st-other" : "st-" + state.Name;
}
