using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Components;

public sealed class ExecutionListUrlTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("exec-1", "", "id,state")]
    [InlineData("a/b?c&d=e f+%", "raw", "state,node,hint")]
    public void Parse_OfToString_IsTheSame(string open, string tab, string columns)
    {
        var url = new ExecutionListUrl(
            new ExecutionQuery { States = [ExecutionState.Parse("failed")], Text = "a b&c", Sort = ExecutionSort.Node, Ascending = true },
            ExecutionColumns.Parse(columns), open, tab);

        Assert.Equal(url, ExecutionListUrl.Parse("https://host/" + url));
    }

    [Fact]
    public void ToString_NothingSet_IsNotBare() => Assert.Equal("executions?sort=-updated", ExecutionListUrl.For(ExecutionQuery.All));

    [Theory]
    [InlineData("cols=nonsense,42")]
    [InlineData("cols=")]
    [InlineData("open")]
    public void Parse_Nonsense_IsTheDefault(string query) => Assert.Equal(ExecutionColumns.Default, ExecutionListUrl.Parse("executions?" + query).Columns);
}
