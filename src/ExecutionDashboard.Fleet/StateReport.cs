namespace ExecutionDashboard.Fleet;

/// <summary>A state with what the server says about it (<c>{state_type, message, details}</c>).</summary>
/// <param name="State">The state.</param>
/// <param name="Message">A line for people; empty when none was sent.</param>
/// <param name="Details">More about the state, by name; null when none was sent.</param>
public sealed record StateReport(ExecutionState State, string Message = "", IReadOnlyDictionary<string, string>? Details = null)
{
    /// <summary>Nothing was sent.</summary>
    public static StateReport None { get; } = new(default(ExecutionState));

    /// <summary>Equal when state, message and the entries of the details are.</summary>
    public bool Equals(StateReport? other) =>
        other is not null && State == other.State && Message == other.Message && Texts.Same(Details, other.Details);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(State, Message, Details?.Count ?? 0);
}
