using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Components.Pages.Executions;

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
    public void ToString_NothingSet_IsBare() => Assert.Equal("executions", ExecutionListUrl.For(ExecutionQuery.All));

    [Theory]
    [InlineData("state=failed&label=region%3Deu-west", "failed, region=eu-west")]
    [InlineData("of=current&drift=yes&q=disk", "current, not in desired state, text disk")]
    [InlineData("sort=node", "sorted by node")]
    [InlineData("cols=id,node", "other columns")]
    public void Describe_OfAView_SaysWhatItShows(string query, string words) => Assert.Equal(words, ExecutionListUrl.Parse("?" + query).Describe(new FleetStore()));

    [Theory]
    [InlineData("cols=nonsense,42")]
    [InlineData("cols=")]
    [InlineData("open")]
    public void Parse_Nonsense_IsTheDefault(string query) => Assert.Equal(ExecutionColumns.Default, ExecutionListUrl.Parse("executions?" + query).Columns);
}
