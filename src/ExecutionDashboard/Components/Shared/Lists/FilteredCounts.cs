using System.Collections.Concurrent;
using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>
/// Counts for filters that the store does not maintain, for the toggles of a list. Counting scans the candidates, so the result is shared by all viewers of the same
/// filters and renewed at most once a second, less often when it is slow. Safe for concurrent use.
/// </summary>
public sealed class FilteredCounts(TimeProvider time)
{
    private const int MostKept = 256;
    // Counting uses at most one twentieth of the time.
    private const int Share = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<object, Kept> _kept = new();

    /// <summary>Number of matching executions by state.</summary>
    public StateCounts Of(FleetStore store, ExecutionQuery query) =>
        store.KeptCounts(query) ?? (StateCounts)Get(store, query, store.Version, query.Filter.IsRelative, Pace, () => store.Counts(query));

    /// <summary>Number of matching nodes by connection.</summary>
    public IReadOnlyDictionary<string, int> Of(FleetStore store, NodeQuery query) =>
        query.IsUnfiltered ? store.NodesByConnection : (IReadOnlyDictionary<string, int>)Get(store, query, store.NodesChangedAt, query.Filter.IsRelative, Pace, () => store.CountByConnection(query));

    /// <summary>The groups of matching executions. Renewed with each change, unless that would take more than its share of the time.</summary>
    public ExecutionGroups Of(FleetStore store, ExecutionQuery query, ExecutionGrouping grouping)
    {
        var decisive = grouping.Decisive(query);
        return (ExecutionGroups)Get(store, (decisive, grouping), store.Version, query.Filter.IsRelative, TimeSpan.Zero, () => store.Groups(decisive, grouping));
    }

    /// <summary>The groups of matching nodes. Renewed with each change, unless that would take more than its share of the time.</summary>
    public NodeGroups Of(FleetStore store, NodeQuery query, NodeListGrouping grouping)
    {
        // The sort does not decide the groups.
        var decisive = query with { Sort = NodeSort.Name, Descending = false };
        return (NodeGroups)Get(store, (decisive, grouping), store.Version, query.Filter.IsRelative, TimeSpan.Zero, () => store.Groups(decisive, grouping));
    }

    /// <summary>The groups of a short list. Renewed with each change, unless that would take more than its share of the time.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="list">The list, its filters and what it is grouped by.</param>
    /// <param name="group">Groups it.</param>
    public ListGroups Of(FleetStore store, object list, Func<ListGroups> group) => (ListGroups)Get(store, list, store.Version, isRelative: true, TimeSpan.Zero, group);

    // The version is read before the count: what changes meanwhile has another one.
    private object Get(FleetStore store, object query, long version, bool isRelative, TimeSpan pace, Func<object> count)
    {
        var started = time.GetTimestamp();
        if (_kept.TryGetValue(query, out var kept) && ReferenceEquals(kept.Store, store)
            && ((kept.Version == version && !isRelative) || time.GetElapsedTime(kept.At, started) < kept.Pause)) return kept.Counts;
        var counts = count();
        var took = time.GetElapsedTime(started) * Share;
        if (_kept.Count >= MostKept) _kept.Clear();
        _kept[query] = new(store, version, started, took > pace ? took : pace, counts);
        return counts;
    }

    private sealed record Kept(FleetStore Store, long Version, long At, TimeSpan Pause, object Counts);
}
