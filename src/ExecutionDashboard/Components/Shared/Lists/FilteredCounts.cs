using System.Collections.Concurrent;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>
/// Counts under filters for which the store keeps none, beside the toggles of a list. They are found by looking through what may match, so they are
/// shared by all who look at the same, and found anew once a second at most: less often where it takes long, so that it never takes a core. Safe for any thread.
/// </summary>
public sealed class FilteredCounts(TimeProvider time)
{
    private const int MostKept = 256;
    // Of the time, one part in twenty is spent on one of them.
    private const int Share = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<object, Kept> _kept = new();

    /// <summary>Executions that match, by state.</summary>
    public StateCounts Of(FleetStore store, ExecutionQuery query) => (StateCounts)Get(store, query, () => store.Counts(query));

    /// <summary>Nodes that match, by connection.</summary>
    public IReadOnlyDictionary<string, int> Of(FleetStore store, NodeQuery query) =>
        query.IsUnfiltered ? store.NodesByConnection : (IReadOnlyDictionary<string, int>)Get(store, query, () => store.CountByConnection(query));

    private object Get(FleetStore store, object query, Func<object> count)
    {
        var started = time.GetTimestamp();
        if (_kept.TryGetValue(query, out var kept) && ReferenceEquals(kept.Store, store)
            && (kept.Version == store.Version || time.GetElapsedTime(kept.At, started) < kept.Pause)) return kept.Counts;
        var version = store.Version;
        var counts = count();
        var took = time.GetElapsedTime(started) * Share;
        if (_kept.Count >= MostKept) _kept.Clear();
        _kept[query] = new(store, version, started, took > Pace ? took : Pace, counts);
        return counts;
    }

    private sealed record Kept(FleetStore Store, long Version, long At, TimeSpan Pause, object Counts);
}
