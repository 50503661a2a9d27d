using System.Collections.Concurrent;

namespace ExecutionDashboard.Live;

/// <summary>Caches answers of the feed that several viewers need: each is requested once and reused for a while. Safe for concurrent use.</summary>
/// <typeparam name="TQuestion">The request.</typeparam>
/// <typeparam name="TAnswer">The answer.</typeparam>
/// <param name="time">The clock.</param>
/// <param name="kept">How long an answer is reused.</param>
public sealed class SharedAnswers<TQuestion, TAnswer>(TimeProvider time, TimeSpan kept) where TQuestion : notnull where TAnswer : class
{
    private readonly ConcurrentDictionary<TQuestion, Lazy<Task<(TAnswer? Answer, string? Problem)>>> _asked = new();

    /// <summary>The answer, or why there is none.</summary>
    /// <param name="question">The request.</param>
    /// <param name="ask">Asks the feed if there is no recent answer.</param>
    /// <param name="cancel">Cancels waiting, not the request, which others may wait for.</param>
    public Task<(TAnswer? Answer, string? Problem)> OfAsync(TQuestion question, Func<TQuestion, Task<(TAnswer? Answer, string? Problem)>> ask, CancellationToken cancel) =>
        // Not on a circuit: the viewer who asked first may be busy or gone when the answer arrives.
        _asked.GetOrAdd(question, key => new(() => Task.Run(() => AskAsync(key, ask), CancellationToken.None))).Value.WaitAsync(cancel);

    private async Task<(TAnswer?, string?)> AskAsync(TQuestion question, Func<TQuestion, Task<(TAnswer? Answer, string? Problem)>> ask)
    {
        var keep = TimeSpan.Zero;
        try
        {
            var answer = await ask(question);
            if (answer.Answer is not null) keep = kept;
            return answer;
        }
        finally
        {
            // Errors are not cached: the next viewer asks again.
            _ = ForgetAsync(question, keep);
        }
    }

    private async Task ForgetAsync(TQuestion question, TimeSpan after)
    {
        if (after > TimeSpan.Zero) await Task.Delay(after, time);
        _asked.TryRemove(question, out _);
    }
}
