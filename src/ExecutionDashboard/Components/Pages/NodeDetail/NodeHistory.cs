using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.NodeDetail;

/// <summary>What runs on a node now, and what ran there earlier.</summary>
/// <param name="Now">Current executions that have not ended, failed or are lost; last changed first.</param>
/// <param name="NowTotal">Number of current executions, including those not listed.</param>
/// <param name="Before">Executions that were replaced, completed or stopped; last changed first.</param>
/// <param name="BeforeTotal">Number of earlier executions.</param>
public sealed record NodeHistory(IReadOnlyList<Execution> Now, int NowTotal, IReadOnlyList<Execution> Before, int BeforeTotal)
{
    private const int MostNow = 100, MostBefore = 25;

    private static readonly ExecutionState[] Done = [ExecutionState.Of(KnownExecutionState.Completed), ExecutionState.Of(KnownExecutionState.Stopped)];

    /// <summary>No executions.</summary>
    public static NodeHistory None { get; } = new([], 0, [], 0);

    /// <summary>Computes it for a node.</summary>
    public static NodeHistory Of(string nodeId, FleetStore store)
    {
        var others = store.CountsOfNode(nodeId, ExecutionScope.Current).Other.Keys.Select(ExecutionState.Parse);
        var now = Page(ExecutionScope.Current, [.. ExecutionState.All.Except(Done), .. others], MostNow);
        var done = Page(ExecutionScope.Current, Done, MostBefore);
        var replaced = Page(ExecutionScope.Replaced, [], MostBefore);
        return new(now.Items, now.Total, [.. done.Items.Concat(replaced.Items).OrderByDescending(e => e.UpdatedAt).Take(MostBefore)], done.Total + replaced.Total);

        ExecutionQueryPage Page(ExecutionScope scope, IReadOnlyList<ExecutionState> states, int most) =>
            store.Page(new ExecutionQuery { Scope = scope, Nodes = [nodeId], States = states }, most);
    }

    /// <summary>Number of consecutive predecessors with the same version: how often the execution was restarted.</summary>
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
}
