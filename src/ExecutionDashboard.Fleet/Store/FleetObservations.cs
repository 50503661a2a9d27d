using System.Collections.Concurrent;

namespace ExecutionDashboard.Fleet.Store;

/// <summary>
/// What this process saw happen and no snapshot tells: when nodes connected, and how long executions of a job were in a state. Passed on from one
/// store to the next; empty after a start. One writer, any readers.
/// </summary>
public sealed class FleetObservations
{
    /// <summary>Most connects that are kept of a node.</summary>
    public const int MostConnects = 16;
    /// <summary>Most durations that are kept of a job's state, the newest.</summary>
    public const int MostDurations = 128;

    private readonly ConcurrentDictionary<string, long[]> _connects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Job, KnownExecutionState State), Durations> _durations = new();

    /// <summary>When a node connected, UTC ticks, oldest first; empty while it connected no more than once.</summary>
    public IReadOnlyList<long> ConnectsOf(string nodeId) => _connects.GetValueOrDefault(nodeId) ?? [];

    /// <summary>How long executions of a job were in a state before they left it, shortest first.</summary>
    public IReadOnlyList<TimeSpan> DurationsOf(string jobId, KnownExecutionState state) => _durations.TryGetValue((jobId, state), out var held) ? held.Sorted() : [];

    /// <summary>Notes a connect. Writer only.</summary>
    internal void Connected(string nodeId, DateTimeOffset? before, DateTimeOffset at)
    {
        if (!_connects.TryGetValue(nodeId, out var times)) times = before is { } first && first < at ? [first.UtcTicks] : [];
        if (times.Length > 0 && at.UtcTicks <= times[^1]) return;
        _connects[nodeId] = [.. times.TakeLast(MostConnects - 1), at.UtcTicks];
    }

    /// <summary>Forgets a node. Writer only.</summary>
    internal void Forget(string nodeId) => _connects.TryRemove(nodeId, out _);

    /// <summary>Notes that an execution of a job left a state. Writer only.</summary>
    internal void Left(string jobId, KnownExecutionState state, long ticks) => _durations.GetOrAdd((jobId, state), static _ => new Durations()).Add(ticks);

    private sealed class Durations
    {
        private readonly long[] _ticks = new long[MostDurations];
        private int _count;

        public void Add(long ticks) => _ticks[_count++ % MostDurations] = ticks;

        public IReadOnlyList<TimeSpan> Sorted()
        {
            var ticks = _ticks[..Math.Min(Volatile.Read(ref _count), MostDurations)];
            Array.Sort(ticks);
            return Array.ConvertAll(ticks, TimeSpan.FromTicks);
        }
    }
}
