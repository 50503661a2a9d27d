namespace ExecutionDashboard.Fleet.Bulk;

/// <summary>Limits of what the feed takes of bulk runs.</summary>
public static class BulkLimits
{
    /// <summary>Most items of a run.</summary>
    public const int Items = 10_000;
    /// <summary>Most runs that are open at a time.</summary>
    public const int Open = 20;
    /// <summary>Most runs listed, newest first.</summary>
    public const int Listed = 200;
    /// <summary>Longest reason or note, characters.</summary>
    public const int Text = 500;
    /// <summary>Longest id or name, characters.</summary>
    public const int Id = 512;
    /// <summary>Longest filter, characters.</summary>
    public const int Filter = 8_192;
    /// <summary>Longest pause between waves.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(24);
    /// <summary>How long a process drives the runs without a sign of life.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
}

/// <summary>Starts a run.</summary>
/// <param name="Run">What is asked for: id, action, who, why, waves, limits, numbers. Its progress is the feed's.</param>
/// <param name="Items">The items in order; number, wave and progress are the feed's.</param>
/// <param name="ApproveWithin">A second person must approve it within this time; null: nobody needs to.</param>
public sealed record BulkStart(BulkRun? Run, IReadOnlyList<BulkItem>? Items, TimeSpan? ApproveWithin = null);

/// <summary>What a person does to a run.</summary>
public enum BulkOrderKind
{
    /// <summary>Approves it, as a second person.</summary>
    Approve,
    /// <summary>Rejects it instead.</summary>
    Reject,
    /// <summary>Pauses it: nothing more is sent until somebody resumes it.</summary>
    Pause,
    /// <summary>Resumes it after a pause, or after it halted.</summary>
    Resume,
    /// <summary>Ends it: what was not sent never will be.</summary>
    Cancel,
    /// <summary>Sends failed items again.</summary>
    Retry,
}

/// <summary>An order of a person.</summary>
/// <param name="Kind">What.</param>
/// <param name="By">Who; empty where nobody signs in.</param>
/// <param name="Items">For a retry: which items; null or empty: all that failed.</param>
public sealed record BulkOrder(BulkOrderKind Kind, string? By = "", IReadOnlyList<int>? Items = null);

/// <summary>Asks to drive the runs, or to go on with it.</summary>
/// <param name="Driver">The process.</param>
public sealed record BulkLeaseRequest(string? Driver);

/// <summary>A process drives the runs.</summary>
/// <param name="Epoch">Grows with each other process that does; every write of the driver has it.</param>
/// <param name="Holder">Who does. Not who asked: somebody else.</param>
public sealed record BulkLease(long Epoch, string Holder);

/// <summary>What became of an item.</summary>
/// <param name="Number">The item.</param>
/// <param name="Phase">Its new phase.</param>
/// <param name="Note">See <see cref="BulkItem.Note"/>.</param>
/// <param name="NoAnswer">See <see cref="BulkItem.NoAnswer"/>.</param>
/// <param name="Before">See <see cref="BulkItem.Before"/>; for <see cref="BulkPhase.Sent"/>.</param>
public sealed record BulkMove(int Number, BulkPhase Phase, string Note = "", bool NoAnswer = false, string Before = "");

/// <summary>What a run does next by itself.</summary>
public enum BulkTurn
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The next wave begins after the pause.</summary>
    NextWave,
    /// <summary>It halts.</summary>
    Halt,
    /// <summary>Every item has an outcome.</summary>
    Finish,
}

/// <summary>A write of the driver: all of it is taken, or nothing.</summary>
/// <param name="Driver">The process.</param>
/// <param name="Epoch">See <see cref="BulkLease.Epoch"/>.</param>
/// <param name="Moves">What became of items.</param>
/// <param name="Turn">What the run does next.</param>
/// <param name="Reason">Why it halts.</param>
public sealed record BulkWrite(string? Driver, long Epoch, IReadOnlyList<BulkMove>? Moves, BulkTurn Turn = BulkTurn.None, string? Reason = "");

/// <summary>The runs that changed after the version asked for; all of them when that was 0.</summary>
/// <param name="Version">See <see cref="FeedStatus.BulkVersion"/>.</param>
/// <param name="Runs">Newest first, at most <see cref="BulkLimits.Listed"/>.</param>
public sealed record BulkRunList(long Version, IReadOnlyList<BulkRun> Runs);

/// <summary>A run and those of its items that changed.</summary>
/// <param name="Run">The run.</param>
/// <param name="Items">The items that changed after the version asked for, by number; all of them when that was 0.</param>
public sealed record BulkRunItems(BulkRun Run, IReadOnlyList<BulkItem> Items);
