using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Fleet.Store;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Live.Past;

/// <summary>
/// The fleets of past moments that somebody looks at, each built once for all who look at the same moment. One that nobody else uses is moved to a moment near it by the changes in between, so a
/// step costs what changed. Their number is bounded by the executions that they have, and one that is left is kept for five minutes. When there is no room for one more, the tab in which nobody did
/// anything for longest is put aside, or it is waited until there is such a tab. They are built one after the other, so that a crowd in the past takes one core at most from those who look at now. Safe
/// for any thread.
/// </summary>
/// <param name="feed">The change log.</param>
/// <param name="attention">Thresholds of problems.</param>
/// <param name="time">The clock.</param>
/// <param name="mostExecutions">Most executions in all of them together. One more fleet is always possible while there is none.</param>
public sealed class PastStores(IPastFeed feed, IOptions<AttentionOptions> attention, TimeProvider time, long mostExecutions = PastStores.MostExecutions) : IDisposable
{
    /// <summary>Most fleets at once, of any size.</summary>
    public const int MostStores = 64;

    /// <summary>Most executions in all of them together, unless it is set: about a gigabyte.</summary>
    public const long MostExecutions = 4_000_000;

    /// <summary>How long a fleet is kept for nobody.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <summary>How long a person may do nothing before the moment is given to somebody who waits for memory.</summary>
    public static readonly TimeSpan Looked = TimeSpan.FromSeconds(30);

    // What nobody waits for to the moment: it is looked again this often at most.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    // A problem that may pass.
    private const string NoRoom = "";

    // As many as the feed sends as a difference.
    private const long Near = 50_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _building = new(1);
    private readonly List<PastStore> _stores = [];
    private ITimer? _pruning;

    /// <summary>The change log.</summary>
    public IPastFeed Feed => feed;

