namespace ExecutionDashboard.Feed.Notifications;

/// <summary>How long to wait before a receiver that failed is asked again: longer each time, and as long as it asks for.</summary>
/// <param name="random">From 0 to 1: so that many who failed together do not come back together.</param>
internal sealed class RetryPause(Func<double> random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(5);
    private TimeSpan _next = First;

    /// <summary>The pause after another failure.</summary>
    /// <param name="asked">What the receiver asked for.</param>
    public TimeSpan Next(TimeSpan? asked)
    {
        var pause = _next * (0.75 + random() / 2);
        _next = _next * 2 > Longest ? Longest : _next * 2;
        return asked > pause ? asked.Value : pause;
    }

    /// <summary>It answers again.</summary>
    public void Reset() => _next = First;
}
