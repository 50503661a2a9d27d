using CsCheck;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store;

public sealed class QueryTextTests
{
    [Fact]
    public void OfAddress_AnyText_StaysWithinItsBoundsAndNeverFails() =>
        Gen.Select(Gen.String[Gen.Char["?&=#%+ab\u00e9/"], 0, 200], Gen.Int[1, 200]).Sample((part, times) =>
        {
            var pairs = QueryText.OfAddress("nodes?" + string.Join('&', Enumerable.Repeat(part, times))).ToList();

            Assert.True(pairs.Count <= QueryText.MostPairs);
            Assert.All(pairs, p => Assert.True(p.Value.Length <= QueryText.LongestValue));
            Assert.True(pairs.Sum(p => p.Key.Length + p.Value.Length) <= QueryText.Longest);
        });

    [Fact]
    public void Parse_HugeText_IsLeftOutAndTheRestIsRead()
    {
        var query = ExecutionQuery.Parse($"q={new string('x', QueryText.LongestValue + 1)}&job=job-1");

        Assert.Equal(("", "job-1"), (query.Text, Assert.Single(query.Jobs)));
    }

    [Fact]
    public void Parse_MoreNodesAndLabelsThanAnAddressHolds_ReadsAsManyAsAreAllowed()
    {
        var many = string.Join('&', Enumerable.Range(0, 100_000).Select(i => $"node=n{i}"));

        Assert.Equal(QueryText.MostPairs, ExecutionQuery.Parse(many).Nodes.Count);
        Assert.Equal(QueryText.MostPairs, NodeQuery.Parse(many).Ids.Count);
        Assert.True(NodeQuery.Parse(many.Replace("node=", "label=a.long.name.of.a.label.in.every.one.of.them=", StringComparison.Ordinal)).Labels.Count < QueryText.MostPairs);
    }

    [Fact]
    public void OfAddress_CutInTheMiddleOfAPair_LeavesThatPairOut()
    {
        var address = $"executions?node=a&node={new string('b', 1_000)}&q={new string('c', QueryText.Longest)}#part";

        Assert.Equal(["a", new string('b', 1_000)], QueryText.OfAddress(address).Select(p => p.Value));
        Assert.Empty(QueryText.OfAddress("executions?q=" + new string('c', QueryText.Longest)));
    }
}
