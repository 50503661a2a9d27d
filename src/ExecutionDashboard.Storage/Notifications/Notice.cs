using ExecutionDashboard.Storage.Problems;
using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Storage.Notifications;

/// <summary>What is told of a problem.</summary>
internal enum NoticeKind
{
    /// <summary>It is there.</summary>
    Opened,
    /// <summary>It got worse.</summary>
    Worsened,
    /// <summary>It is gone.</summary>
    Resolved,
}

/// <summary>One problem in a message.</summary>
/// <param name="Kind">What is told of it.</param>
/// <param name="Occurrence">The problem.</param>
internal sealed record Notice(NoticeKind Kind, Occurrence Occurrence);

/// <summary>What a receiver was last told of a problem.</summary>
/// <param name="Weight">How much it weighed.</param>
/// <param name="At">When it was told, UTC.</param>
internal sealed record Told(ProblemWeight Weight, DateTimeOffset At);

/// <summary>A problem that a receiver does not have the end of.</summary>
internal sealed class Followed(Occurrence occurrence, Told? told)
{
    /// <summary>The problem as it is now.</summary>
    public Occurrence Occurrence { get; private set; } = occurrence;

    /// <summary>What the receiver was last told; null when nothing yet.</summary>
    public Told? Told { get; set; } = told;

    /// <summary>Somebody had acknowledged it until it gets worse, and it did.</summary>
    public bool OutgrewAcknowledgement { get; set; }

    /// <summary>When it last changed while it was followed, UTC.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Takes in a change.</summary>
    public void Take(Occurrence changed, DateTimeOffset now)
    {
        ChangedAt = now;
        if (Occurrence.Record.Acknowledgement is { Until: null } && changed is { IsOpen: true, Record.Acknowledgement: null })
            OutgrewAcknowledgement = ProblemWeight.Of(changed.Problem).IsWorseThan(Occurrence.AcknowledgedAt);
        Occurrence = changed;
    }
}
