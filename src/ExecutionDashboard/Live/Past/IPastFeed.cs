using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Live.Past;

/// <summary>The feed's change log, asked about moments. Methods never throw for errors of feed or network: a problem is a sentence for people.</summary>
public interface IPastFeed
{
    /// <summary>What is known of a moment.</summary>
    Task<(PastMoment? Moment, string? Problem)> AtAsync(DateTimeOffset at, CancellationToken cancel);

    /// <summary>How many executions and nodes there were after a change: known long before the fleet is loaded.</summary>
    Task<(PastCounts? Counts, string? Problem)> CountAsync(long sequence, CancellationToken cancel);

    /// <summary>The fleet after a change, without secrets.</summary>
    /// <param name="sequence">Sequence number of the change.</param>
    /// <param name="progress">Called with the number of executions read so far.</param>
    /// <param name="cancel">Ends it.</param>
    Task<(FleetStore? Store, string? Problem)> LoadAsync(long sequence, Action<int> progress, CancellationToken cancel);

    /// <summary>What turns the fleet after one change into the fleet after another; neither when so much lies between them that loading is better.</summary>
    Task<(FeedBatch? Batch, string? Problem)> BetweenAsync(long from, long to, CancellationToken cancel);

    /// <summary>The problems that were open at a moment, with who had acknowledged them; secrets left out of what people wrote.</summary>
    Task<(ProblemMoment? Moment, string? Problem)> ProblemsAsync(DateTimeOffset at, CancellationToken cancel);

    /// <summary>When the change next to a moment was seen; neither when there is none near.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="isForward">Whether the one after it is asked for.</param>
    /// <param name="kind">The kind of entity whose changes count; null for all.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancel">Ends it.</param>
    Task<(DateTimeOffset? At, string? Problem)> StepAsync(DateTimeOffset at, bool isForward, FleetKind? kind, string id, CancellationToken cancel);
}
