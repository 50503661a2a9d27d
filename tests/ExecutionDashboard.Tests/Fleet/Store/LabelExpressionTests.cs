using CsCheck;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store;

public class LabelExpressionTests
{
    private static readonly string[] Signs = ["=", "==", "!=", " in ", " notin ", ""];

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

    [Fact]
    public void Negated_OfAnyExpression_MatchesExactlyWhenItDoesNot() =>
        Gen.Select(Gen.Int[0, Signs.Length - 1].Select(i => Signs[i]), Gen.Char["ab=!"].Array[0, 4], Gen.Char["ab=!"].Array[0, 4], Gen.Bool, Gen.Bool).Sample((sign, wanted, there, isThere, isMissing) =>
        {
            var value = new string(wanted);
            var text = sign.Length == 0 ? (isMissing ? "!k" : "k") : sign.StartsWith(' ') ? $"k{sign}({new string([.. wanted.Where(char.IsLetter)])},b)" : "k" + sign + value;
            Assert.True(LabelExpression.TryParse(text, out var expression, out var problem), problem);
            Assert.True(LabelExpression.TryParse(expression.Negated, out var negated, out problem), problem);
            foreach (var label in (string?[])[isThere ? new string(there) : null, value, "=" + value, "b"])
                Assert.NotEqual(expression.Matches(_ => label), negated.Matches(_ => label));
        }, iter: 500);
}
