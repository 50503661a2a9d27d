namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>What a page asked for: on its way, here, or failed; after a failure the last good value stays.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The last good value.</param>
/// <param name="IsLoading">An answer is on its way.</param>
/// <param name="Problem">Why the last try failed, for people; null when it did not.</param>
public sealed record Loaded<T>(T? Value = default, bool IsLoading = false, string? Problem = null) where T : class
{
    /// <summary>Nothing asked for yet.</summary>
    public static Loaded<T> None { get; } = new();

    /// <summary>The same while a new answer is awaited.</summary>
    public Loaded<T> Loading() => this with { IsLoading = true };

    /// <summary>The new value.</summary>
    public Loaded<T> With(T value) => new(value);

    /// <summary>The failure, over the last good value.</summary>
    public Loaded<T> Failed(string problem) => new(Value, false, problem);
}
