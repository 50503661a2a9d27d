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

    private long _controlPlaneStarted;
    private readonly ConcurrentDictionary<string, long[]> _connects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Job, KnownExecutionState State), Durations> _durations = new();

    /// <summary>When the control plane started, UTC ticks; 0 while it has not said so.</summary>
    public long ControlPlaneStarted
    {
        get => Volatile.Read(ref _controlPlaneStarted);
        set => Volatile.Write(ref _controlPlaneStarted, value);
    }

    /// <summary>When a node connected, UTC ticks, oldest first; empty while it never lost contact.</summary>
    public IReadOnlyList<long> ConnectsOf(string nodeId) => _connects.GetValueOrDefault(nodeId) ?? [];

    /// <summary>How long executions of a job were in a state before they left it, shortest first.</summary>
    public IReadOnlyList<TimeSpan> DurationsOf(string jobId, KnownExecutionState state) => _durations.TryGetValue((jobId, state), out var held) ? held.Sorted() : [];

    /// <summary>Notes when a node that lost contact, or connected anew, had connected. Writer only.</summary>
    internal void Connected(Node before, Node now)
    {
        if (before.IsConnected == now.IsConnected && before.ConnectedSince == now.ConnectedSince) return;
        if (before is { IsConnected: true, ConnectedSince: { } first }) Add(now.Id, first.UtcTicks);
        if (now is { IsConnected: true, ConnectedSince: { } last }) Add(now.Id, last.UtcTicks);
    }

    private void Add(string nodeId, long at)
    {
        var times = _connects.GetValueOrDefault(nodeId) ?? [];
        if (times.Length == 0 || at > times[^1]) _connects[nodeId] = [.. times.TakeLast(MostConnects - 1), at];
    }

    /// <summary>Forgets a node. Writer only.</summary>
    internal void Forget(string nodeId) => _connects.TryRemove(nodeId, out _);

    /// <summary>Notes that an execution of a job left a state. Writer only.</summary>
    internal void Left(string jobId, KnownExecutionState state, long ticks) => _durations.GetOrAdd((jobId, state), static _ => new Durations()).Add(ticks);

    /// <summary>Forgets all. Writer only.</summary>
    public void Clear()
    {
        _connects.Clear();
        _durations.Clear();
    }

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
