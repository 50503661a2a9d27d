namespace ExecutionDashboard.Feed.Watching;

/// <summary>How long to wait after failures: twice as long each time, up to 30 s, with jitter so that many feeds do not come back at one moment.</summary>
internal sealed class Backoff(TimeSpan first, Func<double> random)
{
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private int _failures;

    /// <summary>Failures in a row.</summary>
    public int Failures => _failures;

    /// <summary>The next wait, 50–100 % of the step, and never less than the server asks for.</summary>
    public TimeSpan Next(TimeSpan? retryAfter)
    {
        var step = Math.Min(Longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(_failures++, 20)));
        var wait = TimeSpan.FromSeconds(step * (0.5 + random() / 2));
        return retryAfter is { } asked && asked > wait ? asked : wait;
    }

    /// <summary>It went well.</summary>
    public void Reset() => _failures = 0;
}
