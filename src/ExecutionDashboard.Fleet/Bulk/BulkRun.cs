namespace ExecutionDashboard.Fleet.Bulk;

/// <summary>What a bulk run does to each of its items.</summary>
public enum BulkAction
{
    /// <summary>Stops executions one by one. Items are executions.</summary>
    StopExecutions,
    /// <summary>Stops jobs on every node. Items are jobs.</summary>
    StopJobs,
    /// <summary>Reruns jobs: each restarts all of its executions in a new rollout. Items are jobs.</summary>
    RerunJobs,
}

/// <summary>State of a bulk run.</summary>
public enum BulkState
{
    /// <summary>A second person must approve it.</summary>
    AwaitingApproval,
    /// <summary>It sends commands, or pauses between two waves.</summary>
    Running,
    /// <summary>Somebody paused it.</summary>
    Paused,
    /// <summary>It stopped by itself: see <see cref="BulkRun.StateReason"/>.</summary>
    Halted,
    /// <summary>Every item has an outcome.</summary>
    Finished,
    /// <summary>Somebody canceled it.</summary>
    Canceled,
    /// <summary>Nobody approved it in time, or somebody rejected it.</summary>
    NotApproved,
}

/// <summary>A bulk run as the feed keeps it. Immutable.</summary>
public sealed record BulkRun
{
    /// <summary>Its id, chosen by who starts it, so that a start that is sent twice is one run.</summary>
    public required string Id { get; init; }
    /// <summary>What it does.</summary>
    public BulkAction Action { get; init; }
    /// <summary>Who started it; empty where nobody signs in.</summary>
    public string StartedBy { get; init; } = "";
    /// <summary>The role that person had then, as <c>operator</c> or <c>admin</c>.</summary>
    public string StartedAs { get; init; } = "";
    /// <summary>Address of that person's browser; empty when unknown.</summary>
    public string StartedFrom { get; init; } = "";
    /// <summary>Why, in that person's words.</summary>
    public string Reason { get; init; } = "";
    /// <summary>Address of the list that it was started from; empty for a selection.</summary>
    public string Filter { get; init; } = "";
    /// <summary>Items per wave, from 1.</summary>
    public int WaveSize { get; init; } = 1;
    /// <summary>Pause between two waves.</summary>
    public TimeSpan Pause { get; init; }
    /// <summary>Failures that it may have; one more halts it.</summary>
    public int FailureLimit { get; init; }
    /// <summary>Nodes that it affects.</summary>
    public int Nodes { get; init; }
    /// <summary>Executions that it affects.</summary>
    public int Executions { get; init; }
    /// <summary>When it was started, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it ended, UTC; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>Its state.</summary>
    public BulkState State { get; init; }
    /// <summary>Why it is in that state, as a sentence; may be empty.</summary>
    public string StateReason { get; init; } = "";
    /// <summary>Who brought it there; empty where it did so by itself.</summary>
    public string StateBy { get; init; } = "";
    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset StateAt { get; init; }
    /// <summary>Until when it can be approved, UTC; null where no approval is needed.</summary>
    public DateTimeOffset? ApproveUntil { get; init; }
    /// <summary>Who approved it.</summary>
    public string ApprovedBy { get; init; } = "";
    /// <summary>The wave it is at, from 0.</summary>
    public int Wave { get; init; }
    /// <summary>When that wave begins, UTC; null: at once.</summary>
    public DateTimeOffset? WaveAt { get; init; }
    /// <summary>Number of waves; retries add some.</summary>
    public int Waves { get; init; }
    /// <summary>Failures that were there when somebody resumed it after it halted; they do not halt it again.</summary>
    public int Forgiven { get; init; }
    /// <summary>The process that sends its commands; empty while it has none.</summary>
    public string Driver { get; init; } = "";
    /// <summary>Number of items by phase.</summary>
    public BulkCounts Counts { get; init; } = new();
    /// <summary>Grows with every change of it or its items.</summary>
    public long Version { get; init; }

    /// <summary>It may still send commands.</summary>
    public bool IsOpen => State is BulkState.AwaitingApproval or BulkState.Running or BulkState.Paused or BulkState.Halted;

    /// <summary>It may still send commands, or waits to see the effect of some.</summary>
    public bool IsActive => IsOpen || Counts.InFlight > 0;

    /// <summary>More failed than may, since it was last resumed.</summary>
    public bool ExceedsLimit => Counts.Failed - Forgiven > FailureLimit;
}

/// <summary>Number of items of a run by what became of them.</summary>
public sealed record BulkCounts
{
    /// <summary>Not sent yet.</summary>
    public int Waiting { get; init; }
    /// <summary>Sent, not answered.</summary>
    public int Sent { get; init; }
    /// <summary>Of these, without an answer: it timed out or broke.</summary>
    public int NoAnswer { get; init; }
    /// <summary>Accepted, effect not seen yet.</summary>
    public int Accepted { get; init; }
    /// <summary>Effect seen.</summary>
    public int Seen { get; init; }
    /// <summary>Nothing was to do.</summary>
    public int Skipped { get; init; }
    /// <summary>Refused because of the state.</summary>
    public int Conflict { get; init; }
    /// <summary>Refused for another reason.</summary>
    public int Refused { get; init; }
    /// <summary>Asked, but the effect was not seen in time.</summary>
    public int NotSeen { get; init; }
    /// <summary>Never sent.</summary>
    public int Canceled { get; init; }

    /// <summary>All of them.</summary>
    public int Total => Waiting + Sent + Accepted + Seen + Skipped + Conflict + Refused + NotSeen + Canceled;
    /// <summary>Sent, without an outcome yet.</summary>
    public int InFlight => Sent + Accepted;
    /// <summary>With an outcome.</summary>
    public int Settled => Total - Waiting - InFlight;
    /// <summary>Listed with a retry.</summary>
    public int Listed => Conflict + Refused + NotSeen;
    /// <summary>What counts against <see cref="BulkRun.FailureLimit"/>: what is listed, and what was not answered until its effect is seen.</summary>
    public int Failed => Listed + NoAnswer;

    /// <summary>The counts of items.</summary>
    public static BulkCounts Of(IEnumerable<BulkItem> items)
    {
        Span<int> count = stackalloc int[(int)BulkPhase.Canceled + 1];
        var noAnswer = 0;
        foreach (var item in items)
        {
            count[(int)item.Phase]++;
            if (item is { Phase: BulkPhase.Sent, NoAnswer: true }) noAnswer++;
        }
        return new()
        {
            Waiting = count[(int)BulkPhase.Waiting], Sent = count[(int)BulkPhase.Sent], NoAnswer = noAnswer, Accepted = count[(int)BulkPhase.Accepted], Seen = count[(int)BulkPhase.Seen],
            Skipped = count[(int)BulkPhase.Skipped], Conflict = count[(int)BulkPhase.Conflict], Refused = count[(int)BulkPhase.Refused], NotSeen = count[(int)BulkPhase.NotSeen],
            Canceled = count[(int)BulkPhase.Canceled],
        };
    }
}
