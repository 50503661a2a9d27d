namespace ExecutionDashboard.Feed.Watching;

/// <summary>Waiting times after failures: doubled each time up to 30 s, with jitter so that many feeds do not retry at the same time.</summary>
internal sealed class Backoff(TimeSpan first, Func<double> random)
{
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private int _failures;

    /// <summary>Number of consecutive failures.</summary>
    public int Failures => _failures;

    /// <summary>The next waiting time: 50–100 % of the step, and at least what the server requests.</summary>
    public TimeSpan Next(TimeSpan? retryAfter)
    {
        var step = Math.Min(Longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(_failures++, 20)));
        var wait = TimeSpan.FromSeconds(step * (0.5 + random() / 2));
        return retryAfter is { } asked && asked > wait ? asked : wait;
    }

    /// <summary>Resets after a success.</summary>
    public void Reset() => _failures = 0;
}
