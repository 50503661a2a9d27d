using CsCheck;
using ExecutionDashboard.Components.Pages.Deployments;

namespace ExecutionDashboard.Tests.Components.Pages.Deployments;

public sealed class DeploymentQueryTests
{
    [Fact]
    public void Parse_OfToString_IsTheSame()
    {
        var text = Gen.String[Gen.Char[" aZ09&=?%+#,/äß😀"[0..15]], 0, 8];
        var query = Gen.Select(text.Array[0, 3], text.Array[0, 3], text.Array[0, 2], Gen.Bool, text,
            (states, strategies, jobs, waiting, q) => new DeploymentQuery { States = states, Strategies = strategies, Jobs = jobs, Waiting = waiting, Text = q });

        query.Sample(q => Assert.Equal(q, DeploymentQuery.Parse("https://host/" + q)), iter: 500);
    }

    [Theory]
    [InlineData("deployments")]
    [InlineData("deployments?")]
    [InlineData("deployments?nonsense&waiting=perhaps&sort=x")]
    public void Parse_NothingKnown_IsUnfiltered(string url) => Assert.True(DeploymentQuery.Parse(url).IsUnfiltered);
}
