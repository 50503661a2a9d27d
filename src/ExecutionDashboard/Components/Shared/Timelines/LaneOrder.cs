using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>In which order lanes come.</summary>
public enum LaneSort
{
    /// <summary>By the node's name.</summary>
    Name,
    /// <summary>Nodes with the state that needs a person most come first.</summary>
    State,
    /// <summary>Nodes whose executions changed most often in the last hour come first.</summary>
    Changes,
}

/// <summary>Which lanes there are, and in which order: ids only, whatever the fleet's size.</summary>
public static class LaneOrder
{
    /// <summary>Grouping by connection.</summary>
    public const string ByConnection = "connection";
    /// <summary>Grouping by the state that needs a person most.</summary>
    public const string ByState = "state";
    /// <summary>Grouping by a label: this, then the label's key.</summary>
    public const string ByLabel = "label:";

    private const int MostLabels = 100_000;

    /// <summary>The rows. A query that lets everything through shows every node; any other those with an execution that matches now.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="query">Which executions.</param>
    /// <param name="group">Empty for none, <see cref="ByConnection"/>, <see cref="ByState"/>, or <see cref="ByLabel"/> with a key.</param>
    /// <param name="sort">Order within a group.</param>
    /// <param name="changes">Changes by node.</param>
    public static IReadOnlyList<LaneRow> Of(FleetStore store, ExecutionQuery query, string group, LaneSort sort, IReadOnlyDictionary<string, int> changes)
    {
        var matching = store.NodesOf(query);
        var named = store.Nodes;
        var nodes = query.IsUnfiltered ? named.Select(n => n.Id).ToList() : named.Where(n => matching.Contains(n.Id)).Select(n => n.Id).ToList();
        // Executions may name nodes that the control plane does not list.
        nodes.AddRange(matching.Where(id => store.FindNode(id) is null).Order(StringComparer.Ordinal));
        var worst = sort == LaneSort.State || group == ByState ? store.WorstByNode() : null;
        IEnumerable<string> ordered = sort switch
        {
            LaneSort.State => nodes.OrderBy(id => worst!.GetValueOrDefault(id).Rank),
            LaneSort.Changes => nodes.OrderByDescending(id => changes.GetValueOrDefault(id)),
            _ => nodes,
        };
        if (group.Length == 0) return [.. ordered.Select(id => new LaneRow(id))];

        var rows = new List<LaneRow>(nodes.Count + 16);
        foreach (var lanes in ordered.GroupBy(id => GroupOf(store, id, group, worst), StringComparer.Ordinal).OrderBy(g => Rank(g.Key, group)).ThenBy(g => g.Key.Length == 0).ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase))
        {
            var head = new LaneGroup(lanes.Key, Title(lanes.Key, group), [.. lanes]);
            rows.Add(new LaneRow("", head));
            rows.AddRange(head.Nodes.Select(id => new LaneRow(id)));
        }
        return rows;
    }

    /// <summary>The rows without the lanes of folded groups; the order stays.</summary>
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

    /// <summary>Keys of labels that lanes can be grouped by, those on most nodes first. Looks at a hundred thousand labels, whichever nodes have them.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<string> LabelKeys(FleetStore store, int most) =>
        [.. store.Nodes.SelectMany(n => n.Labels.Keys).Take(MostLabels).CountBy(k => k, StringComparer.Ordinal)
            .OrderByDescending(k => k.Value).ThenBy(k => k.Key, StringComparer.Ordinal).Take(most).Select(k => k.Key)];

    private static string GroupOf(FleetStore store, string id, string group, IReadOnlyDictionary<string, ExecutionState>? worst)
    {
        if (group == ByState) return worst!.TryGetValue(id, out var state) ? StateStyle.Word(state) : "";
        var node = store.FindNode(id);
        if (group == ByConnection) return node?.Connection ?? "";
        return group.StartsWith(ByLabel, StringComparison.Ordinal) && node?.Labels.TryGetValue(group[ByLabel.Length..], out var value) == true ? value : "";
    }

    private static int Rank(string key, string group) => group == ByState ? ExecutionState.Parse(key).Rank : 0;

    private static string Title(string key, string group) => key.Length > 0 ? key : group switch
    {
        ByState => "no executions",
        ByConnection => "connection unknown",
        _ => $"without {(group.StartsWith(ByLabel, StringComparison.Ordinal) ? group[ByLabel.Length..] : group)}",
    };
}
