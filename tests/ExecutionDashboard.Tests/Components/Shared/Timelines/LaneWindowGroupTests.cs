using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using static ExecutionDashboard.Tests.Components.Shared.Timelines.LaneMaker;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

public sealed class LaneWindowGroupTests : LaneWindowTest
{
    [Fact]
    public async Task Heads_FoldedGroup_SaysHowItsNodesStand_AndIsNotAskedFor()
    {
        Grouped(FoldedGroups.None.Toggle("connected"));
        var update = Window.Heads()!;
        await Window.LoadAsync(default);

        var group = Assert.Single(update.Groups!);
        Assert.True(group.Folded);
        Assert.Equal([("running", 1_000)], Counts(group, update));
        Assert.Equal((1, 1_000), (update.Rows, update.Heads![3]));
        Assert.Empty(Asked);
    }

    [Fact]
    public void Summaries_NodesMoved_AreToldEveryFewSecondsAtMost()
    {
        Grouped(FoldedGroups.All);
        var words = Window.Heads()!;
        Assert.Null(Window.Summaries());
        Changed("n0105-a", "n0105");
        Assert.Null(Window.Summaries());

        Time.Advance(TimeSpan.FromSeconds(4));
        var update = Window.Summaries()!;
        Assert.Equal([("degraded", 1), ("running", 999)], Counts(Assert.Single(update.Groups!), words, update));
        Time.Advance(TimeSpan.FromSeconds(4));
        Changed("n0105-a", "n0105");
        Assert.Null(Window.Summaries());
    }

    private void Grouped(FoldedGroups folded)
    {
        Window.Show(LaneOrder.Folded(LaneOrder.Of(Replica.Store, ExecutionQuery.All, LaneOrder.ByConnection, LaneSort.Name, new Dictionary<string, int>()), folded), ExecutionQuery.All);
        Window.See(0, 19, At(-60), At(0));
    }

    private static IEnumerable<(string, int)> Counts(GroupWire group, params TimelineUpdate[] told)
    {
        string[] words = [.. told.SelectMany(u => u.Words ?? [])];
        return group.States.Chunk(2).Select(s => (words[s[0]], s[1]));
    }
}
