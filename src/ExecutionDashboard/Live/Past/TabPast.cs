using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Scopes;

namespace ExecutionDashboard.Live.Past;

/// <summary>
/// What one tab or request shows of the past. Its services are those of a fleet of its own, whose replica gets the moments that the tab goes to, so its pages need not know that it is not live.
/// </summary>
public sealed class TabPast : IPastViewer, IDisposable
{
    private readonly PastStores _stores;
    private readonly FleetScope? _scope;
    private readonly FleetServices _whole;
    private readonly LiveSubscription _others;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private CancellationTokenSource _going = new();
    private PastStore? _store;
    private bool _isGone;
    private volatile bool _isHidden, _isLost;
    private long _usedAt;
    private volatile State _now;

    /// <param name="stores">The fleets of the past.</param>
    /// <param name="scope">What of the fleet is seen; null for all.</param>
    /// <param name="at">The first moment.</param>
    /// <param name="whole">The services of the whole fleet as it is now.</param>
    /// <param name="make">Makes the services of the tab.</param>
    internal TabPast(PastStores stores, FleetScope? scope, DateTimeOffset at, FleetServices whole, Func<TabPast, FleetServices> make)
    {
        (_stores, _scope, _whole, _now) = (stores, scope, whole, new(at, null, "", true, 0));
        Services = make(this);
        var signals = Services.GetRequiredService<LiveSignals>();
        // What is about people and not about the fleet goes on.
        _others = whole.GetRequiredService<LiveSignals>().Subscribe(Topics.UserData, changed =>
        {
            signals.Raise(changed);
            return Task.CompletedTask;
        });
        Ready = GoAsync(at);
    }

    /// <summary>The services of the fleet that is shown.</summary>
    public FleetServices Services { get; }

    /// <summary>The first moment is shown, or it is known why not.</summary>
    public Task Ready { get; }

    /// <summary>What is shown.</summary>
    public State Now => _now;

    /// <summary>The moment that is shown, UTC; before the first one, the one that is asked for.</summary>
    public DateTimeOffset At => _now.Shown?.At ?? _now.Wanted;

    /// <summary><see cref="Now"/> is another one. Raised on any thread.</summary>
    public event Action? Changed;

    /// <inheritdoc/>
    public DateTimeOffset LastUsed => _isLost ? DateTimeOffset.MaxValue : _isHidden ? DateTimeOffset.MinValue : new(Interlocked.Read(ref _usedAt), TimeSpan.Zero);

    /// <summary>A person did something in the tab.</summary>
    public void Use() => Interlocked.Exchange(ref _usedAt, _stores.Now.UtcTicks);

    /// <summary>Whether the browser shows the tab.</summary>
    public void SetVisible(bool visible)
    {
        Use();
        _isHidden = !visible;
    }

    /// <summary>Whether the tab has its connection.</summary>
    public void SetConnected(bool connected) => _isLost = !connected;

    /// <summary>Goes to another moment, and gives up going to the one before. What is shown stays until that is known.</summary>
    public async Task GoAsync(DateTimeOffset at)
    {
        CancellationTokenSource going;
        Use();
        lock (_gate)
        {
            if (_isGone || _now.IsAside) return;
            _going.Cancel();
            going = _going = new();
            _now = _now with { Wanted = at, IsLoading = true, Problem = "", Loaded = 0, Others = 0, Counts = null };
        }
        Changed?.Invoke();
        try
        {
            // Not on a circuit, which draws meanwhile.
            await Task.Run(() => ShowAsync(at, going.Token), going.Token);
        }
        catch (OperationCanceledException) when (going.IsCancellationRequested)
        {
            // Another moment is wanted, or the tab is gone.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault here must not end the circuit: what is shown stays, and the reason is told.
            Fail(null, $"The moment cannot be shown: {ShownText.Of(e.Message)}", going.Token);
        }
    }

    /// <summary>The moment of the change next to the one that is shown, or why there is none.</summary>
    /// <param name="isForward">Whether the one after it is wanted.</param>
    /// <param name="kind">The kind of entity whose changes count; null for all.</param>
    /// <param name="id">Its id.</param>
    public async Task<(DateTimeOffset? At, string Problem)> StepAsync(bool isForward, FleetKind? kind, string id)
    {
        // Of what is not seen, not even a time may be told.
        if (_scope is not null && !(kind == FleetKind.Execution && Services.GetRequiredService<FleetSight>().SeesExecution(id)))
            return (null, "Your role is limited to a part of the fleet: step through the changes of one execution on its page.");
        var (at, problem) = await _stores.Feed.StepAsync(At, isForward, kind, id, _going.Token);
        return at is not null ? (at, "") : (null, problem ?? (isForward ? "No later change is near." : "No earlier change is near."));
    }

