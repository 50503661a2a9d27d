namespace ExecutionDashboard.Fleet;

/// <summary>A state with the server's message and details (<c>{state_type, message, details}</c>).</summary>
/// <param name="State">The state.</param>
/// <param name="Message">The message; empty when not sent.</param>
/// <param name="Details">Details by name; null when not sent.</param>
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
