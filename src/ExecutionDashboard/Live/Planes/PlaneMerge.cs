using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Convergence;
using ExecutionDashboard.Fleet.Planes;

namespace ExecutionDashboard.Live.Planes;

/// <summary>
/// Makes one fleet of several planes. What each plane's feed sends goes into one replica, whose number is the sum of the planes' numbers: it grows with every change, and is the same in every
/// dashboard that has the same changes. The fleet is complete when each plane was loaded or its feed is unreachable; a plane that comes later is filled in. Safe for any thread.
/// </summary>
public sealed class PlaneMerge
{
    private readonly Lock _gate = new();
    private IReadOnlyList<BurningObjective>?[] _told = [];
    private IReadOnlyList<BurningObjective>? _burning;

    /// <param name="fleet">The replica of the whole.</param>
    /// <param name="planes">The planes; the first is home: what people save, the audit and the problems are kept by its feed.</param>
    /// <param name="time">The clock.</param>
    public PlaneMerge(Replica fleet, FleetPlanes planes, TimeProvider time)
    {
        Fleet = fleet;
        Planes = [.. planes.Names.Select(name => new PlaneReplica(name, this, time))];
    }

    /// <summary>The fleet of all planes.</summary>
    public Replica Fleet { get; }

    /// <summary>The planes.</summary>
    public IReadOnlyList<PlaneReplica> Planes { get; }

    /// <summary>Takes changes that a plane's feed has just sent; none where only its status is another one.</summary>
    internal void Follow(IReadOnlyList<FleetChange> changes, DateTimeOffset? changedAt)
    {
        lock (_gate) Fleet.Apply(Batch(changes, changedAt));
    }

    /// <summary>Takes a part of a plane's snapshot.</summary>
    internal void Fill(IReadOnlyList<FleetChange> changes)
    {
        lock (_gate) Fleet.Fill(Batch(changes, null));
    }

    private FeedBatch Batch(IReadOnlyList<FleetChange> changes, DateTimeOffset? changedAt)
    {
        PlaneState[] states = [.. Planes.Select(plane => plane.State)];
        // Once it is complete it stays so, whatever a plane loads anew.
        var isComplete = Fleet.IsComplete || (Array.Exists(states, state => state.IsComplete) && Array.TrueForAll(states, state => state.IsComplete || state.LostSince is not null));
        return new()
        {
            Previous = Fleet.Sequence, Sequence = isComplete ? states.Sum(state => Math.Max(0, state.Sequence)) : Fleet.Sequence, Changes = changes, ChangedAt = changedAt, Status = Merged(states, isComplete),
        };
    }

    private FeedStatus Merged(PlaneState[] states, bool isComplete)
    {
        var home = states[0].Status;
        // The latest time that any plane told: that of a plane which is gone stands still.
        var latest = states.Where(state => state.Status.LastSuccessAt is not null).MaxBy(state => state.Status.LastSuccessAt)?.Status;
        var loading = isComplete ? null : states.Sum(state => state.Status.Loading ?? 0) is > 0 and var sum ? sum : (long?)null;
        return home with
        {
            ControlPlane = string.Join(", ", states.Select(state => state.Status.ControlPlane).Where(address => address.Length > 0).Distinct()),
            LastSuccessAt = latest?.LastSuccessAt, ClockSkewSeconds = latest?.ClockSkewSeconds, ControlPlaneStartedAt = null, IsConfirming = Array.TrueForAll(states, state => state.Status.IsConfirming),
            BlindSince = null, Problem = "", Loading = loading, Total = Array.TrueForAll(states, state => state.Status.Total is not null) ? states.Sum(state => state.Status.Total) : null,
            LogRefusedSince = states.Min(state => state.Status.LogRefusedSince),
            Warning = string.Join(' ', states.Where(state => state.Status.Warning.Length > 0).Select(state => $"{state.Name}: {state.Status.Warning}")),
            Burning = Burning(states), Planes = states,
        };
    }

    // The same list while nothing changed, since another one is news.
    private IReadOnlyList<BurningObjective>? Burning(PlaneState[] states)
    {
        IReadOnlyList<BurningObjective>?[] told = [.. states.Select(state => state.Status.Burning)];
        if (told.SequenceEqual(_told, ReferenceEqualityComparer.Instance)) return _burning;
        _told = told;
        return _burning = Array.TrueForAll(told, list => list is null) ? null
            : [.. states.SelectMany(state => (state.Status.Burning ?? []).Select(burning => burning with { JobId = FleetPlanes.IdOf(state.Name, burning.JobId) }))];
    }
}
