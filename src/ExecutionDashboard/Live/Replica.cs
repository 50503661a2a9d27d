using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live.Scopes;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Live;

/// <summary>
/// This process's copy of the fleet. The feed connection applies batches in order; pages read. A snapshot after a reconnect is built aside and replaces the data when
/// complete, so a reconnect never shows an empty fleet.
/// </summary>
public sealed class Replica(LiveSignals signals, TimeProvider time, IOptions<AttentionOptions>? attention = null, LiveLag? lag = null, FleetPlanes? planes = null) : IFeedTarget
{
    // Scans all nodes; heartbeats are displayed in minutes, so this is often enough.
    private static readonly TimeSpan MarkPace = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _staleHeartbeat = (attention?.Value ?? new AttentionOptions()).StaleHeartbeat;
    private readonly Lock _applying = new();
    private readonly List<IReplicaFollower> _followers = [];
    private IReadOnlyList<FleetChange> _shown = [];
    private (FleetStore? Store, DateTimeOffset Oldest) _marked;
    private FleetStore? _incoming;
    private long _snapshot;
    private volatile FeedStatus _status = new();
    private volatile Freshness _freshness = new();
    private volatile FleetStore _store = new() { Planes = planes ?? FleetPlanes.One };
    private bool _isFilling;

    /// <summary>The fleet as it is now. A snapshot creates a new instance, in which selections must be made again.</summary>
    public FleetStore Store => _store;

    /// <summary>How up to date <see cref="Store"/> is.</summary>
    public Freshness Freshness => _freshness;

    int IFeedTarget.ExecutionCount => _store.ExecutionCount;

    FleetObservations IFeedTarget.Observations => _store.Observations;

    /// <summary>What the feed last said of itself and of the control plane, without secrets.</summary>
    public FeedStatus Status => _status;

    /// <summary>Rate of live changes.</summary>
    public ChangeRate Rate { get; } = new(time);

    /// <summary>The latest changes, for viewers who follow some nodes.</summary>
    public ChangeTail Tail { get; } = new(time);

    /// <summary>Id of the log of <see cref="Sequence"/>; empty before the first batch.</summary>
    public string LogId => _status.LogId;

    /// <summary>See <see cref="FeedStatus.ProblemsVersion"/>.</summary>
    public long ProblemsVersion => _status.ProblemsVersion;

    /// <summary>See <see cref="FeedStatus.AuditVersion"/>.</summary>
    public long AuditVersion => _status.AuditVersion;
    /// <summary>See <see cref="FeedStatus.BulkVersion"/>.</summary>
    public long BulkVersion => _status.BulkVersion;

    /// <summary>Sequence number of the last change applied; -1 before the first complete snapshot.</summary>
    public long Sequence { get; private set; } = -1;

    /// <summary>The same of the log of <see cref="LogId"/>: with several planes that of the first, which keeps what is reported.</summary>
    public long HomeSequence => _status.Planes is [var home, ..] ? home.Sequence : Sequence;

    /// <summary>Whether the whole fleet is loaded; it may be stale: see <see cref="Freshness"/>.</summary>
    public bool IsComplete => Sequence >= 0;

    /// <summary>Whether what is shown of some entities is current.</summary>
    /// <param name="ids">Their ids.</param>
    public bool IsLiveFor(IEnumerable<string> ids) => _freshness is { IsLoaded: true } now
        && (now.Planes.Count == 0 ? now.Kind == FreshnessKind.Live : ids.Select(_store.Planes.Of).Distinct().All(plane => now.KindOf(plane) == FreshnessKind.Live));

    /// <summary>Time of the data, UTC, by the server's clock. It stops while the control plane is unreachable. Null before the first reply.</summary>
    public DateTimeOffset? ServerTime => _status is { LastSuccessAt: { } asked } status ? asked + TimeSpan.FromSeconds(status.ClockSkewSeconds ?? 0) : null;

    /// <summary>Applies a batch. False when its numbers do not follow: nothing was applied, and the caller must subscribe again.</summary>
    public bool Apply(FeedBatch batch)
    {
        lock (_applying) return ApplyOne(batch);
    }

