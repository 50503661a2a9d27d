using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>The history of seeded executions, computed on demand, because that of a million would not fit into memory.</summary>
internal static class History
{
    /// <summary>Sequence numbers reserved for the history of one execution.</summary>
    public const int PastSteps = 8;

    /// <summary>All events of an execution, oldest first.</summary>
    public static IReadOnlyList<HistoryEntry> Of(SimExecution execution) => execution.History ?? PastOf(execution);

    /// <summary>The state changes that led to the execution's present state.</summary>
    public static List<HistoryEntry> PastOf(SimExecution execution)
    {
        var entries = new List<HistoryEntry>(PastSteps);
        var at = execution.CreatedAt;
        var last = ActualState.Pending;
        Step(ActualState.Pending, 0, Report.Placed);
        if (execution.Actual == ActualState.Pending) return entries;
        Step(ActualState.Starting, 900, Report.Starting);
        if (execution.Actual is not (ActualState.Starting or ActualState.Failed)) Step(ActualState.Running, 2400, Report.Running);
        if (execution.Actual is ActualState.Stopped) Step(ActualState.Stopping, -1500, Report.Stopping);
        if (execution.Actual != last) Step(execution.Actual, long.MaxValue, execution.Report);
        return entries;

        void Step(ActualState to, long milliseconds, Report report)
        {
            var reached = milliseconds == long.MaxValue ? execution.UpdatedAt
                : milliseconds < 0 ? execution.UpdatedAt + milliseconds * TimeSpan.TicksPerMillisecond
                : at + milliseconds * TimeSpan.TicksPerMillisecond;
            at = Math.Clamp(reached, at, Math.Max(at, execution.UpdatedAt));
            entries.Add(new((long)execution.Ordinal * PastSteps + entries.Count + 1, at, last, to, report));
            last = to;
        }
    }
}
