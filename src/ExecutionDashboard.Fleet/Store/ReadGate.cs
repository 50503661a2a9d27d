namespace ExecutionDashboard.Fleet.Store;

/// <summary>
/// Gives readers a consistent view between two steps of the writer, without a lock: a read that the writer overtook runs again, and after several attempts the reader
/// makes the writer wait.
/// </summary>
internal sealed class ReadGate
{
    // One retry is normal during changes; three in a row mean a long read during a first load, which would never finish.
    private const int FreeAttempts = 3;
    private const int LongestTurnMilliseconds = 100;

    private readonly object _turn = new();
    private long _sequence;
    private int _waiting;

    /// <summary>Runs a read until it saw one state of the store. It must have no side effects, and must end even on half-written data.</summary>
    public T Read<T>(Func<T> read)
    {
        var spin = new SpinWait();
        for (var attempt = 0; attempt < FreeAttempts; attempt++)
        {
            var before = Volatile.Read(ref _sequence);
            if ((before & 1) != 0)
            {
                spin.SpinOnce(sleep1Threshold: -1);
                continue;
            }
            try
            {
                var result = read();
                if (!Moved(before)) return result;
            }
            catch (Exception) when (Moved(before))
            {
                // The error comes from half-written data.
                continue;
            }
        }
        return ReadInTurn(read);
    }

    /// <summary>Starts a step of the writer, after a waiting reader.</summary>
    public void Enter()
    {
        Monitor.Enter(_turn);
        if (Volatile.Read(ref _waiting) > 0) Monitor.Wait(_turn, LongestTurnMilliseconds);
        Interlocked.Increment(ref _sequence);
    }

    /// <summary>Ends a step of the writer.</summary>
    public void Exit()
    {
        Interlocked.Increment(ref _sequence);
        Monitor.Exit(_turn);
    }

    private T ReadInTurn<T>(Func<T> read)
    {
        Interlocked.Increment(ref _waiting);
        lock (_turn)
        {
            Interlocked.Decrement(ref _waiting);
            try
            {
                return read();
            }
            finally
            {
                Monitor.Pulse(_turn);
            }
        }
    }

    private bool Moved(long before)
    {
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _sequence) != before;
    }
}
