using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>The past of executions that were there from the start: worked out when asked for, because a million of them would not fit.</summary>
internal static class History
{
    /// <summary>Sequence numbers kept free for the past of one execution.</summary>
    public const int PastSteps = 8;

    /// <summary>All events of an execution, oldest first.</summary>
    public static IReadOnlyList<HistoryEntry> Of(SimExecution execution) => execution.History ?? PastOf(execution);

    /// <summary>The steps by which an execution came to where it is.</summary>
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
