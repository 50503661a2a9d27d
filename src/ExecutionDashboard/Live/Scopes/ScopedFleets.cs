using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Past;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Live.Scopes;

/// <summary>
/// The parts of the fleet that people see now, each worked out once for all who see the same. A part is made when the first of them comes, from the whole and then from its changes, and goes
/// five minutes after the last one left. Safe for any thread.
/// </summary>
public sealed class ScopedFleets : IDisposable
{
    /// <summary>How long a part is kept for nobody.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    // All that is about the fleet itself comes from the part; the audit is for who sees all.
    private const Topics OfThePart = Topics.Fleet | Topics.Status | Topics.Problems | Topics.Clock | Topics.Audit;

    private readonly Lock _gate = new();
    private readonly Dictionary<FleetScope, Part> _parts = [];
    private readonly IServiceProvider _program;
    private readonly FleetServiceKinds _kinds;
    private readonly TimeProvider _time;
    private readonly ITimer _pruning;

    /// <param name="program">The program's services.</param>
    /// <param name="kinds">Which services each part has of its own.</param>
    /// <param name="time">The clock.</param>
    public ScopedFleets(IServiceProvider program, FleetServiceKinds kinds, TimeProvider time)
    {
        (_program, _kinds, _time) = (program, kinds, time);
        Whole = new(kinds, program);
        _pruning = time.CreateTimer(static fleets => ((ScopedFleets)fleets!).Prune(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The services of the whole fleet.</summary>
    public FleetServices Whole { get; }

    /// <summary>Number of parts in memory.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _parts.Count;
        }
    }

    /// <summary>Whether these are the program's services, and not those of a tab or a request.</summary>
    internal bool IsProgram(IServiceProvider services) => ReferenceEquals(services, _program);

    /// <summary>Uses the part that a scope sees, until the lease is disposed.</summary>
    public Lease Use(FleetScope scope)
    {
        lock (_gate)
        {
            if (!_parts.TryGetValue(scope, out var part)) _parts[scope] = part = Begin(scope);
            part.Users++;
            return new(this, part);
        }
    }

    /// <summary>Begins to show the past in a tab or for a request, which disposes it.</summary>
    /// <param name="scope">What of the fleet is seen; null for all.</param>
    /// <param name="at">The first moment.</param>
    public TabPast Open(FleetScope? scope, DateTimeOffset at) => new(_program.GetRequiredService<PastStores>(), scope, at, Whole, past => new(_kinds, _program, own => new(own.GetRequiredService<Replica>(), scope, past), isPast: true));

    private Part Begin(FleetScope scope)
    {
        var services = new FleetServices(_kinds, _program, own => new(own.GetRequiredService<Replica>(), scope));
        var (whole, seen, signals) = (Whole.GetRequiredService<Replica>(), services.GetRequiredService<Replica>(), services.GetRequiredService<LiveSignals>());
        var follower = new ScopedReplica(scope, seen);
        whole.Add(follower);
        var attention = (_program.GetService<IOptions<AttentionOptions>>()?.Value ?? new()).ForPart();
        var watch = new AttentionWatch(seen, services.GetRequiredService<Problems>(), Options.Create(attention), _time, _program.GetRequiredService<ILogger<AttentionWatch>>());
        _ = watch.StartAsync(CancellationToken.None);
        var others = Whole.GetRequiredService<LiveSignals>().Subscribe(~OfThePart, changed =>
        {
            signals.Raise(changed);
            return Task.CompletedTask;
        });
        return new(scope, services, () =>
        {
            whole.Remove(follower);
            others.Dispose();
            _ = watch.StopAsync(CancellationToken.None);
            signals.Stop();
        });
    }

    private void Release(Part part)
    {
        lock (_gate)
        {
            if (--part.Users > 0) return;
            part.LeftAt = _time.GetUtcNow();
            _pruning.Change(Kept, Timeout.InfiniteTimeSpan);
        }
    }

    private void Prune()
    {
        List<Part> gone;
        lock (_gate)
        {
            gone = [.. _parts.Values.Where(part => part.Users == 0 && _time.GetUtcNow() - part.LeftAt >= Kept)];
            foreach (var part in gone) _parts.Remove(part.Scope);
            if (_parts.Values.Any(part => part.Users == 0)) _pruning.Change(Kept, Timeout.InfiniteTimeSpan);
        }
        foreach (var part in gone) part.End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        List<Part> gone;
        lock (_gate)
        {
            gone = [.. _parts.Values];
            _parts.Clear();
        }
        foreach (var part in gone) part.End();
        _pruning.Dispose();
        Whole.GetRequiredService<LiveSignals>().Stop();
    }

    /// <summary>The use of a part by one tab or request.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly ScopedFleets _fleets;
        private Part? _part;

        internal Lease(ScopedFleets fleets, Part part) => (_fleets, _part, Services) = (fleets, part, part.Services);

        /// <summary>The services of the part.</summary>
        public FleetServices Services { get; }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _part, null) is { } part) _fleets.Release(part);
        }
    }

    internal sealed class Part(FleetScope scope, FleetServices services, Action end)
    {
        public FleetScope Scope => scope;
        public FleetServices Services => services;
        public Action End => end;
        public int Users { get; set; }
        public DateTimeOffset LeftAt { get; set; }
    }
}
