using ExecutionDashboard.Operations.Targets;

namespace ExecutionDashboard.Operations.Undo;

/// <summary>A low-risk command that waits, so that it can be undone. Immutable; <see cref="DelayedCommands"/> replaces it.</summary>
public sealed record DelayedCommand
{
    /// <summary>Number in this process; increases.</summary>
    public required long Number { get; init; }
    /// <summary>The command.</summary>
    public required OperationKind Kind { get; init; }
    /// <summary>The target as the operator saw it.</summary>
    public required SeenTarget Target { get; init; }
    /// <summary>What the operator calls the target: <c>ingest v3 → v4</c>.</summary>
    public string Name { get; init; } = "";
    /// <summary>What it does, as a sentence; may be empty.</summary>
    public string Consequence { get; init; } = "";
    /// <summary>Who asked for it; empty where nobody signs in.</summary>
    public string By { get; init; } = "";
    /// <summary>When it is sent unless it is undone, UTC.</summary>
    public required DateTimeOffset SendsAt { get; init; }
    /// <summary>Whether it is on its way: it cannot be undone any more.</summary>
    public bool IsSending { get; init; }
    /// <summary>Why it was not sent or not accepted, for the operator to read; null before.</summary>
    public Operation? Answer { get; init; }

    /// <summary>Whether it can be undone.</summary>
    public bool IsWaiting => !IsSending && Answer is null;
}
