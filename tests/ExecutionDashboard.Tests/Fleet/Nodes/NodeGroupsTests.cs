using CsCheck;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Tests.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Nodes;

/// <summary>Groups of nodes against LINQ's GroupBy over the nodes that a list shows.</summary>
public class NodeGroupsTests
{
    private static readonly NodeListGrouping[] All = [.. Enum.GetValues<NodeGroupField>().Select(f => f == NodeGroupField.Label ? new NodeListGrouping(f, "region") : new(f)), new(NodeGroupField.Label, "tier")];
    private static readonly string[] Queries = ["", "connection=lost", "connection=connected&connection=disconnected", "state=failed&state=none", "label=region%3Deu", "label=!tier", "agent=2.1.3", "q=edge", "sort=-agent"];

    [Fact]
    public void Groups_WhileChangesStream_AreThoseOfGroupByOverNodes() =>
        Gen.Select(FleetGen.Change.List[0, 80], Gen.Int[0, Queries.Length - 1], Gen.Int[0, All.Length - 1]).Sample((changes, query, by) =>
        {
            var (store, grouping, asked) = (new FleetStore(), All[by], NodeQuery.Parse(Queries[query]));
            foreach (var part in changes.Chunk(23))
            {
                store.Apply(part);
                var expected = grouping.IsNone ? [] : Nodes(store, asked).GroupBy(n => KeyOf(n, grouping)).ToDictionary(g => g.Key, g => g.ToList());
                var groups = store.Groups(asked, grouping);
                Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), groups.All.Select(g => g.Key).Order(StringComparer.Ordinal));
                foreach (var group in groups.All)
                {
                    var them = expected[group.Key];
                    Assert.Same(group, groups.Find(group.Key));
                    Assert.Equal(them.Count, group.Nodes);
                    Assert.Equal(them.GroupBy(n => n.Connection.ToLowerInvariant()).Select(g => (g.Key, g.Count())).Order(), group.Connections.Order());
                    // As a filter it is exactly its nodes.
                    Assert.Equal(them.Select(n => n.Node.Id), Nodes(store, grouping.Narrow(asked, group)).Select(n => n.Node.Id));
                }
            }
        });

    [Fact]
    public void Parse_OfWhatToStringWrites_IsTheSame()
    {
        foreach (var grouping in All) Assert.Equal(grouping, NodeListGrouping.Parse(grouping.ToString()));
        foreach (var odd in new[] { null, "", "label.", "label.a=b", "job" }) Assert.True(NodeListGrouping.Parse(odd).IsNone);
    }

    private static IEnumerable<NodeSummary> Nodes(FleetStore store, NodeQuery query) => store.NodesOf(store.SelectNodes(query), 0, int.MaxValue).OfType<NodeSummary>();

    private static string KeyOf(NodeSummary node, NodeListGrouping grouping) => grouping.Field switch
    {
        NodeGroupField.Connection => node.Connection.ToLowerInvariant(),
        NodeGroupField.State => node.Worst.Name,
        NodeGroupField.Version => node.Node.AgentVersion,
        NodeGroupField.Plane => "",
        _ => node.Node.Labels.GetValueOrDefault(grouping.Label) is { } value ? "=" + value : "",
    };
}
