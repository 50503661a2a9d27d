using ExecutionDashboard.Feed.Live;

namespace ExecutionDashboard.Feed.Leading;

/// <summary>
/// Tells a feed that stands by that there is something to read in the database. A hint may be lost, late or double, and may come from anybody: it only ends a wait, and the database decides. Safe for any thread.
/// </summary>
internal sealed class CommitHints(ChangeSignal signal, TimeProvider time)
{
    private readonly ChangeSignal _heard = new();
    private long _sequence;
    private int _isReleased;

    /// <summary>Somebody says that the log is there up to a number, or that the lead is free: <see cref="long.MaxValue"/>.</summary>
    public void Hear(long sequence)
    {
        Interlocked.Exchange(ref _sequence, sequence);
        _heard.Beat();
    }

    /// <summary>Waits until there is a hint of something newer, or a time has passed.</summary>
    /// <param name="have">The number up to which everything is here.</param>
    /// <param name="atMost">The time.</param>
    /// <param name="stop">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public async Task WaitAsync(long have, TimeSpan atMost, CancellationToken stop)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var longest = Task.Delay(atMost, time, ends.Token);
        while (true)
        {
            var next = _heard.Next;
            // Each counts once: one that is wrong must not end all waits.
            if (Interlocked.Exchange(ref _sequence, 0) > have || await Task.WhenAny(next, longest) == longest) break;
        }
        await ends.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>This feed gave the lead up: the others need not wait until they look again.</summary>
    public void Released()
    {
        Volatile.Write(ref _isReleased, 1);
        signal.Beat();
    }

    /// <summary>Whether this feed gave the lead up since the last call.</summary>
    public bool TakeReleased() => Interlocked.Exchange(ref _isReleased, 0) == 1;
}
