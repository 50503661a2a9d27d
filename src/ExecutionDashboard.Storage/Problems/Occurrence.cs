using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Storage.Problems;

/// <summary>One time that a problem was open. Immutable.</summary>
/// <param name="Key">Its key in the log.</param>
/// <param name="Record">The problem with what people said of it.</param>
/// <param name="AcknowledgedAt">How much it weighed when it was acknowledged.</param>
internal sealed record Occurrence(long Key, ProblemRecord Record, ProblemWeight AcknowledgedAt = default)
{
    /// <summary>The problem as it was last reported.</summary>
    public Problem Problem => Record.Problem;

    /// <summary>The problem's id.</summary>
    public string Id => Record.Problem.Id;

    /// <summary>It is not resolved.</summary>
    public bool IsOpen => Record.ResolvedAt is null;
}