    /// <summary>Replaces the data by a snapshot that was loaded aside.</summary>
    /// <param name="store">Has all of it, and <see cref="FleetStore.Observations"/> of the store here.</param>
    /// <param name="logId">The log of the sequence number.</param>
    /// <param name="sequence">The changes after this number follow.</param>
    public void Load(FleetStore store, string logId, long sequence)
    {
        lock (_applying) ApplyOne(new FeedBatch { Reset = true, Previous = sequence, Sequence = sequence, Status = _status with { LogId = logId } }, store);
    }

    /// <summary>
    /// Applies what was loaded of a part of the fleet, over what is there of it. Nobody sees it happen: it does not count as change, and who follows some nodes asks the feed again.
    /// </summary>
    /// <param name="batch">Its previous number is <see cref="Sequence"/>.</param>
    public void Fill(FeedBatch batch)
    {
        lock (_applying)
        {
            _isFilling = true;
            ApplyOne(batch);
            _isFilling = false;
        }
    }

    /// <summary>Shows a fleet of another moment, as if the feed had sent it whole.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="status">What is said of it.</param>
    /// <param name="sequence">Its last change.</param>
    public void Show(FleetStore store, FeedStatus status, long sequence)
    {
        lock (_applying) ApplyOne(new FeedBatch { Reset = true, Previous = sequence, Sequence = sequence, Status = status }, store);
    }

    /// <summary>Tells how much of a snapshot is loaded aside, while there is nothing else to show.</summary>
    public void Loading(int executions)
    {
        lock (_applying)
        {
            if (IsComplete || _freshness.Kind != FreshnessKind.Loading) return;
            _freshness = Freshness.Of(_status, complete: false, executions);
            signals.Raise(Topics.Status);
        }
    }

    /// <summary>Has somebody follow, from now on.</summary>
    public void Add(IReplicaFollower follower)
    {
        lock (_applying)
        {
            _followers.Add(follower);
            follower.Begin(this);
            if (_freshness.Kind == FreshnessKind.Reconnecting) follower.Lost(_freshness.Problem);
        }
    }

    /// <summary>Ends <see cref="Add"/>.</summary>
    public void Remove(IReplicaFollower follower)
    {
        lock (_applying) _followers.Remove(follower);
    }

    private bool ApplyOne(FeedBatch batch, FleetStore? loaded = null)
    {
        var (store, wasComplete) = (_store, IsComplete);
        _shown = [];
        if (!Place(batch, loaded)) return false;
        var (problems, audit) = ((_status.LogId, _status.ProblemsVersion), (_status.LogId, _status.AuditVersion));
        var userData = (_status.LogId, _status.UserDataVersion);
        var bulk = (_status.LogId, _status.BulkVersion);
        if (batch.Status is { } status) _status = status with { Problem = ShownText.Of(status.Problem), Warning = ShownText.Of(status.Warning) };
        _store.Observations.ControlPlaneStarted = _status.ControlPlaneStartedAt?.UtcTicks ?? 0;
        var topics = TopicsOf(batch);
        if (problems != (_status.LogId, _status.ProblemsVersion)) topics |= Topics.Problems;
        if (userData != (_status.LogId, _status.UserDataVersion)) topics |= Topics.UserData;
        if (ServerTime is { } now) _store.MoveTo(now);
        if (audit != (_status.LogId, _status.AuditVersion)) topics |= Topics.Audit;
        if (bulk != (_status.LogId, _status.BulkVersion)) topics |= Topics.Bulk;
        if (MarkStaleHeartbeats()) topics |= Topics.Nodes;
        Refresh(ref topics);
        // Before anybody is told: who asks them then finds the same as here.
        foreach (var follower in _followers)
        {
            if (IsComplete && (!wasComplete || !ReferenceEquals(store, _store))) follower.Begin(this);
            else follower.Follow(this, batch, _shown);
        }
        if (batch.ChangedAt is { } changedAt) lag?.OnReceived(changedAt);
        signals.Raise(topics, batch.ChangedAt);
        return true;
    }

