using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>What the executions of a node make of it.</summary>
internal static class NodeStates
{
    // What needs a person first.
    private static readonly KnownExecutionState[] Order =
    [
        KnownExecutionState.Failed, KnownExecutionState.Lost, KnownExecutionState.Degraded, KnownExecutionState.Other, KnownExecutionState.Stopping,
        KnownExecutionState.Validating, KnownExecutionState.Starting, KnownExecutionState.Pending, KnownExecutionState.Running, KnownExecutionState.Completed,
        KnownExecutionState.Stopped,
    ];

    private static readonly int[] Ranks = MakeRanks();

    /// <summary>The place of a state among all, 0 for the worst; the state without a name, a node without executions, is last.</summary>
    public static int Rank(ExecutionState state) => state.IsNone ? Order.Length : Ranks[(int)state.Known];

    /// <summary>States from the worst on, ending with none.</summary>
    public static IReadOnlyList<ExecutionState> WorstFirst { get; } = [.. Order.Where(s => s != KnownExecutionState.Other).Select(ExecutionState.Of), default];

    /// <summary>The worst state among the current executions; the state without a name when there are none.</summary>
    public static ExecutionState Worst(Group node, StateTable states)
    {
        ExecutionState worst = default;
        var tally = node.Tally;
        for (var state = 1; state < tally.States; state++)
            if (tally.InState(state, ExecutionScope.Current) > 0 && Rank(states[state]) < Rank(worst)) worst = states[state];
        return worst;
    }

    /// <summary>The version of a job that a node has, by the newest execution; 0 when it has none.</summary>
    public static int VersionOn(Group node, int job, ExecutionTable table) =>
        table.NewestOf(job, node.Number) is >= 0 and var row ? Math.Max(1, table.JobVersion[row]) : 0;

    private static int[] MakeRanks()
    {
        var ranks = new int[Order.Length];
        for (var i = 0; i < Order.Length; i++) ranks[(int)Order[i]] = i;
        return ranks;
    }
}
