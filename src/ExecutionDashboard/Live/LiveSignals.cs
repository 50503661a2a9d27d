using System.Collections.Immutable;

namespace ExecutionDashboard.Live;

/// <summary>
/// Tells pages that their topics changed, at most six times a second: the first change after a pause at once, later ones together at the end of the interval. No data
/// is sent; a page reads what it shows. Costs nothing without subscribers.
/// </summary>
public sealed class LiveSignals(TimeProvider time, LiveLag? lag = null)
{
    /// <summary>Shortest time between two signals.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(160);

    /// <summary>Time between two signals of <see cref="Topics.Clock"/>.</summary>
    public static readonly TimeSpan ClockPace = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private ImmutableArray<LiveSubscription> _subscriptions = [];
    private Topics _waiting;
    private DateTimeOffset? _changedAt;
    private bool _scheduled;
    private long _lastSignal;
    private long _count;
    private bool _signalled;
    private ITimer? _timer;
    private ITimer? _clock;
    private int _clockWatchers;

    /// <summary>Number of subscribers.</summary>
    public int SubscriberCount => _subscriptions.Length;

    /// <summary>Number of signals so far. A result computed after a signal is valid until the next.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Subscribes. The refresh runs on the thread pool, never concurrently; changes during a run lead to one further call.</summary>
    public LiveSubscription Subscribe(Topics topics, Func<Topics, Task> refresh)
    {
        var subscription = new LiveSubscription(this, topics, refresh);
        lock (_gate)
        {
            _subscriptions = _subscriptions.Add(subscription);
            if (topics.HasFlag(Topics.Clock) && _clockWatchers++ == 0) SetClock(ClockPace);
        }
        return subscription;
    }

    /// <summary>Records a change.</summary>
    /// <param name="topics">The topics that changed.</param>
    /// <param name="changedAt">See <see cref="Fleet.FeedBatch.ChangedAt"/>.</param>
    public void Raise(Topics topics, DateTimeOffset? changedAt = null)
    {
        if (topics == Topics.None) return;
        lock (_gate)
        {
            _waiting |= topics;
            if (!(_changedAt <= changedAt)) _changedAt = changedAt ?? _changedAt;
            if (_scheduled) return;
            var since = _signalled ? time.GetElapsedTime(_lastSignal) : Interval;
            if (since < Interval)
            {
                _scheduled = true;
                _timer ??= time.CreateTimer(static s => ((LiveSignals)s!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(Interval - since, Timeout.InfiniteTimeSpan);
                return;
            }
        }
        Flush();
    }

    internal void Remove(LiveSubscription subscription)
    {
        lock (_gate)
        {
            var left = _subscriptions.Remove(subscription);
            if (left == _subscriptions) return;
            _subscriptions = left;
            if (subscription.Topics.HasFlag(Topics.Clock) && --_clockWatchers == 0) SetClock(Timeout.InfiniteTimeSpan);
        }
    }

    // One timer for all subscribers; it stops while there are none.
    private void SetClock(TimeSpan pace)
    {
        _clock ??= time.CreateTimer(static s => ((LiveSignals)s!).Raise(Topics.Clock), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.Change(pace, pace);
    }

    private void Flush()
    {
        ImmutableArray<LiveSubscription> told;
        Topics changed;
        DateTimeOffset? changedAt;
        lock (_gate)
        {
            changed = _waiting;
            (changedAt, _changedAt) = (_changedAt, null);
            _waiting = Topics.None;
            _scheduled = false;
            _signalled = true;
            _lastSignal = time.GetTimestamp();
            _count++;
            told = _subscriptions;
        }
        var timed = changedAt is null ? null : AnyOf(told, changed);
        foreach (var subscription in told) subscription.Tell(changed, subscription == timed ? changedAt : null);
    }

    /// <summary>A browser has rendered a signal: see <see cref="LiveSubscription.TakeTimed"/>.</summary>
    public void Shown(DateTimeOffset changedAt) => lag?.OnShown(changedAt);

    // Random, because neither the first nor the last subscriber is representative.
    private static LiveSubscription? AnyOf(ImmutableArray<LiveSubscription> listeners, Topics changed)
    {
        var first = listeners.Length > 0 ? Random.Shared.Next(listeners.Length) : 0;
        for (var i = 0; i < listeners.Length; i++)
            if (listeners[(first + i) % listeners.Length] is var listener && (listener.Topics & changed) != Topics.None) return listener;
        return null;
    }

    /// <summary>Ends its timers. It is not disposable: tabs share it, and the end of one must not be the end of it.</summary>
    public void Stop()
    {
        _timer?.Dispose();
        _clock?.Dispose();
    }
}

/// <summary>One subscriber of <see cref="LiveSignals"/>. Disposing ends it; a running refresh still completes.</summary>
public sealed class LiveSubscription : IDisposable, IThreadPoolWorkItem
{
    private readonly LiveSignals _signals;
    private readonly Topics _topics;
    private readonly Func<Topics, Task> _refresh;
    private int _pending;
    private int _running;
    private long _timed;
    private volatile bool _disposed;

    internal LiveSubscription(LiveSignals signals, Topics topics, Func<Topics, Task> refresh)
    {
        _signals = signals;
        _topics = topics;
        _refresh = refresh;
    }

    internal Topics Topics => _topics;

    /// <summary>
    /// Time of the change whose lag this subscriber measures, null when it was not chosen; returned once. One subscriber is chosen per signal, so that measuring
    /// costs the same for one viewer and for hundreds.
    /// </summary>
    public DateTimeOffset? TakeTimed() => Interlocked.Exchange(ref _timed, 0) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    internal void Tell(Topics changed, DateTimeOffset? timed = null)
    {
        changed &= _topics;
        if (changed == Topics.None || _disposed) return;
        if (timed is { } changedAt) Volatile.Write(ref _timed, changedAt.UtcTicks);
        Interlocked.Or(ref _pending, (int)changed);
        if (Interlocked.Exchange(ref _running, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        do
        {
            while (!_disposed && Interlocked.Exchange(ref _pending, 0) is var changed and not 0)
                await _refresh((Topics)changed).ConfigureAwait(false);
            Volatile.Write(ref _running, 0);
        }
        while (!_disposed && Volatile.Read(ref _pending) != 0 && Interlocked.Exchange(ref _running, 1) == 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _signals.Remove(this);
    }
}