    /// <summary>Records that the feed is unreachable. The data is kept.</summary>
    public void FeedLost(string problem)
    {
        lock (_applying)
        {
            Lose(problem);
            foreach (var follower in _followers) follower.Lost(problem);
        }
    }

    private void Lose(string problem)
    {
        _incoming = null;
        var before = _freshness;
        if (before.Kind == FreshnessKind.Reconnecting && before.Problem == problem) return;
        _freshness = before with
        {
            Kind = FreshnessKind.Reconnecting,
            Problem = problem,
            Since = before.Kind == FreshnessKind.Reconnecting ? before.Since : time.GetUtcNow(),
        };
        signals.Raise(Topics.Status);
    }

    private bool Place(FeedBatch batch, FleetStore? loaded)
    {
        if (batch.Reset)
        {
            _incoming = loaded ?? new FleetStore(_store.Observations) { Planes = _store.Planes };
            _snapshot = batch.Sequence;
            if (!IsComplete) _store = _incoming;
        }

        if (_incoming is { } incoming)
        {
            if (batch.Sequence != _snapshot) return false;
            incoming.Apply(batch.Changes);
            if (batch.Remaining > 0) return true;
            _store = incoming;
            _incoming = null;
            Sequence = batch.Sequence;
            Tail.Break(batch.Sequence);
            return true;
        }

        if (batch.Previous != Sequence) return false;
        if (batch.Changes.Count > 0)
        {
            _shown = _store.Apply(batch.Changes);
            if (_isFilling) Tail.Break(batch.Sequence);
            else Tail.Add(batch.Sequence, _shown);
            // Executions found by a first load are not changes.
            if (!_isFilling && _status.Loading is null && batch.Status?.Loading is null) Rate.Add(batch.Changes.Count(c => c.Kind == FleetKind.Execution));
        }
        Sequence = batch.Sequence;
        return true;
    }

    // Uses the time of the data: no heartbeat is received while the control plane is unreachable.
    private bool MarkStaleHeartbeats()
    {
        // Heartbeats are not in the log: a feed that stands by has old ones.
        if (!IsComplete || _status.IsStandby || ServerTime is not { } now) return false;
        var oldest = now - _staleHeartbeat;
        if (ReferenceEquals(_marked.Store, _store) && (oldest - _marked.Oldest).Duration() < MarkPace) return false;
        _marked = (_store, oldest);
        return _store.MarkStaleHeartbeats(oldest, _status.Planes.Count == 0 ? null : _status.Planes.ToDictionary(plane => plane.Name, plane => OldestOf(plane.Status), StringComparer.Ordinal));
    }

    private DateTimeOffset OldestOf(FeedStatus status) => status is { IsStandby: false, LastSuccessAt: { } asked } ? asked + TimeSpan.FromSeconds(status.ClockSkewSeconds ?? 0) - _staleHeartbeat : DateTimeOffset.MinValue;

    private void Refresh(ref Topics topics)
    {
        var now = Freshness.Of(_status, IsComplete, _store.ExecutionCount, _freshness);
        if (now == _freshness) return;
        // The time of the last reply changes every second; components that show it read it at their own pace.
        if (now with { AsOf = null } != _freshness with { AsOf = null } || now.Kind != FreshnessKind.Live || now.IsStandby) topics |= Topics.Status;
        _freshness = now;
    }

    private static Topics TopicsOf(FeedBatch batch)
    {
        if (batch.Reset || batch.Remaining > 0) return Topics.Fleet;
        var topics = Topics.None;
        foreach (var change in batch.Changes)
        {
            topics |= change.Kind switch
            {
                FleetKind.Execution => Topics.Executions,
                FleetKind.Node => Topics.Nodes,
                FleetKind.Job => Topics.Jobs,
                FleetKind.Deployment => Topics.Deployments,
                _ => Topics.None,
            };
        }
        return topics;
    }
}
