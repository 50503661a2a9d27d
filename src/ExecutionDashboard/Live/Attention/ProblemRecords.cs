using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Live.Attention;

/// <summary>What the feed keeps of problems beside those that are open: asked for once for all who look. Safe for any thread.</summary>
public sealed class ProblemRecords(Problems problems)
{
    /// <summary>The moment of the data that open problems were found in; null before the first.</summary>
    public DateTimeOffset? AsOf => problems.AsOf;

    private const string NotKept = "The feed keeps no problems.";

    /// <summary>The resolved problems, newest first, or why they are not known.</summary>
    public Task<(IReadOnlyList<ProblemRecord>? Records, string? Problem)> ResolvedAsync(CancellationToken cancel) => Task.FromResult<(IReadOnlyList<ProblemRecord>?, string?)>((null, NotKept));

    /// <summary>What happened to a problem, oldest first, or why that is not known.</summary>
    public Task<(IReadOnlyList<ProblemEvent>? Events, string? Problem)> HistoryAsync(string id, CancellationToken cancel) => Task.FromResult<(IReadOnlyList<ProblemEvent>?, string?)>((null, NotKept));

    /// <summary>A resolved problem by its row; null when there is none.</summary>
    public Task<ShownProblem?> FindResolvedAsync(string id, CancellationToken cancel) => Task.FromResult<ShownProblem?>(null);

    /// <summary>Takes care of a problem; gives why not.</summary>
    public Task<string?> AcknowledgeAsync(string id, string by, DateTimeOffset? until) => Task.FromResult<string?>(NotKept);

    /// <summary>Takes care of a problem no more; gives why not.</summary>
    public Task<string?> UnacknowledgeAsync(string id, string by) => Task.FromResult<string?>(NotKept);

    /// <summary>Says something of a problem; gives why not.</summary>
    public Task<string?> CommentAsync(string id, string by, string text) => Task.FromResult<string?>(NotKept);
}
