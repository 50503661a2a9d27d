using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store.Grouping;

/// <summary>The executions of a query that share a value.</summary>
/// <param name="Key">Distinguishes it from the other groups.</param>
/// <param name="Value">The value: the id of a job, node or deployment, a name or a code; empty for those without one.</param>
/// <param name="Name">The value for people; empty for those without one.</param>
/// <param name="Version">The job version, in a grouping by version; else 0.</param>
/// <param name="IsWithout">Whether it has the executions without a value.</param>
/// <param name="Counts">Its executions by state.</param>
public sealed record ExecutionGroup(string Key, string Value, string Name, int Version, bool IsWithout, StateCounts Counts) : IKeyedGroup;

/// <summary>The groups of a query's executions, in order. Never changes, so that viewers share it.</summary>
public sealed class ExecutionGroups : KeyedGroups<ExecutionGroup>
{
    // The largest first, of states the worst; by name where the query is sorted by that column.
    internal ExecutionGroups(ExecutionGrouping grouping, ExecutionQuery query, List<ExecutionGroup> groups) : base(groups, Order(grouping, query)) { }

    /// <summary>No groups.</summary>
    public static ExecutionGroups None { get; } = new(ExecutionGrouping.None, ExecutionQuery.All, []);

    private static Comparison<ExecutionGroup> Order(ExecutionGrouping grouping, ExecutionQuery query)
    {
        if (grouping.SortedByName(query.Sort)) return query.Ascending ? ByName : (a, b) => ByName(b, a);
        if (grouping.Field == GroupField.State) return (a, b) => First(ExecutionState.Parse(a.Value).Rank.CompareTo(ExecutionState.Parse(b.Value).Rank), a, b);
        return (a, b) => First(b.Counts.Total.CompareTo(a.Counts.Total), a, b);

        int ByName(ExecutionGroup a, ExecutionGroup b) =>
            grouping.Field == GroupField.State ? First(NaturalOrder.Instance.Compare(RankCache.StateText(ExecutionState.Parse(a.Value)), RankCache.StateText(ExecutionState.Parse(b.Value))), a, b) : First(0, a, b);
    }

    private static int First(int order, ExecutionGroup a, ExecutionGroup b)
    {
        if (order == 0) order = NaturalOrder.Instance.Compare(a.Name, b.Name);
        if (order == 0) order = a.Version.CompareTo(b.Version);
        return order != 0 ? order : string.CompareOrdinal(a.Key, b.Key);
    }
}
