namespace ExecutionDashboard.Fleet.Attention;

/// <summary>Problems as a dashboard sees them now: posted to the feed whenever they change, and at least every 5 s. The feed works out what is new.</summary>
/// <param name="Reporter">
/// Identifies the process. The feed listens to one at a time: it keeps a lease of <see cref="ProblemLimits.Lease"/> after its last report, and the others are answered 409.
/// </param>
/// <param name="Sequence">Number of the log up to which the reporter had applied the changes. One that is behind an earlier report is answered 409.</param>
/// <param name="Open">All open problems, at most <see cref="ProblemLimits.Open"/>.</param>
/// <param name="LogId">The log that the number counts in: see <see cref="FeedStatus.LogId"/>.</param>
public sealed record ProblemReport(string Reporter, long Sequence, IReadOnlyList<Problem> Open, string LogId = "");

/// <summary>Problems that the feed keeps.</summary>
/// <param name="Version">Number of the last event: see <see cref="FeedStatus.ProblemsVersion"/>.</param>
/// <param name="ReportedAt">When a dashboard last reported, UTC; null when none has since the feed started.</param>
/// <param name="Items">The problems: open ones worst first, resolved ones newest first.</param>
public sealed record ProblemList(long Version, DateTimeOffset? ReportedAt, IReadOnlyList<ProblemRecord> Items);

/// <summary>The problems that were open at a moment.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="KnownSince">What was open before is not known, UTC.</param>
/// <param name="Items">The problems as they were then, worst first, without what people said of them later.</param>
public sealed record ProblemMoment(DateTimeOffset At, DateTimeOffset KnownSince, IReadOnlyList<ProblemRecord> Items);

/// <summary>What happened to one problem, however many times it was open.</summary>
/// <param name="KnownSince">What happened before is not known, UTC.</param>
/// <param name="Events">Oldest first; the newest <see cref="ProblemLimits.Events"/>.</param>
public sealed record ProblemHistory(DateTimeOffset KnownSince, IReadOnlyList<ProblemEvent> Events);

/// <summary>Somebody takes care of a problem: posted to <see cref="FeedContract.ProblemAcknowledgementPath"/>.</summary>
/// <param name="By">Who, at most <see cref="ProblemLimits.Name"/> characters.</param>
/// <param name="Until">See <see cref="Acknowledgement.Until"/>.</param>
public sealed record AcknowledgeRequest(string? By, DateTimeOffset? Until = null);

/// <summary>Something said of a problem: posted to <see cref="FeedContract.ProblemCommentsPath"/>.</summary>
/// <param name="By">Who says it, at most <see cref="ProblemLimits.Name"/> characters.</param>
/// <param name="Text">What, at most <see cref="ProblemLimits.Comment"/> characters.</param>
public sealed record CommentRequest(string? By, string? Text);

/// <summary>What the feed takes at most.</summary>
public static class ProblemLimits
{
    /// <summary>How long the feed listens to one reporter alone after its last report.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>Longest time of an acknowledgement.</summary>
    public static readonly TimeSpan Acknowledged = TimeSpan.FromDays(366);

    /// <summary>Open problems of a report.</summary>
    public const int Open = 2_000;

    /// <summary>Characters of a problem's id.</summary>
    public const int Id = 512;

    /// <summary>Characters of a problem's sentence, and of each text of its evidence and steps.</summary>
    public const int Text = 4_000;

    /// <summary>Facts and next steps of one problem.</summary>
    public const int Facts = 100;

    /// <summary>Characters of a person's name.</summary>
    public const int Name = 100;

    /// <summary>Characters of a comment.</summary>
    public const int Comment = 2_000;

    /// <summary>Comments of a problem while it is open once.</summary>
    public const int Comments = 200;

    /// <summary>Events of one answer.</summary>
    public const int Events = 1_000;

    /// <summary>Resolved problems of one answer.</summary>
    public const int Resolved = 500;
}

/// <summary>How much a problem weighs.</summary>
/// <param name="Severity">Its severity.</param>
/// <param name="Executions">Executions that it concerns.</param>
/// <param name="Nodes">Nodes that it concerns.</param>
public readonly record struct ProblemWeight(ProblemSeverity Severity, int Executions, int Nodes)
{
    /// <summary>The weight of a problem.</summary>
    public static ProblemWeight Of(Problem problem) => new(problem.Severity, problem.Executions, problem.Nodes);

    /// <summary>Whether it got worse since it had another weight: more severe, or a tenth more of what it concerns, at least one.</summary>
    public bool IsWorseThan(ProblemWeight before) =>
        Severity > before.Severity || (Severity == before.Severity && (HasGrown(before.Executions, Executions) || HasGrown(before.Nodes, Nodes)));

    private static bool HasGrown(int before, int now) => now > before && (now - before) * 10L >= before;
}
