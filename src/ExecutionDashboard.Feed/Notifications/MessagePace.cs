namespace ExecutionDashboard.Feed.Notifications;

/// <summary>How many messages a receiver is sent: a few at once, then one a minute. What comes meanwhile goes into the next.</summary>
internal sealed class MessagePace
{
    /// <summary>Messages at once.</summary>
    public const int Burst = 5;

    /// <summary>Time after which there is one more.</summary>
    public static readonly TimeSpan Refill = TimeSpan.FromMinutes(1);

    // The moment by which all messages of the burst are there again.
    private DateTimeOffset _fullAt = DateTimeOffset.UnixEpoch;

    /// <summary>When the next message may be sent.</summary>
    public DateTimeOffset NextAt(DateTimeOffset now)
    {
        // A clock that went back does not make anybody wait longer than for all of them.
        if (_fullAt - now > Burst * Refill) _fullAt = now;
        var next = _fullAt - (Burst - 1) * Refill;
        return next > now ? next : now;
    }

    /// <summary>A message is sent.</summary>
    public void Take(DateTimeOffset now) => _fullAt = (_fullAt > now ? _fullAt : now) + Refill;
}
