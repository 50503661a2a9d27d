using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Live.Planes;

/// <summary>
/// One plane's part of the fleet: takes what the plane's feed sends, and puts it into the replica of the whole with the ids that it has there. It holds no entities itself, so a fleet of
/// several planes needs no second copy. A snapshot is put over what is there of the plane, and what it does not have is removed at its end; until then the rows of before stay.
/// </summary>
/// <param name="name">The plane's name.</param>
/// <param name="merge">The fleet of all planes.</param>
/// <param name="time">The clock.</param>
public sealed class PlaneReplica(string name, PlaneMerge merge, TimeProvider time) : IFeedTarget
{
    /// <summary>Most entities of a snapshot that are applied at once: readers are served in between.</summary>
    public const int StepChanges = 10_000;

    private volatile PlaneState _state = new(name, false, new());
    // Ids in the snapshot under way; null outside of one.
    private HashSet<(FleetKind Kind, string Id)>? _snapshot;
    private long _snapshotSequence;

    /// <summary>The plane's name.</summary>
    public string Name => name;

    /// <summary>What is known of the plane.</summary>
    public PlaneState State => _state;

    /// <inheritdoc/>
    public string LogId => _state.Status.LogId;

    /// <inheritdoc/>
    public long Sequence => _state.Sequence;

    /// <inheritdoc/>
    public bool IsComplete => Sequence >= 0;

    /// <inheritdoc/>
    public FeedStatus Status => _state.Status;

    /// <inheritdoc/>
    public int ExecutionCount => merge.Fleet.Store.ExecutionCount;

    /// <summary>None: a snapshot is read into a store of its own, which is gone when it was applied.</summary>
    public FleetObservations Observations => new();

    /// <inheritdoc/>
    public bool Apply(FeedBatch batch)
    {
        if (batch.Reset) (_snapshot, _snapshotSequence) = ([], batch.Sequence);
        if (_snapshot is { } seen)
        {
            if (batch.Sequence != _snapshotSequence) return false;
            Say(batch.Status);
            Put(batch.Changes, seen);
            if (batch.Remaining == 0) Complete(seen, batch.Sequence);
            return true;
        }
        if (batch.Previous != Sequence) return false;
        Say(batch.Status);
        if (Sequence != batch.Sequence) _state = _state with { Sequence = batch.Sequence };
        merge.Follow(In(batch.Changes), batch.ChangedAt);
        return true;
    }

    /// <inheritdoc/>
    public void Load(FleetStore store, string logId, long sequence)
    {
        Say(Status with { LogId = logId, Loading = null });
        var seen = new HashSet<(FleetKind, string)>();
        foreach (var part in All(store).Chunk(StepChanges)) Put(part, seen);
        Complete(seen, sequence);
    }

    /// <inheritdoc/>
    public void Loading(int executions)
    {
        if (IsComplete) return;
        Say(Status with { Loading = executions });
        merge.Follow([], null);
    }

    /// <inheritdoc/>
    public void FeedLost(string problem)
    {
        _snapshot = null;
        var before = _state;
        if (before.LostSince is not null && before.Problem == problem) return;
        _state = before with { LostSince = before.LostSince ?? time.GetUtcNow(), Problem = problem };
        merge.Follow([], null);
    }

    // A batch without a status was sent by a feed that is there, too.
    private void Say(FeedStatus? status)
    {
        var before = _state;
        if (status is null && before.LostSince is null) return;
        _state = before with { Status = status is null ? before.Status : status with { Problem = ShownText.Of(status.Problem), Warning = ShownText.Of(status.Warning) }, LostSince = null, Problem = "" };
    }

    // A spec that this plane no longer has, another may have.
    private IReadOnlyList<FleetChange> In(IReadOnlyList<FleetChange> changes) =>
        changes.Count == 0 ? changes : [.. changes.Where(change => change is not { Kind: FleetKind.Spec, Removed: true }).Select(change => PlaneEntities.In(name, change))];

    private void Put(IReadOnlyList<FleetChange> changes, HashSet<(FleetKind, string)> seen)
    {
        var own = In(changes);
        foreach (var change in own) seen.Add((change.Kind, change.Id));
        merge.Fill(own);
    }

    private void Complete(HashSet<(FleetKind, string)> seen, long sequence)
    {
        _snapshot = null;
        _state = _state with { IsComplete = true, Sequence = sequence };
        merge.Fill([.. Gone(merge.Fleet.Store, seen)]);
        LoadedHeap.CollectSoon(ExecutionCount);
    }

    private IEnumerable<FleetChange> Gone(FleetStore store, HashSet<(FleetKind, string)> seen)
    {
        bool IsGone(FleetKind kind, string id) => store.Planes.Of(id) == name && !seen.Contains((kind, id));
        var executions = store.Enumerate(ExecutionQuery.All).Where(execution => IsGone(FleetKind.Execution, execution.Id)).Select(execution => FleetChange.Gone(FleetKind.Execution, execution.Id));
        var deployments = store.Deployments.Where(deployment => IsGone(FleetKind.Deployment, deployment.Id)).Select(deployment => FleetChange.Gone(FleetKind.Deployment, deployment.Id));
        var jobs = store.Jobs.Where(job => IsGone(FleetKind.Job, job.Id)).Select(job => FleetChange.Gone(FleetKind.Job, job.Id));
        var nodes = store.Nodes.Where(node => IsGone(FleetKind.Node, node.Id)).Select(node => FleetChange.Gone(FleetKind.Node, node.Id));
        return executions.Concat(deployments).Concat(jobs).Concat(nodes);
    }

    // Specs come before what refers to them.
    internal static IEnumerable<FleetChange> All(FleetStore store)
    {
        foreach (var spec in store.Specs) yield return FleetChange.Of(spec);
        foreach (var node in store.Nodes) yield return FleetChange.Of(node);
        foreach (var job in store.Jobs) yield return FleetChange.Of(job);
        foreach (var deployment in store.Deployments) yield return FleetChange.Of(deployment);
        foreach (var execution in store.Enumerate(ExecutionQuery.All)) yield return FleetChange.Of(execution);
    }
}
