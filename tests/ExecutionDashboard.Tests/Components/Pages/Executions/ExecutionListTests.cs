using Bunit;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Pages.Executions;

/// <summary>How a viewer's list reacts to changes that are not on its screen.</summary>
public sealed class ExecutionListTests
{
    [Fact]
    public async Task Check_WhatIsNotInTheList_IsNotTaken()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.Rows(0, 2);

        for (var i = 0; i < 6_000; i++) Assert.False(list.Check(new string((char)('a' + i % 26), 31_000) + i, 1_000));
        Assert.False(list.Check(null, 1_000));
        Assert.False(list.Check("", 1_000));
        Assert.Empty(list.Checked);
        Assert.True(list.Check("exec-9", 1_000));
        Assert.False(list.Check("exec-9", 1_000));
    }

    [Fact]
    public async Task Check_FullSelection_TakesNoMoreAndStillLetsGo()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        Assert.Equal(3, list.CheckAll(3));
        var free = Enumerable.Range(0, 10).Select(i => $"exec-{i}").First(id => !list.Checked.Contains(id));

        Assert.False(list.Check(free, 3));
        Assert.False(list.Check(list.Checked.First(), 3));
        Assert.True(list.Check(free, 3));
        Assert.Equal(3, list.CheckAll(3));
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(int.MaxValue)]
    public async Task PointAt_OutsideOfTheList_StaysWhereItIs(int index)
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.PointAt(3);

        list.PointAt(index);

        Assert.Equal(3, list.Cursor);
        Assert.NotNull(list.AtCursor());
    }

    [Fact]
    public async Task Follow_ARowOffScreenChangesItsState_MovesTheCounts()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.Rows(0, 2);
        Assert.Equal(ListMove.None, list.Follow());

        rig.Follow(null, PageRig.Execution("exec-9", KnownExecutionState.Failed, node: "node-9"));

        Assert.Equal(ListMove.Counts, list.Follow());
        Assert.Equal(1, list.Counts![KnownExecutionState.Failed]);
        Assert.Equal(9, list.Counts[KnownExecutionState.Running]);
        Assert.Equal(ListMove.None, list.Follow());
    }

    [Fact]
    public async Task Follow_ARowOffScreenSaysSomethingElseInItsState_MovesNothing()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.Rows(0, 2);

        rig.Follow(null, FleetChange.Of(PageRig.Execution("exec-9", node: "node-9").Execution! with { Revision = 7 }));

        Assert.Equal(ListMove.None, list.Follow());
    }

    [Fact]
    public async Task Follow_Paused_KeepsTheCounts()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.Pause(true);

        rig.Follow(null, PageRig.Execution("exec-9", KnownExecutionState.Failed, node: "node-9"));

        Assert.Equal(ListMove.None, list.Follow());
        Assert.Equal(10, list.Counts![KnownExecutionState.Running]);
        list.Pause(false);
        Assert.NotEqual(ListMove.None, list.Follow());
        Assert.Equal(9, list.Counts![KnownExecutionState.Running]);
    }

    [Fact]
    public async Task Page_ARowOffScreenChangesItsState_CountsItInItsStrip()
    {
        await using var rig = Rig();
        rig.Render<MudBlazor.MudPopoverProvider>();
        var page = rig.Render<ExecutionsPage>();
        rig.Time.Advance(LiveSignals.Interval);

        rig.Follow(null, PageRig.Execution("exec-9", KnownExecutionState.Failed, node: "node-9"));
        rig.Time.Advance(LiveSignals.Interval);

        page.WaitForAssertion(() => Assert.Equal("1", page.Find(".state-toggle.st-failed b").TextContent));
    }

    [Theory]
    [InlineData(2, 5, "2 3 4 5")]
    [InlineData(5, 2, "2 3 4 5")]
    [InlineData(4, 4, "4")]
    public async Task CheckTo_FromTheLastOne_ChecksAllBetweenWhicheverComesFirst(int from, int to, string expected)
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.Check($"exec-{from}", 1_000, from);

        if (from != to) Assert.True(list.CheckTo(to, $"exec-{to}", 1_000));

        Assert.Equal(expected, string.Join(' ', list.Checked.Order().Select(id => id["exec-".Length..])));
    }

    [Fact]
    public async Task CheckTo_AfterOneWasUnchecked_UnchecksAllBetween()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.CheckAll(1_000);
        list.Check("exec-7", 1_000, 7);

        Assert.False(list.CheckTo(3, "exec-3", 1_000));

        Assert.Equal(["exec-0", "exec-1", "exec-2", "exec-8", "exec-9"], list.Checked.Order());
    }

    [Fact]
    public async Task CheckTo_MoreThanMayBeChecked_StopsCountedFromTheFirst()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.Check("exec-8", 3, 8);

        Assert.False(list.CheckTo(1, "exec-1", 3));

        Assert.Equal(["exec-6", "exec-7", "exec-8"], list.Checked.Order());
    }

    [Theory]
    [InlineData(-4, "exec-4")]
    [InlineData(4, "exec-5")]
    [InlineData(99, "exec-4")]
    [InlineData(4, null)]
    public async Task CheckTo_RowThatIsNotThere_ChecksNothing(int index, string? id)
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.Check("exec-0", 1_000, 0);

        Assert.False(list.CheckTo(index, id, 1_000));

        Assert.Equal(["exec-0"], list.Checked);
    }

    [Fact]
    public async Task Counts_UnderASearch_AreThoseOfWhatItFindsWhateverTheState()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, [
            FleetChange.Of(PageRig.Spec), PageRig.Execution("exec-1", KnownExecutionState.Failed, node: "node-1"), PageRig.Execution("exec-2", node: "node-1"),
            PageRig.Execution("exec-3", node: "node-2")]);
        var list = ListOf(rig);

        list.Show(new ExecutionQuery { Text = "node-1", States = [ExecutionState.Of(KnownExecutionState.Failed)] });

        Assert.Equal((1, 1, 1), (list.Count, list.Counts[KnownExecutionState.Failed], list.Counts[KnownExecutionState.Running]));
    }

    private static PageRig Rig()
    {
        var rig = new PageRig();
        rig.Load(PageRig.Good, [FleetChange.Of(PageRig.Spec), .. Enumerable.Range(0, 10).Select(i => PageRig.Execution($"exec-{i}", node: $"node-{i}"))]);
        return rig;
    }

    private static ExecutionList ListOf(PageRig rig)
    {
        var list = new ExecutionList(rig.Replica, rig.Services.GetRequiredService<OperationLog>(), rig.Services.GetRequiredService<FilteredCounts>(), rig.Time);
        list.Show(new ExecutionQuery { Sort = ExecutionSort.Id, Ascending = true });
        return list;
    }
}
