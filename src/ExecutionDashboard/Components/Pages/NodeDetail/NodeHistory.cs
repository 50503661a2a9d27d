using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Pages.NodeDetail;

/// <summary>What runs on a node now, and what ran there before.</summary>
/// <param name="Now">Executions that have not ended, and those that failed or were lost and were not replaced; last changed first.</param>
/// <param name="NowTotal">How many have not ended, those that are not listed included.</param>
/// <param name="Before">Executions that ended, last changed first.</param>
/// <param name="BeforeTotal">How many have ended.</param>
public sealed record NodeHistory(IReadOnlyList<Execution> Now, int NowTotal, IReadOnlyList<Execution> Before, int BeforeTotal)
{
    private const int MostNow = 100, MostBefore = 25;

    private static readonly ExecutionState[] Ended = [.. ExecutionState.All.Where(s => s.IsTerminal)];
    private static readonly ExecutionState[] Going = [.. ExecutionState.All.Where(s => !s.IsTerminal)];

    /// <summary>Nothing is known to have run.</summary>
    public static NodeHistory None { get; } = new([], 0, [], 0);

    /// <summary>What a store knows of a node.</summary>
    public static NodeHistory Of(string nodeId, FleetStore store)
    {
        var others = store.CountsOfNode(nodeId, ExecutionScope.All).Other.Keys.Select(ExecutionState.Parse);
        var going = Page([.. Going, .. others], MostNow);
        var ended = Page(Ended, MostBefore);
        var open = ended.Items.Where(IsOpenEnd).ToArray();
        return new(
            [.. going.Items.Concat(open).OrderByDescending(e => e.UpdatedAt)], going.Total + open.Length,
            [.. ended.Items.Where(e => !IsOpenEnd(e))], ended.Total - open.Length);

        ExecutionPage Page(IReadOnlyList<ExecutionState> states, int most) => store.Page(new ExecutionQuery { Nodes = [nodeId], States = states }, most);
    }

    /// <summary>How many executions of the same version an execution followed, one after the other: how often it was started anew.</summary>
    public static int Restarts(Execution execution, FleetStore store)
    {
        if (execution.PreviousId.Length == 0) return 0;
        var chain = store.Chain(execution.Id);
        var at = chain.Count - 1;
        while (at >= 0 && chain[at].Id != execution.Id) at--;
        var restarts = 0;
        while (--at >= 0 && chain[at].JobVersion == execution.JobVersion) restarts++;
        return restarts;
    }

    private static bool IsOpenEnd(Execution execution) =>
        execution.NextId.Length == 0 && execution.Actual.State.Known is KnownExecutionState.Failed or KnownExecutionState.Lost;
}
