namespace ExecutionDashboard.Fleet.Bulk;

/// <summary>What became of an item of a bulk run.</summary>
public enum BulkPhase
{
    /// <summary>Intended, not sent yet.</summary>
    Waiting,
    /// <summary>About to be sent, or sent: written before the request leaves. Without an answer it is decided by what is seen, and never sent again by itself.</summary>
    Sent,
    /// <summary>The control plane accepted it; its effect was not seen yet.</summary>
    Accepted,
    /// <summary>Its effect was seen.</summary>
    Seen,
    /// <summary>Nothing was to do when its turn came: it had ended, or was stopping already.</summary>
    Skipped,
    /// <summary>409: not possible in its state.</summary>
    Conflict,
    /// <summary>Refused for another reason.</summary>
    Refused,
    /// <summary>Sent, but the effect was not seen in time.</summary>
    NotSeen,
    /// <summary>The run was canceled before its turn.</summary>
    Canceled,
}

/// <summary>One execution or job of a bulk run. Immutable.</summary>
public sealed record BulkItem
{
    /// <summary>Its place in the run, from 0.</summary>
    public int Number { get; init; }
    /// <summary>Id of the execution or the job.</summary>
    public required string Id { get; init; }
    /// <summary>The job of an execution; the job itself.</summary>
    public string JobId { get; init; } = "";
    /// <summary>The node of an execution; empty for a job.</summary>
    public string NodeId { get; init; } = "";
    /// <summary>The wave it is in, from 0.</summary>
    public int Wave { get; init; }
    /// <summary>What became of it.</summary>
    public BulkPhase Phase { get; init; }
    /// <summary>The answer of the control plane, or the state that was seen; may be empty.</summary>
    public string Note { get; init; } = "";
    /// <summary>It was sent, and the answer did not come.</summary>
    public bool NoAnswer { get; init; }
    /// <summary>How often it was sent.</summary>
    public int Attempts { get; init; }
    /// <summary>What the effect is told apart by: how things were just before it was sent.</summary>
    public string Before { get; init; } = "";
    /// <summary>When its phase last changed, UTC, by the feed's clock; null before the first time.</summary>
    public DateTimeOffset? At { get; init; }
    /// <summary>See <see cref="BulkRun.Version"/>.</summary>
    public long Version { get; init; }

    /// <summary>It was sent, and has no outcome yet.</summary>
    public bool IsInFlight => Phase is BulkPhase.Sent or BulkPhase.Accepted;

    /// <summary>It can be retried.</summary>
    public bool IsListed => Phase is BulkPhase.Conflict or BulkPhase.Refused or BulkPhase.NotSeen;
}
