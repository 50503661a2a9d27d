namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>Fields that few executions have and many share: the maps, and the message of the desired state.</summary>
internal sealed record ExecutionNotes(
    IReadOnlyDictionary<string, string>? Details, IReadOnlyDictionary<string, string>? ActualDetails,
    IReadOnlyDictionary<string, string>? DesiredDetails, string DesiredMessage)
{
    public static ExecutionNotes None { get; } = new(null, null, null, "");

    public static ExecutionNotes Of(Execution execution)
    {
        var (details, actual, desired) = (Filled(execution.Details), Filled(execution.Actual.Details), Filled(execution.Desired.Details));
        return details is null && actual is null && desired is null && execution.Desired.Message.Length == 0
            ? None : new(details, actual, desired, execution.Desired.Message);
    }

    /// <summary>Whether an execution has these values.</summary>
    public bool AreOf(Execution execution) =>
        DesiredMessage == execution.Desired.Message && Texts.Same(Details, execution.Details)
        && Texts.Same(ActualDetails, execution.Actual.Details) && Texts.Same(DesiredDetails, execution.Desired.Details);

    public bool Equals(ExecutionNotes? other) =>
        other is not null && DesiredMessage == other.DesiredMessage && Texts.Same(Details, other.Details)
        && Texts.Same(ActualDetails, other.ActualDetails) && Texts.Same(DesiredDetails, other.DesiredDetails);

    public override int GetHashCode() => HashCode.Combine(DesiredMessage, Texts.Hash(Details), Texts.Hash(ActualDetails), Texts.Hash(DesiredDetails));

    private static IReadOnlyDictionary<string, string>? Filled(IReadOnlyDictionary<string, string>? map) => map is { Count: > 0 } ? map : null;
}
