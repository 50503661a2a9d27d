namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>Data of a page that is loading, loaded, or failed; after a failure the last value is kept.</summary>
/// <typeparam name="T">The data.</typeparam>
/// <param name="Value">The last value.</param>
/// <param name="IsLoading">Whether it is loading.</param>
/// <param name="Problem">Why the last attempt failed, as a sentence; null after a success.</param>
public sealed record Loaded<T>(T? Value = default, bool IsLoading = false, string? Problem = null) where T : class
{
    /// <summary>Not requested yet.</summary>
    public static Loaded<T> None { get; } = new();

    /// <summary>The same while loading.</summary>
    public Loaded<T> Loading() => this with { IsLoading = true };

    /// <summary>The new value.</summary>
    public Loaded<T> With(T value) => new(value);

    /// <summary>The failure, with the last value.</summary>
    public Loaded<T> Failed(string problem) => new(Value, false, problem);
}
