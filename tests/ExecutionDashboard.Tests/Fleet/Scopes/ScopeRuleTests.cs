using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Scopes;

namespace ExecutionDashboard.Tests.Fleet.Scopes;

public class ScopeRuleTests
{
    private static readonly Job Web = new() { Id = "web", Namespace = "prod", Labels = new Dictionary<string, string> { ["team"] = "a", ["tier"] = "cloud" } };
    private static readonly Node Edge = new() { Id = "n1", Labels = new Dictionary<string, string> { ["tier"] = "edge", ["namespace"] = "prod" } };

    [Theory]
    [InlineData("namespace=prod", true, true)]
    [InlineData("namespace=dev", false, true)]
    [InlineData("namespace in (dev, prod)", true, true)]
    [InlineData("namespace!=prod", false, true)]
    [InlineData("job.team=a", true, true)]
    [InlineData("!job.team", false, true)]
    [InlineData("job.tier=edge", false, true)]
    [InlineData("tier=edge", true, true)]
    [InlineData("node.tier=edge", true, true)]
    [InlineData("node.namespace=dev", true, false)]
    [InlineData("namespace=prod, tier in (edge,gateway)", true, true)]
    [InlineData("namespace=prod, tier=cloud", true, false)]
    public void Matches_JobAndNode_ByTheirOwnPart(string text, bool job, bool node)
    {
        Assert.True(ScopeRule.TryParse(text, out var rule, out _));
        Assert.Equal((job, node), (rule.Matches(Web), rule.Matches(Edge)));
    }

    [Fact]
    public void Matches_NoNode_OnlyWithoutLabelsOfNodes()
    {
        Assert.True(ScopeRule.TryParse("namespace=prod", out var everywhere, out _) && everywhere.Matches((Node?)null));
        Assert.True(ScopeRule.TryParse("tier!=edge", out var some, out _) && !some.Matches((Node?)null));
    }

    [Theory]
    [InlineData(" , ", "It names nothing.")]
    [InlineData("namespace=prod, two words", "'two words' cannot be the key of a label.")]
    [InlineData("tier in edge", "'tier in edge' cannot be the key of a label.")]
    public void TryParse_WhatIsNoExpression_SaysWhy(string text, string problem)
    {
        Assert.False(ScopeRule.TryParse(text, out _, out var why));
        Assert.Equal(problem, why);
    }

    [Fact]
    public void Equals_SameRulesInAnotherOrder_IsTheSameScope()
    {
        static FleetScope Of(params string[] texts) => FleetScope.Of(texts.Select(text => ScopeRule.TryParse(text, out var rule, out _) ? rule : throw new ArgumentException(text)));
        Assert.Equal(Of("tier=edge,namespace=prod", "namespace=dev"), Of("namespace=dev", "namespace=prod , tier=edge"));
        Assert.NotEqual(Of("namespace=dev"), Of("namespace=prod"));
    }
}
