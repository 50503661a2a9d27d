namespace ExecutionDashboard.Components.Shared.Times;

/// <summary>What a typed text means, or why it means nothing.</summary>
/// <typeparam name="T">A moment or a range.</typeparam>
/// <param name="Value">The meaning; the default where there is none.</param>
/// <param name="Problem">Why it cannot be read, one line; empty when it can.</param>
/// <param name="Choices">Texts that can be read instead, for a time that comes twice: the earlier one first.</param>
public sealed record TimeReading<T>(T? Value, string Problem, IReadOnlyList<string> Choices)
{
    /// <summary>Whether it could be read.</summary>
    public bool IsRead => Problem.Length == 0;
}
