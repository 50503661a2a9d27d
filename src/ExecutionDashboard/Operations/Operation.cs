using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Operations.Targets;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Operations.Audit;

namespace ExecutionDashboard.Operations;

/// <summary>Commands of operators.</summary>
public enum OperationKind
{
    /// <summary>Stop one execution.</summary>
    StopExecution,
    /// <summary>Stop a job on every node.</summary>
    StopJob,
    /// <summary>Promote the canary of a deployment.</summary>
    Promote,
    /// <summary>Pause a deployment.</summary>
    Pause,
    /// <summary>Resume a paused deployment.</summary>
    Resume,
    /// <summary>Roll back a deployment or a job.</summary>
    Rollback,
    /// <summary>Rerun a job.</summary>
    Rerun,
    /// <summary>Delete a job.</summary>
    DeleteJob,
}

/// <summary>Progress of a command.</summary>
public enum OperationPhase
{
    /// <summary>Sent, no reply yet.</summary>
    Requested,
    /// <summary>Accepted by the control plane; no effect seen yet.</summary>
    Accepted,
    /// <summary>Its effect was seen in the feed.</summary>
    Seen,
    /// <summary>Accepted, but no effect was seen in time.</summary>
    NotSeen,
    /// <summary>Refused by the control plane, or the control plane was unreachable.</summary>
    Refused,
    /// <summary>Not sent, because its target is not what the operator saw: it must be asked for again.</summary>
    Moved,
    /// <summary>The dashboard that sent it ended before it told what came of it.</summary>
    Unknown,
}

/// <summary>Result of a command.</summary>
public enum OperationResult
{
    /// <summary>Its effect was seen.</summary>
    Confirmed,
    /// <summary>Accepted, but no effect was seen in time.</summary>
    Unconfirmed,
    /// <summary>The control plane refused it.</summary>
    Refused,
    /// <summary>The control plane was unreachable or failed, so it is unknown whether the command was accepted.</summary>
    Failed,
}

/// <summary>One command of an operator. Immutable; the log replaces it with each change.</summary>
public sealed record Operation
{
    /// <summary>Number of its row in the audit; increases.</summary>
    public required long Number { get; init; }
    /// <summary>Id of its act in the audit.</summary>
    public string Act { get; init; } = "";
    /// <summary>Its act in the audit, where this process sent it; else null.</summary>
    public AuditedAct? Audited { get; init; }
    /// <summary>The command.</summary>
    public required OperationKind Kind { get; init; }
    /// <summary>Id of its target: an execution, a job or a deployment.</summary>
    public required string TargetId { get; init; }
    /// <summary>Kind of its target: see <see cref="AuditTarget"/>.</summary>
    public string TargetKind { get; init; } = "";
    /// <summary>The operator's reason; may be empty.</summary>
    public string Reason { get; init; } = "";
    /// <summary>Who sent it, as the audit names the person.</summary>
    public string By { get; init; } = "";
    /// <summary>When it was sent, UTC.</summary>
    public DateTimeOffset RequestedAt { get; init; }
    /// <summary>Its progress.</summary>
    public OperationPhase Phase { get; init; } = OperationPhase.Requested;
    /// <summary>Why it was refused.</summary>
    public ControlPlaneFailure? Failure { get; init; }
    /// <summary>Why it was refused, as the dashboard told that sent it; empty for commands of this process.</summary>
    public string Told { get; init; } = "";
    /// <summary>State of the target when the effect was seen, or when the command was refused because of it.</summary>
    public string StateNow { get; init; } = "";

    /// <summary>When its effect was seen, UTC; null before.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>What changed since the operator looked, when it was not sent for that; else null.</summary>
    public MovedTarget? Moved { get; init; }

    /// <summary>Whether it was not sent because the reason or the typed name that its risk asks for is missing.</summary>
    public bool NeedsConfirmation { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => Phase is OperationPhase.Seen or OperationPhase.NotSeen or OperationPhase.Refused or OperationPhase.Moved or OperationPhase.Unknown;

    /// <summary>Whether it came to nothing, or nobody knows.</summary>
    public bool IsBad => Phase is OperationPhase.Refused or OperationPhase.NotSeen or OperationPhase.Unknown;

    /// <summary>Its result; null before it has ended.</summary>
    public OperationResult? Result => Phase switch
    {
        OperationPhase.Seen => OperationResult.Confirmed,
        OperationPhase.NotSeen => OperationResult.Unconfirmed,
        OperationPhase.Refused when Failure?.Error is ControlPlaneError.Unreachable or ControlPlaneError.Unexpected => OperationResult.Failed,
        OperationPhase.Refused => OperationResult.Refused,
        OperationPhase.Unknown => OperationResult.Failed,
        _ => null,
    };

    /// <summary>Its progress as a line of text.</summary>
    public string Summary => Phase switch
    {
        OperationPhase.Requested => $"{Noun} requested",
        OperationPhase.Accepted => $"{Noun} accepted, waiting to see it",
        OperationPhase.Seen => Done,
        OperationPhase.Moved => $"{Noun} not sent. {string.Join(' ', Moved?.Changes ?? [])}",
        OperationPhase.Unknown => $"{Noun} requested, but its result is unknown: the dashboard that sent it ended",
        OperationPhase.NotSeen => $"{Noun} accepted, but not seen after {OperationLog.SeenLimit.TotalSeconds:0} s",
        _ => Refusal,
    };

    // The lasting result: a state seen in passing would contradict the present one.
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

    private string Noun => NounOf(Kind);

    /// <summary>A command as a noun: <c>Promotion</c>.</summary>
    public static string NounOf(OperationKind kind) => kind switch
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
        null => Told.Length > 0 ? Told : "Refused",
    };
}
