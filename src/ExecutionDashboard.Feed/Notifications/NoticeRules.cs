using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage.Notifications;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>What is to be told of a problem, and when.</summary>
/// <param name="Kind">What; null when there is nothing to tell as things are.</param>
/// <param name="From">From when on it may be told, UTC: it goes along with what is due.</param>
/// <param name="Due">When it is told by itself, UTC.</param>
/// <param name="IsOver">Nothing of it will ever be told: it can be forgotten.</param>
internal readonly record struct Decision(NoticeKind? Kind, DateTimeOffset From = default, DateTimeOffset Due = default, bool IsOver = false);

/// <summary>When what is told to a receiver: once that a problem is there, again when it got much worse, and once that it is gone.</summary>
internal static class NoticeRules
{
    /// <summary>How long after a notice of a problem nothing but its end, or a higher severity, is told of it: however often it comes and goes, or grows.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    // A problem that concerns twice as many as were told of is news.
    private const int MuchMore = 2;

    /// <summary>Decides.</summary>
    /// <param name="target">The receiver.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="lastOfId">When a problem of this id was last told of, this time or another; null when it never was.</param>
    /// <param name="now">The moment.</param>
    public static Decision Of(NotificationTarget target, Followed problem, DateTimeOffset? lastOfId, DateTimeOffset now)
    {
        var record = problem.Occurrence.Record;
        return (problem.Told, record.ResolvedAt) switch
        {
            (null, { } resolved) => OfMissed(target, record, resolved, lastOfId, now),
            (null, null) => OfNew(target, record, lastOfId, now),
            ({ } told, { } resolved) => At(NoticeKind.Resolved, target, told.Weight.Severity > record.Problem.Severity ? told.Weight.Severity : record.Problem.Severity, resolved, now),
            ({ } told, null) => OfKnown(target, problem, told, now),
        };
    }

    private static Decision OfNew(NotificationTarget target, ProblemRecord record, DateTimeOffset? lastOfId, DateTimeOffset now)
    {
        if (!target.Chooses(record.Problem) || record.Acknowledgement is not null) return default;
        var from = Later(target.MayTell(record.Problem.Severity, now), lastOfId + Hold);
        return new Decision(NoticeKind.Opened, from, Later(from, record.OpenedAt + target.BatchWindow));
    }

    // It came and went before it could be told: because it came and goes all the time, or because the receiver could not be told anything.
    private static Decision OfMissed(NotificationTarget target, ProblemRecord record, DateTimeOffset resolved, DateTimeOffset? lastOfId, DateTimeOffset now) =>
        !target.Chooses(record.Problem) || resolved - record.OpenedAt < target.BatchWindow || resolved < lastOfId + Hold ? new Decision(null, IsOver: true)
        : At(NoticeKind.Resolved, target, record.Problem.Severity, resolved, now);

    private static Decision OfKnown(NotificationTarget target, Followed problem, Told told, DateTimeOffset now)
    {
        var record = problem.Occurrence.Record;
        if (!target.Chooses(record.Problem) || record.Acknowledgement is not null) return default;
        var weight = ProblemWeight.Of(record.Problem);
        if (weight.Severity > told.Weight.Severity || problem.OutgrewAcknowledgement) return At(NoticeKind.Worsened, target, weight.Severity, problem.ChangedAt, now);
        if (!IsMuchMore(told.Weight.Nodes, weight.Nodes) && !IsMuchMore(told.Weight.Executions, weight.Executions)) return default;
        var from = Later(target.MayTell(weight.Severity, now), told.At + Hold);
        return new Decision(NoticeKind.Worsened, from, from);
    }

    private static bool IsMuchMore(int before, int now) => now > before && now >= (long)before * MuchMore;

    // A while after it happened, so that what happens together goes into one message.
    private static Decision At(NoticeKind kind, NotificationTarget target, ProblemSeverity severity, DateTimeOffset happened, DateTimeOffset now)
    {
        var from = target.MayTell(severity, now);
        return new Decision(kind, from, Later(from, happened + target.BatchWindow));
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
