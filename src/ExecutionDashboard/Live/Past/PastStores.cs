using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Fleet.Store;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Live.Past;

/// <summary>
/// The fleets of past moments that somebody looks at, each built once for all who look at the same moment. One that nobody else uses is moved to a moment near it by the changes in between, so a
/// step costs what changed. Their number is bounded by the executions that they have, and one that is left is kept for five minutes. They are built one after the other, so that a crowd in the past
/// takes one core at most from those who look at now. Safe for any thread.
/// </summary>
/// <param name="feed">The change log.</param>
/// <param name="attention">Thresholds of problems.</param>
/// <param name="time">The clock.</param>
public sealed class PastStores(IPastFeed feed, IOptions<AttentionOptions> attention, TimeProvider time) : IDisposable
{
    /// <summary>Most fleets at once, of any size.</summary>
    public const int MostStores = 64;

    /// <summary>Most executions in all of them together: about a gigabyte. One more is always possible while there is none.</summary>
    public const long MostExecutions = 4_000_000;

    /// <summary>How long a fleet is kept for nobody.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    // As many as the feed sends as a difference.
    private const long Near = 50_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _building = new(1);
    private readonly List<PastStore> _stores = [];
    private ITimer? _pruning;

    /// <summary>The change log.</summary>
    public IPastFeed Feed => feed;

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
    /// <returns>The fleet, or why there is none.</returns>
    public async Task<(PastStore? Store, string? Problem)> UseAsync(FleetScope? scope, PastMoment moment, PastStore? from, Action<int> progress, CancellationToken cancel)
    {
        if (Find(scope, moment, from) is { } found) return (found, null);
        await _building.WaitAsync(cancel);
        try
        {
            // Somebody else may have built it meanwhile.
            if (Find(scope, moment, from) is { } built) return (built, null);
            if (scope is null) return await MakeAsync(moment, from, progress, cancel);
            var (whole, problem) = Find(null, moment, null) is { } known ? (known, null) : await MakeAsync(moment, null, progress, cancel);
            if (whole is null) return (null, problem);
            try
            {
                if (!MakeRoom(whole.Store.ExecutionCount, from)) return (null, Full());
                var part = new FleetStore { Planes = whole.Store.Planes };
                await Task.Run(() => part.Apply(new ScopedChanges(scope).All(whole.Store)), cancel);
                return (Add(new(this, scope, moment, part, attention.Value.ForPart()), from), null);
            }
            finally
            {
                Release(whole);
            }
        }
        finally
        {
            _building.Release();
        }
    }

    /// <summary>Gives a fleet up.</summary>
    public void Release(PastStore store)
    {
        lock (_gate)
        {
            if (--store.Users > 0) return;
            store.LeftAt = time.GetUtcNow();
            _pruning ??= time.CreateTimer(static stores => ((PastStores)stores!).Prune(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _pruning.Change(Kept, Timeout.InfiniteTimeSpan);
        }
    }

    private PastStore? Find(FleetScope? scope, PastMoment moment, PastStore? from)
    {
        lock (_gate)
        {
            return _stores.Find(store => store.Is(scope, moment)) is { } found ? Use(found, from) : null;
        }
    }

    private async Task<(PastStore? Store, string? Problem)> MakeAsync(PastMoment moment, PastStore? from, Action<int> progress, CancellationToken cancel)
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
                    if (isThere) Use(near, from);
                }
            }
            if (isThere || problem is not null) return (isThere ? near : null, problem);
        }
        // Nobody knows how many executions there were before they are read: as many as there are in another moment.
        if (!MakeRoom(Largest(), from)) return (null, Full());
        var (store, why) = await feed.LoadAsync(moment.Sequence, progress, cancel);
        return store is null ? (null, why) : (Add(new(this, null, moment, store, attention.Value), from), null);
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

    private PastStore Add(PastStore store, PastStore? from)
    {
        lock (_gate)
        {
            _stores.Add(store);
            return Use(store, from);
        }
    }

    // In place of the one that the caller has.
    private PastStore Use(PastStore store, PastStore? from)
    {
        if (ReferenceEquals(store, from)) return store;
        store.Users++;
        if (from is not null) Release(from);
        return store;
    }

    private long Largest()
    {
        lock (_gate) return _stores.Count == 0 ? 0 : _stores.Max(store => store.Store.ExecutionCount);
    }

    // What nobody uses goes first, the longest left first. What the caller gives up anyway does not count.
    private bool MakeRoom(long executions, PastStore? from)
    {
        lock (_gate)
        {
            while (_stores.Count > 0 && !Fits())
            {
                if (_stores.Where(store => store.Users == 0).MinBy(store => store.LeftAt) is not { } left) return false;
                _stores.Remove(left);
            }
            return true;
        }

        bool Fits()
        {
            var counted = _stores.Where(store => !(ReferenceEquals(store, from) && store.Users == 1)).ToList();
            return counted.Count == 0 || (counted.Count < MostStores && counted.Sum(store => (long)store.Store.ExecutionCount) + executions <= MostExecutions);
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
