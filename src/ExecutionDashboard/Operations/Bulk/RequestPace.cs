namespace ExecutionDashboard.Operations.Bulk;

/// <summary>Spaces the requests of all bulk runs evenly. Safe for any thread.</summary>
internal sealed class RequestPace(int perSecond, TimeProvider time)
{
    // Shorter waits cost more than they space; the next one makes up for it.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly TimeSpan _between = TimeSpan.FromSeconds(1) / perSecond;
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _next;

    /// <summary>Waits until a request may be sent.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetElapsedTime(_started);
            // What was not used is not saved up.
            var slot = _next > now ? _next : now;
            _next = slot + _between;
            wait = slot - now;
        }
        if (wait >= Shortest) await Task.Delay(wait, time, cancel);
    }

    /// <summary>Sends nothing for a while: the control plane asked for it.</summary>
    public void Hold(TimeSpan pause)
    {
        lock (_gate)
        {
            var until = time.GetElapsedTime(_started) + pause;
            if (until > _next) _next = until;
        }
    }
}
