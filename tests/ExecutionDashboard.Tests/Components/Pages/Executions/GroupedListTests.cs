using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Pages.Executions;

/// <summary>A viewer's list in groups: what is on which line, while the fleet changes.</summary>
public sealed class GroupedListTests
{
    [Fact]
    public async Task Fold_AGroup_ShowsItsExecutionsUnderIt_AndAgainNone()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        Assert.Equal(["failed 2", "running 4"], Lines(list));

        list.Fold(0);
        Assert.Equal(["failed 2", "b-0", "b-1", "running 4"], Lines(list));
        list.Fold(1);
        Assert.Equal(8, list.Count);
        Assert.Equal(3, list.Cursor);
        list.Fold(0);
        Assert.Equal(["failed 2", "running 4", "a-0", "a-1", "a-2", "a-3"], Lines(list));
    }

    [Fact]
    public async Task Follow_AnExecutionChangesItsGroup_CountsMoveAndNoLineDoes()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.Fold(1);
        Lines(list);
        Assert.Equal(ListMove.None, list.Follow());

        rig.Follow(null, Execution("a-0", KnownExecutionState.Failed), Execution("c-0", KnownExecutionState.Lost));

        Assert.Equal(ListMove.Rows, list.Follow());
        Assert.Equal(["failed 3", "running 3", "a-0", "a-1", "a-2", "a-3"], Lines(list));
        Assert.True(list.HasLeft(list.Rows(2, 1)[0]));
        Assert.Equal(1, list.NewCount);
        list.ShowNew();
        Assert.Equal(["failed 3", "lost 1", "running 3", "a-1", "a-2", "a-3"], Lines(list));
    }

    [Fact]
    public async Task Follow_TheLastExecutionLeavesAGroup_ItsLineStaysWithNone()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        Lines(list);

        rig.Follow(null, FleetChange.Gone(FleetKind.Execution, "b-0"), FleetChange.Gone(FleetKind.Execution, "b-1"));

        Assert.Equal(ListMove.Rows, list.Follow());
        Assert.Equal(["failed 0", "running 4"], Lines(list));
    }

    [Fact]
    public async Task Press_ArrowsAndEnter_WalkTheTree()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        var seen = new List<string>();
        foreach (var key in new[] { "ArrowDown", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft", "End", "Enter", "End", "ArrowLeft", "Home", "ArrowUp", "ArrowLeft" })
        {
            Assert.True(list.Press(key));
            seen.Add($"{list.Cursor}/{list.Count}");
        }
        Assert.Equal(["0/2", "0/4", "1/4", "2/4", "0/4", "0/2", "1/2", "1/6", "5/6", "1/6", "0/6", "0/6", "0/6"], seen);
        list.Press("End");
        // The page opens the execution.
        Assert.False(list.Press("Enter"));
    }

    [Fact]
    public async Task Check_RowsAcrossGroups_TakesExecutionsAndNoHeads()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.Fold(0);
        list.Fold(1);
        Lines(list);

        Assert.True(list.Check("b-1", 100, 2));
        Assert.True(list.CheckTo(5, "a-1", 100));

        Assert.Equal(["a-0", "a-1", "b-1"], list.Checked.Order());
        Assert.Equal(6, list.CheckAll(100));
    }

    [Fact]
    public async Task GroupBy_SomethingElse_FoldsAll_AndNothingIsTheListAgain()
    {
        await using var rig = Rig();
        var list = ListOf(rig);
        list.Fold(1);

        list.GroupBy(new(GroupField.Node));
        list.Show(list.Query);
        Assert.Equal(["node-1 6"], Lines(list));
        list.GroupBy(ExecutionGrouping.None);
        list.Show(list.Query);
        Assert.Equal(6, Lines(list).Count(line => line.Length == 3));
    }

    private static PageRig Rig()
    {
        var rig = new PageRig();
        rig.Load(PageRig.Good, [.. Enumerable.Range(0, 4).Select(i => Execution($"a-{i}", KnownExecutionState.Running)), Execution("b-0", KnownExecutionState.Failed), Execution("b-1", KnownExecutionState.Failed)]);
        return rig;
    }

    private static FleetChange Execution(string id, KnownExecutionState state) => PageRig.Execution(id, state);

    private static ExecutionList ListOf(PageRig rig)
    {
        var list = new ExecutionList(rig.Replica, rig.Services.GetRequiredService<OperationLog>(), rig.Services.GetRequiredService<FilteredCounts>(), rig.Time);
        list.GroupBy(new(GroupField.State));
        list.Show(new ExecutionQuery { Sort = ExecutionSort.Id, Ascending = true });
        return list;
    }

    private static IEnumerable<string> Lines(ExecutionList list) => [.. list.Rows(0, 100).Select(row => row.Head is { } head ? $"{head.Name} {head.Count}" : row.Execution!.Id)];
}
