namespace ExecutionDashboard.Fleet.Attention;

/// <summary>A problem as the feed keeps it: open, or resolved, with what people said of it.</summary>
public sealed record ProblemRecord
{
    /// <summary>The problem as it was last reported.</summary>
    public required Problem Problem { get; init; }
    /// <summary>When it was first reported this time, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>When it was resolved, UTC; null while it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }
    /// <summary>How many times it opened within the last 24 hours, this time included.</summary>
    public int OpenedToday { get; init; } = 1;
    /// <summary>Who acknowledged it; null while nobody has, or the acknowledgement ended.</summary>
    public Acknowledgement? Acknowledgement { get; init; }
    /// <summary>What people said of it, oldest first.</summary>
    public IReadOnlyList<ProblemComment> Comments { get; init; } = [];
}

/// <summary>Somebody takes care of a problem.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Until">It ends then, UTC; null: when the problem gets worse (its severity, or the number of what it concerns by a tenth) or is resolved.</param>
public sealed record Acknowledgement(string By, DateTimeOffset At, DateTimeOffset? Until);

/// <summary>Something that was said of a problem.</summary>
/// <param name="By">Who said it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Text">What, at most 2,000 characters.</param>
public sealed record ProblemComment(string By, DateTimeOffset At, string Text);

/// <summary>What happened to a problem: a row of the change log.</summary>
/// <param name="Sequence">Number in the log.</param>
/// <param name="ProblemId">The problem.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, UTC, by the feed's clock.</param>
/// <param name="Problem">The problem as it was then; null for what people did.</param>
/// <param name="By">Who did it; empty for what the dashboard found.</param>
/// <param name="Text">What was said.</param>
public sealed record ProblemEvent(long Sequence, string ProblemId, ProblemEventKind Kind, DateTimeOffset At, Problem? Problem = null, string By = "", string Text = "");

/// <summary>What happened to a problem.</summary>
public enum ProblemEventKind
{
    /// <summary>It was found.</summary>
    Opened,
    /// <summary>Its severity, summary or number of subjects changed.</summary>
    Changed,
    /// <summary>It is gone.</summary>
    Resolved,
    /// <summary>Somebody takes care of it.</summary>
    Acknowledged,
    /// <summary>The acknowledgement ended.</summary>
    Unacknowledged,
    /// <summary>Somebody said something of it.</summary>
    Commented,
}
