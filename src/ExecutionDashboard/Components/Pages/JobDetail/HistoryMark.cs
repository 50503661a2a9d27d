using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Pages.JobDetail;

/// <summary>Filter of events.</summary>
public enum HistoryKind
{
    /// <summary>All.</summary>
    All,
    /// <summary>Events of the job.</summary>
    Job,
    /// <summary>Events of its executions.</summary>
    Executions,
    /// <summary>Failures.</summary>
    Trouble,
}

/// <summary>The mark of an event in a job's history: the resulting state, or what happened to the job.</summary>
public static class HistoryMark
{
    /// <summary>Details that the mark and the links show already.</summary>
    public static IReadOnlyList<string> Shown { get; } = ["node_id", "deployment_id", "old_state", "new_state", "type"];

    /// <summary>Whether something failed.</summary>
    public static bool IsTrouble(HistoryEvent told) =>
        told.Details.ContainsKey("error_code") || NewState(told) is "failed" or "lost" or "degraded" or "rollout_failed" or "rolled_back" or "canceled";

    /// <summary>Text of the mark.</summary>
    public static string Word(HistoryEvent told) =>
        NewState(told) is { Length: > 0 } state ? told.ExecutionId.Length > 0 ? StateStyle.Word(ExecutionState.Parse(state)) : JobLabels.State(state)
        : IsTrouble(told) ? "trouble" : told.ExecutionId.Length > 0 ? "execution" : told.Details.GetValueOrDefault("type") is { Length: > 0 } type ? Masked.Text(type).Replace('_', ' ') : "job";

    /// <summary>Name of its icon.</summary>
    public static string Icon(HistoryEvent told) =>
        NewState(told) is { Length: > 0 } state && told.ExecutionId.Length > 0 ? StateStyle.Icon(ExecutionState.Parse(state))
        : NewState(told) is { Length: > 0 } own ? own switch { "in_progress" => "starting", "paused" => "pause", "rolled_back" or "canceled" => "failed", _ => JobLabels.Icon(own) }
        : IsTrouble(told) ? "warning" : told.ExecutionId.Length > 0 ? "executions" : "jobs";

    /// <summary>CSS class of its colours.</summary>
    public static string Css(HistoryEvent told) =>
        NewState(told) is { Length: > 0 } state && told.ExecutionId.Length > 0 ? StateStyle.Class(ExecutionState.Parse(state))
        : NewState(told) is { Length: > 0 } own ? own switch { "in_progress" => "st-starting", "paused" => "st-degraded", "rolled_back" => "st-failed", "canceled" => "st-stopped", _ => JobLabels.Css(own) }
        : IsTrouble(told) ? "st-failed" : "st-pending";

    private static string NewState(HistoryEvent told) => Masked.Text(told.Details.GetValueOrDefault("new_state") ?? "");
}
