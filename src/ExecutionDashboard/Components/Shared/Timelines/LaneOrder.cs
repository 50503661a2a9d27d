using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>Order of lanes.</summary>
public enum LaneSort
{
    /// <summary>By the node's name.</summary>
    Name,
    /// <summary>Nodes with the most urgent state first.</summary>
    State,
    /// <summary>Nodes with the most changes in the last hour first.</summary>
    Changes,
}

/// <summary>The rows of a timeline in order, as ids only, whatever the fleet's size.</summary>
public static class LaneOrder
{
    /// <summary>Grouping by connection.</summary>
    public const string ByConnection = "connection";
    /// <summary>Grouping by worst state.</summary>
    public const string ByState = "state";
    /// <summary>Grouping by a label: this prefix and the label's key.</summary>
    public const string ByLabel = "label:";

    private const int MostLabels = 100_000;

    /// <summary>The rows. Without filters all nodes; with filters those with an execution that matches now.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="query">The filters.</param>
    /// <param name="group">Empty for none, <see cref="ByConnection"/>, <see cref="ByState"/>, or <see cref="ByLabel"/> with a key.</param>
    /// <param name="sort">Order within a group.</param>
    /// <param name="changes">Number of changes by node.</param>
    public static IReadOnlyList<LaneRow> Of(FleetStore store, ExecutionQuery query, string group, LaneSort sort, IReadOnlyDictionary<string, int> changes)
    {
        var nodes = Nodes(store, query);
        var worst = sort == LaneSort.State || group == ByState ? store.Worst() : null;
        if (sort == LaneSort.State) nodes = ByRank(nodes, worst!);
        else if (sort == LaneSort.Changes) nodes = [.. nodes.OrderByDescending(n => changes.GetValueOrDefault(n.Id))];

        var members = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var rows = new List<LaneRow>(nodes.Count + 16);
        foreach (var node in nodes)
        {
            if (group.Length == 0)
            {
                rows.Add(new LaneRow(node.Id));
                continue;
            }
            var key = GroupOf(node, group, worst);
            if (!members.TryGetValue(key, out var lanes)) members[key] = lanes = [];
            lanes.Add(node.Id);
        }
        foreach (var (key, lanes) in members.OrderBy(g => Rank(g.Key, group)).ThenBy(g => g.Key.Length == 0).ThenBy(g => g.Key, NaturalOrder.Instance))
        {
            rows.Add(new LaneRow("", new LaneGroup(key, Title(key, group), lanes)));
            foreach (var id in lanes) rows.Add(new LaneRow(id));
        }
        return rows;
    }

    /// <summary>The rows without the lanes of folded groups.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="folded">The groups.</param>
    public static IReadOnlyList<LaneRow> Folded(IReadOnlyList<LaneRow> rows, FoldedGroups folded)
    {
        if (folded.IsNone) return rows;
        var left = new List<LaneRow>();
        var isFolded = false;
        foreach (var row in rows)
        {
            if (row.Head is { } group)
            {
                isFolded = folded.Contains(group.Key);
                left.Add(row with { IsFolded = isFolded });
            }
            else if (!isFolded)
            {
                left.Add(row);
            }
        }
        return left;
    }

    /// <summary>Label keys for grouping, those on most nodes first. Reads at most a hundred thousand labels.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="most">Most keys.</param>
    public static IReadOnlyList<string> LabelKeys(FleetStore store, int most) =>
        [.. store.Nodes.SelectMany(n => n.Labels.Keys).Take(MostLabels).CountBy(k => k, StringComparer.Ordinal)
            .OrderByDescending(k => k.Value).ThenBy(k => k.Key, NaturalOrder.Instance).Take(most).Select(k => k.Key)];

    // Nodes that the control plane does not list, but executions refer to, come last and have only an id.
    private static IReadOnlyList<Node> Nodes(FleetStore store, ExecutionQuery query)
    {
        var listed = store.Nodes;
        if (query.IsUnfiltered) return store.UnlistedNodes() is { Count: > 0 } others ? [.. listed, .. Unlisted(others)] : listed;
        var matching = store.NodesOf(query);
        List<Node> found = [.. listed.Where(n => matching.Contains(n.Id))];
        if (found.Count < matching.Count) found.AddRange(Unlisted(matching.Where(id => store.FindNode(id) is null)));
        return found;
    }

    // There are few states, so bucketing is cheaper than sorting.
    private static List<Node> ByRank(IReadOnlyList<Node> nodes, NodeWorst worst)
    {
        var ranks = new SortedList<int, List<Node>>();
        foreach (var node in nodes)
        {
            var rank = worst.Of(node.Id).Rank;
            if (!ranks.TryGetValue(rank, out var alike)) ranks[rank] = alike = [];
            alike.Add(node);
        }
        var ordered = new List<Node>(nodes.Count);
        foreach (var alike in ranks.Values) ordered.AddRange(alike);
        return ordered;
    }

    private static IEnumerable<Node> Unlisted(IEnumerable<string> ids) => ids.Order(NaturalOrder.Instance).Select(id => new Node { Id = id });

    private static string GroupOf(Node node, string group, NodeWorst? worst)
    {
        if (group == ByState) return worst!.Of(node.Id).Name;
        if (group == ByConnection) return node.Connection;
        return group.StartsWith(ByLabel, StringComparison.Ordinal) ? node.Labels.GetValueOrDefault(group[ByLabel.Length..], "") : "";
    }

    private static int Rank(string key, string group) => group == ByState ? ExecutionState.Parse(key).Rank : 0;

    private static string Title(string key, string group) => key.Length > 0 ? key : group switch
    {
        ByState => "no executions",
        ByConnection => "connection unknown",
        _ => $"without {(group.StartsWith(ByLabel, StringComparison.Ordinal) ? group[ByLabel.Length..] : group)}",
    };
}
