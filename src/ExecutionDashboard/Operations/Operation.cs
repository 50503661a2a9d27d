using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Operations;

/// <summary>Commands an operator can give.</summary>
public enum OperationKind
{
    /// <summary>Stop one execution.</summary>
    StopExecution,
    /// <summary>Stop a job on every node.</summary>
    StopJob,
}

/// <summary>How far a command is.</summary>
public enum OperationPhase
{
    /// <summary>Sent, no answer yet.</summary>
    Requested,
    /// <summary>The control plane took it; its effect has not been seen.</summary>
    Accepted,
    /// <summary>Its effect was seen in the feed.</summary>
    Seen,
    /// <summary>Taken, but no effect was seen in time.</summary>
    NotSeen,
    /// <summary>The control plane refused it, or could not be reached.</summary>
    Refused,
}

/// <summary>One command of an operator. Immutable; the log replaces it as it goes on.</summary>
public sealed record Operation
{
    /// <summary>Number in this process, growing.</summary>
    public required long Number { get; init; }
    /// <summary>The command.</summary>
    public required OperationKind Kind { get; init; }
    /// <summary>Id of what it is for: an execution or a job.</summary>
    public required string TargetId { get; init; }
    /// <summary>Why, in the operator's words; may be empty.</summary>
    public string Reason { get; init; } = "";
    /// <summary>When it was given, UTC.</summary>
    public DateTimeOffset RequestedAt { get; init; }
    /// <summary>How far it is.</summary>
    public OperationPhase Phase { get; init; } = OperationPhase.Requested;
    /// <summary>Why it was refused.</summary>
    public ControlPlaneFailure? Failure { get; init; }
    /// <summary>The target's state when the effect was seen, or when it was refused for its state.</summary>
    public ExecutionState StateNow { get; init; }

    /// <summary>No more will come of it.</summary>
    public bool HasEnded => Phase is OperationPhase.Seen or OperationPhase.NotSeen or OperationPhase.Refused;

    /// <summary>The phase as a line for people.</summary>
    public string Summary => Phase switch
    {
        OperationPhase.Requested => "Stop requested",
        OperationPhase.Accepted => "Stop accepted, waiting to see it",
        OperationPhase.Seen => StateNow.IsNone ? "Stop seen" : $"Stop seen: {StateNow.Name}",
        OperationPhase.NotSeen => $"Stop accepted, but not seen after {OperationLog.SeenLimit.TotalSeconds:0} s",
        _ => Refusal,
    };

    private string Refusal => Failure switch
    {
        { Error: ControlPlaneError.Conflict } f => $"Refused: {f.Message}{(StateNow.IsNone ? "" : $" It is {StateNow.Name} now.")}",
        { Error: ControlPlaneError.NotOffered } => "This control plane does not offer to stop one execution.",
        { Error: ControlPlaneError.Unreachable } f => $"Not sent: the control plane cannot be reached. {f.Message}",
        { Error: ControlPlaneError.Unauthorized or ControlPlaneError.Forbidden } f => $"Not allowed: {f.Message}",
        { Error: ControlPlaneError.NotFound } f => $"Not found: {f.Message}",
        { } f => $"Refused: {f.Message}",
        null => "Refused",
    };
}
