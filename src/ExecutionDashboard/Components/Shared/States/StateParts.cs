using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Components.Shared.States;

/// <summary>Counts by state in display order: finished states first, urgent ones last.</summary>
public static class StateParts
{
    private static readonly ExecutionState[] Ordered =
    [
        ExecutionState.Of(KnownExecutionState.Completed), ExecutionState.Of(KnownExecutionState.Running), ExecutionState.Of(KnownExecutionState.Validating),
        ExecutionState.Of(KnownExecutionState.Starting), ExecutionState.Of(KnownExecutionState.Pending), ExecutionState.Of(KnownExecutionState.Stopping),
        ExecutionState.Of(KnownExecutionState.Stopped), ExecutionState.Of(KnownExecutionState.Degraded), ExecutionState.Of(KnownExecutionState.Failed),
        ExecutionState.Of(KnownExecutionState.Lost),
    ];

    /// <summary>The states with executions, in order.</summary>
    public static IReadOnlyList<(ExecutionState State, int Count)> Of(StateCounts counts) =>
        [.. Ordered.Select(s => (s, counts[s.Known])).Where(p => p.Item2 > 0), .. counts.Other.Select(o => (ExecutionState.Parse(o.Key), o.Value))];

    /// <summary>The same for a map of counts.</summary>
    public static IReadOnlyList<(ExecutionState State, int Count)> Of(IReadOnlyDictionary<ExecutionState, int> tally) =>
        [.. tally.OrderBy(t => Array.IndexOf(Ordered, t.Key) is var place and >= 0 ? place : Ordered.Length).ThenBy(t => t.Key.Name, StringComparer.Ordinal).Select(t => (t.Key, t.Value))];

    /// <summary>The counts as text; empty without any.</summary>
    public static string Words(IEnumerable<(ExecutionState State, int Count)> parts) => string.Join(", ", parts.Select(p => $"{Format.Count(p.Count)} {StateStyle.Word(p.State)}"));
}
