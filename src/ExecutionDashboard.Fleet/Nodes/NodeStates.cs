using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>Derives the state of a node from its executions.</summary>
internal static class NodeStates
{
    // Most urgent first.
    private static readonly KnownExecutionState[] Order =
    [
        KnownExecutionState.Failed, KnownExecutionState.Lost, KnownExecutionState.Degraded, KnownExecutionState.Other, KnownExecutionState.Stopping,
        KnownExecutionState.Validating, KnownExecutionState.Starting, KnownExecutionState.Pending, KnownExecutionState.Running, KnownExecutionState.Completed,
        KnownExecutionState.Stopped,
    ];

    private static readonly int[] Ranks = MakeRanks();

    /// <summary>Order of a state, 0 for the worst; the empty state (no executions) is last.</summary>
    public static int Rank(ExecutionState state) => state.IsNone ? Order.Length : Ranks[(int)state.Known];

    /// <summary>All states, worst first; the empty state last.</summary>
    public static IReadOnlyList<ExecutionState> WorstFirst { get; } = [.. Order.Where(s => s != KnownExecutionState.Other).Select(ExecutionState.Of), default];

    /// <summary>The worst state of the current executions; the empty state without any.</summary>
    public static ExecutionState Worst(Group node, StateTable states)
    {
        ExecutionState worst = default;
        var tally = node.Tally;
        for (var state = 1; state < tally.States; state++)
            if (tally.InState(state, ExecutionScope.Current) > 0 && Rank(states[state]) < Rank(worst)) worst = states[state];
        return worst;
    }

    /// <summary>Version of a job on a node, by its newest execution; 0 without one.</summary>
    public static int VersionOn(Group node, int job, ExecutionTable table) =>
        table.NewestOf(job, node.Number) is >= 0 and var row ? Math.Max(1, table.JobVersion[row]) : 0;

    private static int[] MakeRanks()
    {
        var ranks = new int[Order.Length];
        for (var i = 0; i < Order.Length; i++) ranks[(int)Order[i]] = i;
        return ranks;
    }
}
