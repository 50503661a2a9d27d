using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Pages.ExecutionDetail;

/// <summary>A period in one state.</summary>
/// <param name="State">The state.</param>
/// <param name="At">Its start.</param>
/// <param name="Duration">Its duration; null for the current state.</param>
/// <param name="Message">The server's message, of the last change in this state.</param>
/// <param name="ErrorCode">Error code; empty without one.</param>
/// <param name="Origin">Where it is known from, unless the feed saw it.</param>
/// <param name="Weight">Share of a bar: short periods stay visible, and long ones do not displace the others.</param>
public sealed record TimelineStep(
    ExecutionState State, DateTimeOffset At, TimeSpan? Duration, string Message, string ErrorCode, string Origin, double Weight);

/// <summary>Derives the periods of an execution from its changes.</summary>
public static class TimelineSteps
{
    /// <summary>The periods, oldest first. Changes without another state belong to the current period; decreasing times give periods without duration.</summary>
    public static IReadOnlyList<TimelineStep> Of(IReadOnlyList<StateChange> changes, Execution execution)
    {
        var steps = new List<TimelineStep>();
        foreach (var change in changes.Where(c => c.To.Length > 0))
        {
            var state = ExecutionState.Parse(change.To);
            if (steps.Count > 0 && steps[^1].State == state)
            {
                if (change.Message.Length > 0) steps[^1] = steps[^1] with { Message = change.Message, ErrorCode = change.ErrorCode };
                continue;
            }
            if (steps.Count > 0) steps[^1] = Ended(steps[^1], change.At);
            steps.Add(new(state, change.At, null, change.Message, change.ErrorCode, Origin(change.Source), 0));
        }
        if (steps.Count == 0) return steps;
        var present = execution.UpdatedAt is { } updated && updated > steps[^1].At ? updated - steps[^1].At : TimeSpan.FromSeconds(1);
        return [.. steps.Select(s => s with { Weight = Math.Log10(10 + Math.Max(0, (s.Duration ?? present).TotalSeconds)) })];
    }

    private static TimelineStep Ended(TimelineStep step, DateTimeOffset at) => step with { Duration = at > step.At ? at - step.At : TimeSpan.Zero };

    private static string Origin(ChangeSource source) => source switch
    {
        ChangeSource.History => "from the server's history",
        ChangeSource.Derived => "worked out from its times",
        _ => "",
    };
}
