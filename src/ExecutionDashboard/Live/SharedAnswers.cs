using System.Collections.Concurrent;

namespace ExecutionDashboard.Live;

/// <summary>Answers of the feed that several viewers want at the same time: each is asked for once, and given again for a while. Safe for any thread.</summary>
/// <typeparam name="TQuestion">What is asked.</typeparam>
/// <typeparam name="TAnswer">What is answered.</typeparam>
/// <param name="time">The clock.</param>
/// <param name="kept">How long an answer is given again.</param>
public sealed class SharedAnswers<TQuestion, TAnswer>(TimeProvider time, TimeSpan kept) where TQuestion : notnull where TAnswer : class
{
    private readonly ConcurrentDictionary<TQuestion, Lazy<Task<(TAnswer? Answer, string? Problem)>>> _asked = new();

    /// <summary>The answer, or why there is none.</summary>
    /// <param name="question">The question.</param>
    /// <param name="ask">Asks the feed, where nobody has just done.</param>
    /// <param name="cancel">Ends the wait, not the question: others may wait for it too.</param>
    public Task<(TAnswer? Answer, string? Problem)> OfAsync(TQuestion question, Func<TQuestion, Task<(TAnswer? Answer, string? Problem)>> ask, CancellationToken cancel) =>
        // On nobody's circuit: whoever asked first may be busy, or gone, when the answer comes.
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
            // Whatever went wrong is nobody's answer: who asks next asks anew.
            _ = ForgetAsync(question, keep);
        }
    }

    private async Task ForgetAsync(TQuestion question, TimeSpan after)
    {
        if (after > TimeSpan.Zero) await Task.Delay(after, time);
        _asked.TryRemove(question, out _);
    }
}
