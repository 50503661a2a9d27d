using CsCheck;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet.UserData;

namespace ExecutionDashboard.Tests.Components.Shared.Views;

/// <summary>A list's address with the view that it came from, and columns with their order and widths.</summary>
public sealed class ViewAddressTests
{
    [Theory]
    [InlineData("executions?state=failed", "executions", "executions?state=failed")]
    [InlineData("executions?state=failed", "executions?saved=ab", "executions?state=failed&saved=ab")]
    [InlineData("executions", "executions?state=failed&density=compact&saved=ab", "executions?density=compact&saved=ab")]
    [InlineData("executions?saved=cd", "executions?saved=ab", "executions?saved=cd")]
    [InlineData("nodes?state=failed", "executions?saved=ab", "nodes?state=failed")]
    [InlineData("executions?state=failed", "executions?density=huge&saved=a%26b", "executions?state=failed&saved=a%26b")]
    public void Keep_NextAddress_HasTheViewWhileThePageIsTheSame(string next, string current, string wanted) => Assert.Equal(wanted, ViewAddress.Keep(next, current));

    [Fact]
    public void Of_View_IsItsQueryAndItself()
    {
        var view = new SavedView { Id = "ab", Page = "executions", Name = "n", Query = "state=failed&density=compact", Owner = "user:1" };

        Assert.Equal("executions?state=failed&density=compact&saved=ab", ViewAddress.Of(view));
        Assert.Equal("state=failed&density=compact", ViewAddress.QueryOf(ExecutionListUrl.Parse(ViewAddress.Of(view)).ToString(), ViewAddress.DensityIn(ViewAddress.Of(view))));
        Assert.Equal("executions?saved=ab", ViewAddress.Of(view with { Query = "" }));
        Assert.Equal("views/ab", ViewAddress.LinkTo(view));
    }

    [Theory]
    [InlineData("state=failed", "executions?state=failed", "")]
    [InlineData("state=failed&colour=red%20one", "executions?state=failed", "colour=red one")]
    [InlineData("q=x&density=compact", "executions?q=x", "")]
    [InlineData("node=edge-1", "executions?filter=node%3Aedge-1", "")]
    [InlineData("gone=1", "executions", "gone=1")]
    public void Unread_PartsThatThePageNoLongerWrites_AreNamed(string kept, string own, string unread) => Assert.Equal(unread, string.Join('|', ViewAddress.Unread(kept, own)));

    [Fact]
    public void Columns_AnyOrderAndWidths_ComeBackFromTheAddress()
    {
        var columns = Gen.Shuffle(ExecutionColumns.All.ToArray()).Select(Gen.Int[1, ExecutionColumns.All.Count], (all, count) => all.Take(count).ToArray());
        Gen.Select(columns, Gen.Int[ColumnText.Narrowest, ColumnText.Widest].Array[0, 3]).Sample((shown, widths) =>
        {
            var sized = shown.Zip(widths).ToDictionary(pair => pair.First, pair => pair.Second);
            var url = new ExecutionListUrl(new(), shown) { Widths = sized };

            var back = ExecutionListUrl.Parse(url.ToString());

            Assert.Equal(shown, back.Columns);
            Assert.Equal(sized.OrderBy(w => w.Key), back.Widths.OrderBy(w => w.Key));
            Assert.Equal(url, back);
        }, iter: 100);
    }

    [Theory]
    [InlineData("job.240,state", "job.240,state")]
    [InlineData("job.9999,state.1,job.50", "job.1200,state.40")]
    [InlineData("job.-5,3,state.x", "job,state")]
    [InlineData("nonsense.50", null)]
    public void Columns_OddText_IsReadAsFarAsItMakesSense(string text, string? wanted)
    {
        var (columns, widths) = ColumnText.Parse(text, ExecutionColumns.Default);

        Assert.Equal(wanted, ColumnText.ToUrl(columns, widths, ExecutionColumns.Default));
    }

    [Fact]
    public void With_ColumnThatWasHidden_TakesItsUsualPlaceAmongThoseInOrder()
    {
        Assert.Equal([ExecutionColumn.State, ExecutionColumn.Id, ExecutionColumn.Node], ColumnText.With([ExecutionColumn.State, ExecutionColumn.Node], ExecutionColumn.Id));
        Assert.Equal([ExecutionColumn.Id, ExecutionColumn.Node, ExecutionColumn.State], ColumnText.With([ExecutionColumn.Node, ExecutionColumn.State], ExecutionColumn.Id));
    }
}
