namespace ExecutionDashboard.Fleet.Changes;

/// <summary>What changes are grouped by: <c>job</c>, <c>cause</c> or <c>label:</c> and the key of a node's label.</summary>
/// <param name="Name">As an address has it.</param>
public readonly record struct ChangeGrouping(string Name)
{
    private const string LabelPrefix = "label:";
    private const int LongestKey = 200;

    /// <summary>By job.</summary>
    public static ChangeGrouping Job { get; } = new("job");

    /// <summary>By error code or message.</summary>
    public static ChangeGrouping Cause { get; } = new("cause");

    /// <summary>By the value of a node's label.</summary>
    public static ChangeGrouping Label(string key) => new(LabelPrefix + key);

    /// <summary>The label; empty for another grouping.</summary>
    public string LabelKey => Name.StartsWith(LabelPrefix, StringComparison.Ordinal) ? Name[LabelPrefix.Length..] : "";

    /// <summary>Reads a name; null when it is none. Nothing is by job.</summary>
    public static ChangeGrouping? Parse(string? name) => name switch
    {
        null or "" or "job" => Job,
        "cause" => Cause,
        _ when name.StartsWith(LabelPrefix, StringComparison.Ordinal) && name.Length > LabelPrefix.Length && name.Length <= LongestKey => new(name),
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