    internal DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Number of fleets in memory.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _stores.Count;
        }
    }

    /// <summary>The fleet of a moment, until it is released.</summary>
    /// <param name="scope">What of it is seen; null for all.</param>
    /// <param name="moment">The moment, which is known.</param>
    /// <param name="from">The one that the caller has and gives up for it when this succeeds; null for none.</param>
    /// <param name="progress">Called with the number of executions read so far.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <param name="viewer">The tab that looks at it; null for what cannot give it up, such as an export.</param>
    /// <returns>The fleet, or why there is none.</returns>
    public async Task<(PastStore? Store, string? Problem)> UseAsync(FleetScope? scope, PastMoment moment, PastStore? from, Action<int> progress, CancellationToken cancel, IPastViewer? viewer = null)
    {
        for (var hasWaited = false; ;)
        {
            if (Find(scope, moment, from, viewer) is { } found) return (found, null);
            await _building.WaitAsync(cancel);
            try
            {
                // Somebody else may have built it meanwhile.
                if (Find(scope, moment, from, viewer) is { } built) return (built, null);
                var (made, problem) = scope is null ? await MakeAsync(moment, from, progress, viewer, cancel) : await MakePartAsync(scope, moment, from, progress, viewer, cancel);
                if (problem != NoRoom) return (made, problem);
            }
            finally
            {
                _building.Release();
            }
            if (!hasWaited) LimitMetric.Met("past_executions");
            hasWaited = true;
            if (NextIdle() is not { } wait) return (null, Full());
            viewer?.Wait(Count);
            await Task.Delay(wait, time, cancel);
        }
    }

    /// <summary>Gives a fleet up.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="viewer">Who looked at it, as it was told.</param>
    public void Release(PastStore store, IPastViewer? viewer = null)
    {
        lock (_gate)
        {
            // One that was put aside has no users.
            if (store.Users == 0) return;
            if (viewer is not null) store.Viewers.Remove(viewer);
            if (--store.Users > 0) return;
            store.LeftAt = time.GetUtcNow();
            _pruning ??= time.CreateTimer(static stores => ((PastStores)stores!).Prune(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _pruning.Change(Kept, Timeout.InfiniteTimeSpan);
        }
    }

    private PastStore? Find(FleetScope? scope, PastMoment moment, PastStore? from, IPastViewer? viewer)
    {
        lock (_gate)
        {
            return _stores.Find(store => store.Is(scope, moment)) is { } found ? Use(found, from, viewer) : null;
        }
    }

    private async Task<(PastStore? Store, string? Problem)> MakePartAsync(FleetScope scope, PastMoment moment, PastStore? from, Action<int> progress, IPastViewer? viewer, CancellationToken cancel)
    {
        var (whole, problem) = Find(null, moment, null, null) is { } known ? (known, null) : await MakeAsync(moment, null, progress, null, cancel);
        if (whole is null) return (null, problem);
        try
        {
            if (!MakeRoom(whole.Store.ExecutionCount, from)) return (null, NoRoom);
            var part = new FleetStore { Planes = whole.Store.Planes };
            await Task.Run(() => part.Apply(new ScopedChanges(scope).All(whole.Store)), cancel);
            return (Add(new(this, scope, moment, part, attention.Value.ForPart()), from, viewer), null);
        }
        finally
        {
            Release(whole);
        }
    }

    private async Task<(PastStore? Store, string? Problem)> MakeAsync(PastMoment moment, PastStore? from, Action<int> progress, IPastViewer? viewer, CancellationToken cancel)
    {
        if (Take(moment, from) is { } near)
        {
            var (isThere, problem) = (false, (string?)null);
            try
            {
                (isThere, problem) = await MoveAsync(near, moment, cancel);
            }
            finally
            {
                lock (_gate)
                {
                    _stores.Add(near);
                    if (isThere) Use(near, from, viewer);
                }
            }
            if (isThere || problem is not null) return (isThere ? near : null, problem);
        }
        // Nobody knows how many executions there were before they are read: as many as there are in another moment.
        if (!MakeRoom(Largest(), from)) return (null, NoRoom);
        var (store, why) = await feed.LoadAsync(moment.Sequence, progress, cancel);
        return store is null ? (null, why) : (Add(new(this, null, moment, store, attention.Value), from, viewer), null);
    }

    private async Task<(bool IsThere, string? Problem)> MoveAsync(PastStore near, PastMoment moment, CancellationToken cancel)
    {
        if (near.Moment.Sequence == moment.Sequence)
        {
            near.MoveTo(moment, []);
            return (true, null);
        }
        var (batch, problem) = await feed.BetweenAsync(near.Moment.Sequence, moment.Sequence, cancel);
        if (batch is not null) near.MoveTo(moment, batch.Changes);
        return (batch is not null, problem);
    }

    // Out of the list while it is moved, so that nobody begins to look at it.
    private PastStore? Take(PastMoment moment, PastStore? from)
    {
        lock (_gate)
        {
            var near = _stores.Where(store => store.Scope is null && store.Moment.LogId == moment.LogId && (store.Users == 0 || (store.Users == 1 && ReferenceEquals(store, from))) && Distance(store) <= Near).MinBy(Distance);
            if (near is not null) _stores.Remove(near);
            return near;
        }

        long Distance(PastStore store) => Math.Abs(store.Moment.Sequence - moment.Sequence);
    }

    private PastStore Add(PastStore store, PastStore? from, IPastViewer? viewer)
    {
        lock (_gate)
        {
            _stores.Add(store);
            return Use(store, from, viewer);
        }
    }

    // In place of the one that the caller has.
    private PastStore Use(PastStore store, PastStore? from, IPastViewer? viewer)
    {
        // One that was put aside meanwhile is used anew.
        if (ReferenceEquals(store, from) && store.Users > 0) return store;
        store.Users++;
        if (viewer is not null) store.Viewers.Add(viewer);
        if (from is not null && !ReferenceEquals(store, from)) Release(from, viewer);
        return store;
    }

    private long Largest()
    {
        lock (_gate) return _stores.Count == 0 ? 0 : _stores.Max(store => store.Store.ExecutionCount);
    }

    // What nobody uses goes first, the longest left first; then what nobody looks at. What the caller gives up anyway does not count.
    private bool MakeRoom(long executions, PastStore? from)
    {
        var aside = new List<IPastViewer>();
        bool fits;
        lock (_gate)
        {
            while (!(fits = Fits()))
            {
                if ((_stores.Where(store => store.Users == 0).MinBy(store => store.LeftAt) ?? Idle()) is not { } left) break;
                aside.AddRange(left.Viewers);
                left.Viewers.Clear();
                left.Users = 0;
                _stores.Remove(left);
            }
        }
        foreach (var viewer in aside) viewer.PutAside();
        return fits;

        bool Fits()
        {
            var counted = _stores.Where(store => !(ReferenceEquals(store, from) && store.Users == 1)).ToList();
            return counted.Count == 0 || (counted.Count < MostStores && counted.Sum(store => (long)store.Store.ExecutionCount) + executions <= mostExecutions);
        }

        PastStore? Idle()
        {
            var latest = time.GetUtcNow() - Looked;
            return _stores.Where(store => !ReferenceEquals(store, from) && LastUsed(store) <= latest).MinBy(LastUsed);
        }
    }

    // MaxValue for what cannot be put aside.
    private static DateTimeOffset LastUsed(PastStore store) => store.Users > store.Viewers.Count ? DateTimeOffset.MaxValue : store.Viewers.Select(viewer => viewer.LastUsed).DefaultIfEmpty(DateTimeOffset.MinValue).Max();

    // Until it makes sense to look for room again; null when nothing that is in use can be put aside.
    private TimeSpan? NextIdle()
    {
        lock (_gate)
        {
            var first = _stores.Select(LastUsed).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            if (first == DateTimeOffset.MaxValue) return null;
            var wait = first == DateTimeOffset.MinValue ? TimeSpan.Zero : first + Looked - time.GetUtcNow();
            return wait < TimeSpan.FromMilliseconds(100) ? TimeSpan.FromMilliseconds(100) : wait < LookAgain ? wait : LookAgain;
        }
    }

    private string Full()
    {
        lock (_gate) return $"{_stores.Count} moments of this fleet are being looked at, and there is no memory for more. Close a tab that shows another moment, or try again later.";
    }

    private void Prune()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            _stores.RemoveAll(store => store.Users == 0 && now - store.LeftAt >= Kept);
            if (_stores.Exists(store => store.Users == 0)) _pruning?.Change(Kept, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pruning?.Dispose();
        _building.Dispose();
    }
}
