using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store;

public class LabelExpressionTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["region"] = "us-east", ["tier"] = "premium", ["gpu"] = "", ["expanso.io/site"] = "plant-a" };

    [Theory]
    [InlineData("region=us-east", true)]
    [InlineData("region==us-east", true)]
    [InlineData(" region = us-east ", true)]
    [InlineData("region=eu", false)]
    [InlineData("region!=eu", true)]
    [InlineData("region!=us-east", false)]
    [InlineData("missing!=eu", true)]
    [InlineData("missing=eu", false)]
    [InlineData("tier in (premium,standard)", true)]
    [InlineData("tier in ( basic , standard )", false)]
    [InlineData("tier IN (premium)", true)]
    [InlineData("missing in (a)", false)]
    [InlineData("tier notin (premium)", false)]
    [InlineData("tier notin (basic)", true)]
    [InlineData("missing notin (a)", true)]
    [InlineData("gpu", true)]
    [InlineData("gpu=", true)]
    [InlineData("missing", false)]
    [InlineData("!gpu", false)]
    [InlineData("! missing", true)]
    [InlineData("expanso.io/site=plant-a", true)]
    public void Matches_DocumentedForms_FollowTheLabels(string text, bool expected)
    {
        Assert.True(LabelExpression.TryParse(text, out var expression, out var problem), problem);
        Assert.Equal(expected, expression.Matches(Labels.GetValueOrDefault));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("=a")]
    [InlineData("!=a")]
    [InlineData("!")]
    [InlineData("tier in (a")]
    [InlineData("tier in ()")]
    [InlineData("tier of (a)")]
    [InlineData("in (a)")]
    [InlineData("two words")]
    public void TryParse_NoExpression_SaysWhy(string text)
    {
        Assert.False(LabelExpression.TryParse(text, out var expression, out var problem));
        Assert.Null(expression);
        Assert.NotEmpty(problem);
    }
}