    private async Task ShowAsync(DateTimeOffset at, CancellationToken cancel)
    {
        var (moment, problem) = await _stores.Feed.AtAsync(at, cancel);
        if (moment is null || !moment.IsKnown)
        {
            Fail(moment, problem ?? (moment!.KnownSince is null ? "The change log is empty: nothing is known of any moment." : "Nothing is known of this moment: the change log begins later."), cancel);
            return;
        }
        // Who sees a part is told nothing of the whole.
        if (_store is null && _scope is null) _ = CountAsync(moment, cancel);
        PastStore? store;
        string? why;
        // One after the other: each gives up the fleet that the one before took.
        await _turn.WaitAsync(cancel);
        try
        {
            (store, why) = await _stores.UseAsync(_scope, moment, _store, executions => Progress(executions, cancel), cancel, this);
            if (store is not null) Take(store, moment, at);
        }
        finally
        {
            _turn.Release();
        }
        if (store is null)
        {
            Fail(moment, why ?? "The moment cannot be shown.", cancel);
            return;
        }
        Changed?.Invoke();
        var working = store.ProblemsAsync();
        var problems = Services.GetRequiredService<Problems>();
        if (!working.IsCompleted) problems.ShowPast([], null, known: false, moment.At);
        var (found, records) = await working;
        lock (_gate)
        {
            if (!cancel.IsCancellationRequested && !_isGone) problems.ShowPast(found, records, known: true, moment.At);
        }
    }

    // While nothing else can be shown.
    private async Task CountAsync(PastMoment moment, CancellationToken cancel)
    {
        PastCounts? counts;
        try
        {
            (counts, _) = await _stores.Feed.CountAsync(moment.Sequence, cancel);
        }
        catch (OperationCanceledException)
        {
            // Another moment is wanted, or the tab is gone.
            return;
        }
        lock (_gate)
        {
            if (counts is null || cancel.IsCancellationRequested || _now.Shown is not null) return;
            _now = _now with { Counts = counts };
        }
        Changed?.Invoke();
    }

    // Also when another moment is wanted by now: the fleet may have been moved, so it is shown as what it is.
    private void Take(PastStore store, PastMoment moment, DateTimeOffset at)
    {
        lock (_gate)
        {
            _store = store;
            if (_isGone || _now.IsAside)
            {
                Leave();
                return;
            }
            var now = _whole.GetRequiredService<Replica>().Status;
            // The time of the data is that of the moment, so spans and ages are as they were.
            Services.GetRequiredService<Replica>().Show(store.Store, new FeedStatus { LogId = moment.LogId, ControlPlane = now.ControlPlane, LastSuccessAt = moment.At, ClockSkewSeconds = now.ClockSkewSeconds }, moment.Sequence);
            _now = _now.Wanted == at ? new(at, moment, "", false, store.Store.ExecutionCount) : _now with { Shown = moment, KnownSince = moment.KnownSince };
        }
    }

    private void Fail(PastMoment? moment, string problem, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (cancel.IsCancellationRequested) return;
            _now = _now with { Problem = problem, IsLoading = false, KnownSince = moment?.KnownSince ?? _now.KnownSince };
        }
        Changed?.Invoke();
    }

    private void Progress(int executions, CancellationToken cancel)
    {
        // A block has some hundred executions: a tab need not be told of each.
        if (cancel.IsCancellationRequested || executions - _now.Loaded < 50_000) return;
        lock (_gate) _now = _now with { Loaded = executions, Others = 0 };
        Changed?.Invoke();
    }

    void IPastViewer.Wait(int moments)
    {
        lock (_gate)
        {
            if (_now.Others == moments || !_now.IsLoading) return;
            _now = _now with { Others = moments };
        }
        Changed?.Invoke();
    }

    void IPastViewer.PutAside()
    {
        lock (_gate)
        {
            if (_isGone) return;
            _going.Cancel();
            _store = null;
            _now = _now with { IsAside = true, IsLoading = false };
        }
        Changed?.Invoke();
    }

    private void Leave()
    {
        if (_store is { } store) _stores.Release(store, this);
        _store = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isGone) return;
            _isGone = true;
            _going.Cancel();
            Leave();
        }
        _others.Dispose();
        Services.GetRequiredService<LiveSignals>().Stop();
    }

    /// <summary>What a tab shows of the past. Immutable.</summary>
    /// <param name="Wanted">The moment that was asked for last, UTC.</param>
    /// <param name="Shown">The moment that is shown, and what is known of it; null before the first one.</param>
    /// <param name="Problem">Why the wanted moment is not shown, as a sentence; empty when it is, or is being loaded.</param>
    /// <param name="IsLoading">Whether the wanted moment is being loaded.</param>
    /// <param name="Loaded">Executions read so far.</param>
    public sealed record State(DateTimeOffset Wanted, PastMoment? Shown, string Problem, bool IsLoading, int Loaded)
    {
        /// <summary>Since when the change log is complete, UTC; null when that is not known.</summary>
        public DateTimeOffset? KnownSince { get; init; } = Shown?.KnownSince;

        /// <summary>How many executions and nodes the wanted moment has, before the first one is shown; null while that is not known.</summary>
        public PastCounts? Counts { get; init; }

        /// <summary>How many other moments are looked at while this one waits for memory; 0 while it does not.</summary>
        public int Others { get; init; }

        /// <summary>The moment was given up for one that somebody else looks at: the tab is to be opened anew.</summary>
        public bool IsAside { get; init; }
    }
}
