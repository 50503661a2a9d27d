using System.Diagnostics.Metrics;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>What became of a request to a receiver.</summary>
internal enum NotificationOutcome
{
    /// <summary>The receiver took it.</summary>
    Sent,
    /// <summary>It did not, and is asked again.</summary>
    Failed,
    /// <summary>It cannot take the message: it is not sent again.</summary>
    Refused,
    /// <summary>The message is so old that it is not sent again.</summary>
    Expired,
}

/// <summary>Counts what became of notifications, by receiver.</summary>
internal sealed class NotificationMetrics
{
    private static readonly NotificationOutcome[] Outcomes = Enum.GetValues<NotificationOutcome>();
    private readonly Dictionary<string, long[]> _counts;

    public NotificationMetrics(IMeterFactory meters, NotificationSettings settings)
    {
        _counts = settings.Targets.ToDictionary(t => t.Name, _ => new long[Outcomes.Length], StringComparer.Ordinal);
        if (_counts.Count == 0) return;
        // All outcomes from the start: a counter that first appears with its first failure has no rate then.
        meters.Create(FeedMetrics.MeterName).CreateObservableCounter(
            "dashboard.notifications", () => _counts.SelectMany(t => Outcomes.Select(o => new Measurement<long>(Volatile.Read(ref t.Value[(int)o]), new("target", t.Key), new("outcome", o.ToString().ToLowerInvariant())))),
            "{request}", "Requests to receivers of notifications, by what became of them");
    }

    /// <summary>Counts one.</summary>
    public void Count(string target, NotificationOutcome outcome) => Interlocked.Increment(ref _counts[target][(int)outcome]);
}
