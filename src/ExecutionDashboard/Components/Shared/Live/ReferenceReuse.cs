namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>Keeps the previous object when a new result is equal, so that comparing references finds what changed.</summary>
public static class ReferenceReuse
{
    /// <summary>The list, or the previous one if it is equal.</summary>
    public static IReadOnlyList<T> OrBefore<T>(this IReadOnlyList<T> now, IReadOnlyList<T>? before) => before is not null && before.SequenceEqual(now) ? before : now;

    /// <summary>The list in runs of at most <paramref name="length"/>, each the previous one if it is equal.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> InRuns<T>(this IReadOnlyList<T> now, int length, IReadOnlyList<IReadOnlyList<T>>? before)
    {
        IReadOnlyList<IReadOnlyList<T>> runs = [.. now.Chunk(length).Select((run, i) => OrBefore(run, before is not null && i < before.Count ? before[i] : null))];
        return runs.OrBefore(before);
    }
}
