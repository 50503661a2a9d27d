using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>What is posted.</summary>
internal enum NotificationFormat
{
    /// <summary>The problems as JSON of our own.</summary>
    Json,
    /// <summary>A text that Slack and those who read its messages show.</summary>
    Slack,
    /// <summary>Alerts for the API of Alertmanager, version 2.</summary>
    Alertmanager,
}

/// <summary>A receiver of notifications.</summary>
internal sealed record NotificationTarget
{
    /// <summary>The operator's name for it: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Name { get; init; }
    /// <summary>Where to post to: never to be written anywhere.</summary>
    public required Uri Url { get; init; }
    /// <summary>What is posted.</summary>
    public NotificationFormat Format { get; init; }
    /// <summary>Least severity that is told.</summary>
    public ProblemSeverity Severity { get; init; } = ProblemSeverity.Warning;
    /// <summary>Causes that are told; empty: all.</summary>
    public IReadOnlySet<ProblemCause> Causes { get; init; } = new HashSet<ProblemCause>();
    /// <summary>Headers of each request: never to be written anywhere.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
    /// <summary>When nothing is sent; null: never.</summary>
    public QuietHours? QuietHours { get; init; }
    /// <summary>Least severity that is sent in quiet hours all the same; null: none.</summary>
    public ProblemSeverity? QuietSeverity { get; init; } = ProblemSeverity.Critical;
    /// <summary>How long a problem waits for others that go into the same message.</summary>
    public TimeSpan BatchWindow { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>How long a message is tried again.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether a problem is told to it.</summary>
    public bool Chooses(Problem problem) => problem.Severity >= Severity && (Causes.Count == 0 || Causes.Contains(problem.Cause));

    /// <summary>When something of a severity may be sent: now, or when the quiet hours end.</summary>
    public DateTimeOffset MayTell(ProblemSeverity severity, DateTimeOffset now) =>
        severity >= QuietSeverity ? now : QuietHours?.EndsAt(now) ?? now;

    /// <summary>Not its address: it gets into no text by mistake.</summary>
    public override string ToString() => Name;
}
