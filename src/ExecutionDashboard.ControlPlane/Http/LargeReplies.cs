using System.Collections.Concurrent;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>
/// Where large replies are read: on two threads of their own. The JSON parser rents arrays of 1 to 4 MB for a page, and the pool that it rents from keeps some for each thread that ever
/// returned one. Two threads, since executions and nodes are read beside each other.
/// </summary>
internal static class LargeReplies
{
    /// <summary>Shorter replies, in bytes, are read where they arrive.</summary>
    internal const int Large = 128 * 1024;

    private const int Threads = 2;

    private static readonly Lazy<BlockingCollection<Action>> Waiting = new(Start);

    /// <summary>Runs <paramref name="read"/>, whose exceptions are the task's.</summary>
    /// <param name="length">Length of the reply in bytes.</param>
    /// <param name="read">Reads it.</param>
    public static Task<T> ReadAsync<T>(int length, Func<T> read)
    {
        if (length < Large) return Task.FromResult(read());
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting.Value.Add(() =>
        {
            try
            {
                done.SetResult(read());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    private static BlockingCollection<Action> Start()
    {
        var waiting = new BlockingCollection<Action>();
        for (var i = 0; i < Threads; i++)
        {
            new Thread(() =>
            {
                foreach (var read in waiting.GetConsumingEnumerable()) read();
            })
            { IsBackground = true, Name = "large replies" }.Start();
        }
        return waiting;
    }
}
