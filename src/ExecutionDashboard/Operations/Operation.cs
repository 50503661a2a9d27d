using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.Operations;

/// <summary>Commands an operator can give.</summary>
public enum OperationKind
{
    /// <summary>Stop one execution.</summary>
    StopExecution,
    /// <summary>Stop a job on every node.</summary>
    StopJob,
    /// <summary>Promote the canary of a deployment.</summary>
    Promote,
    /// <summary>Hold a deployment.</summary>
    Pause,
    /// <summary>Go on with a held deployment.</summary>
    Resume,
    /// <summary>Roll a deployment, or a job, back.</summary>
    Rollback,
    /// <summary>Start a job's executions again.</summary>
    Rerun,
    /// <summary>Delete a job.</summary>
    DeleteJob,
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

/// <summary>What came of a command in the end.</summary>
public enum OperationResult
{
    /// <summary>Its effect was seen.</summary>
    Confirmed,
    /// <summary>It was taken, but no effect was seen in time.</summary>
    Unconfirmed,
    /// <summary>The control plane refused it.</summary>
    Refused,
    /// <summary>The control plane could not be reached, or answered with a fault of its own: whether it took it is not known.</summary>
    Failed,
}

/// <summary>One command of an operator. Immutable; the log replaces it as it goes on.</summary>
public sealed record Operation
{
    /// <summary>Number in this process, growing.</summary>
    public required long Number { get; init; }
    /// <summary>The command.</summary>
    public required OperationKind Kind { get; init; }
    /// <summary>Id of what it is for: an execution, a job or a deployment.</summary>
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
    public string StateNow { get; init; } = "";

    /// <summary>When its effect was seen, UTC; null while it was not.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>No more will come of it.</summary>
    public bool HasEnded => Phase is OperationPhase.Seen or OperationPhase.NotSeen or OperationPhase.Refused;

    /// <summary>What came of it; null while that is open.</summary>
    public OperationResult? Result => Phase switch
    {
        OperationPhase.Seen => OperationResult.Confirmed,
        OperationPhase.NotSeen => OperationResult.Unconfirmed,
        OperationPhase.Refused when Failure?.Error is ControlPlaneError.Unreachable or ControlPlaneError.Unexpected => OperationResult.Failed,
        OperationPhase.Refused => OperationResult.Refused,
        _ => null,
    };

    /// <summary>The phase as a line for people.</summary>
    public string Summary => Phase switch
    {
        OperationPhase.Requested => $"{Noun} requested",
        OperationPhase.Accepted => $"{Noun} accepted, waiting to see it",
        OperationPhase.Seen => Done,
        OperationPhase.NotSeen => $"{Noun} accepted, but not seen after {OperationLog.SeenLimit.TotalSeconds:0} s",
        _ => Refusal,
    };

    // What holds from then on: a state that was seen in passing would contradict the present one.
    private string Done => Kind switch
    {
        OperationKind.Promote => "Promoted",
        OperationKind.Pause => "Paused",
        OperationKind.Resume => "Resumed",
        OperationKind.Rollback when StateNow is "rolled back" => "Rolled back",
        OperationKind.Rollback => "Rollback started",
        OperationKind.Rerun => "Rerun started",
        OperationKind.DeleteJob => "Deleted",
        _ when StateNow is "stopped" or "gone" => "Stopped",
        _ => "Stop in effect",
    };

    private string Noun => Kind switch
    {
        OperationKind.Promote => "Promotion",
        OperationKind.Pause => "Pause",
        OperationKind.Resume => "Resume",
        OperationKind.Rollback => "Rollback",
        OperationKind.Rerun => "Rerun",
        OperationKind.DeleteJob => "Deletion",
        _ => "Stop",
    };

    private string Refusal => Failure switch
    {
        { Error: ControlPlaneError.Conflict } f => $"Refused: {f.Message}{(StateNow.Length == 0 ? "" : $" It is {StateNow} now.")}",
        { Error: ControlPlaneError.NotOffered } when Kind == OperationKind.StopExecution => "This control plane does not offer to stop one execution.",
        { Error: ControlPlaneError.NotOffered } f => $"This control plane does not offer it. {f.Message}",
        { Error: ControlPlaneError.Unreachable } f => $"Not sent: the control plane cannot be reached. {f.Message}",
        { Error: ControlPlaneError.Unauthorized or ControlPlaneError.Forbidden } f => $"Not allowed: {f.Message}",
        { Error: ControlPlaneError.NotFound } f => $"Not found: {f.Message}",
        { } f => $"Refused: {f.Message}",
        null => "Refused",
    };
}
