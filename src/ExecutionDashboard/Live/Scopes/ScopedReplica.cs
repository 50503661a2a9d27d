using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Scopes;

namespace ExecutionDashboard.Live.Scopes;

/// <summary>Follows a replica of the whole fleet. Called by its writer, one call at a time.</summary>
public interface IReplicaFollower
{
    /// <summary>The whole was loaded anew, or is followed from now on.</summary>
    void Begin(Replica whole);

    /// <summary>A batch was applied to the whole.</summary>
    /// <param name="whole">The whole, with it.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="shown">Its changes without secrets.</param>
    void Follow(Replica whole, FeedBatch batch, IReadOnlyList<FleetChange> shown);

    /// <summary>The feed is unreachable.</summary>
    void Lost(string problem);
}

/// <summary>Feeds a replica with what a scope sees of the whole fleet, as if the feed had no more.</summary>
/// <param name="scope">What is seen.</param>
/// <param name="seen">The copy of that.</param>
public sealed class ScopedReplica(FleetScope scope, Replica seen) : IReplicaFollower
{
    private readonly ScopedChanges _changes = new(scope);

    /// <inheritdoc/>
    public void Begin(Replica whole)
    {
        if (whole.IsComplete) seen.Apply(new() { Reset = true, Previous = whole.Sequence, Sequence = whole.Sequence, Changes = _changes.All(whole.Store), Status = Shown(whole.Status) });
        else seen.Apply(new() { Previous = seen.Sequence, Sequence = seen.Sequence, Status = Shown(whole.Status) });
    }

    /// <inheritdoc/>
    public void Follow(Replica whole, FeedBatch batch, IReadOnlyList<FleetChange> shown)
    {
        IReadOnlyList<FleetChange> next = shown.Count == 0 || !whole.IsComplete ? [] : _changes.Next(whole.Store, seen.Store, shown);
        seen.Apply(new()
        {
            Previous = seen.Sequence, Sequence = whole.IsComplete ? whole.Sequence : seen.Sequence, Changes = next, ChangedAt = next.Count > 0 ? batch.ChangedAt : null,
            Status = batch.Status is { } status ? Shown(status) : null,
        });
    }

    /// <inheritdoc/>
    public void Lost(string problem) => seen.FeedLost(problem);

    // Numbers of the whole fleet, and objects that cannot be read and may be anybody's, would tell of the rest; so would the moment at which any problem changes.
    private FeedStatus Shown(FeedStatus status) => status with { Warning = "", Loading = status.Loading is null ? null : seen.Store.ExecutionCount, Total = null, ProblemsVersion = 0, AuditVersion = 0, Burning = null, Planes = [.. status.Planes.Where(plane => scope.SeesPlane(plane.Name))] };
}
