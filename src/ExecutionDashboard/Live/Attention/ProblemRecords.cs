using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Live.Past;

namespace ExecutionDashboard.Live.Attention;

/// <summary>What the feed keeps of problems beside those that are open, asked for once for all who look at it. Safe for any thread.</summary>
public sealed class ProblemRecords(Problems problems, TimeProvider time)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);

    private readonly SharedAnswers<string, ProblemList> _resolved = new(time, PageTime.Reuse(time, Usual));
    private readonly SharedAnswers<(string Id, long Version), ProblemHistory> _histories = new(time, PageTime.Reuse(time, Usual));

    /// <summary>The resolved problems, newest first, or why they are not known.</summary>
    /// <param name="feed">Asked where nobody has just asked.</param>
    /// <param name="cancel">Ends the wait, not the question.</param>
    public async Task<(IReadOnlyList<ShownProblem>? Problems, string? Problem)> ResolvedAsync(ProblemClient feed, CancellationToken cancel)
    {
        var (list, problem) = await _resolved.OfAsync("", _ => feed.ResolvedAsync(since: null, before: null, CancellationToken.None), cancel);
        return (list is null ? null : [.. list.Items.Select(r => new ShownProblem(r.Problem, r))], problem);
    }

    /// <summary>What happened to a problem, oldest first, or why that is not known.</summary>
    /// <param name="feed">Asked where nobody has just asked.</param>
    /// <param name="id">The problem.</param>
    /// <param name="cancel">Ends the wait, not the question.</param>
    public Task<(ProblemHistory? History, string? Problem)> HistoryAsync(ProblemClient feed, string id, CancellationToken cancel) =>
        // A history that was asked for before something happened is not given again after it.
        _histories.OfAsync((id, problems.Version), key => feed.HistoryAsync(key.Id, CancellationToken.None), cancel);
}
