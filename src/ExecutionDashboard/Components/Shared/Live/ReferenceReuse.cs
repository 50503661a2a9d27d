namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>What was worked out anew and came out the same is the object of before: who compares objects sees that nothing moved.</summary>
public static class ReferenceReuse
{
    /// <summary>The list, or the one of before when it holds the same in the same order.</summary>
    public static IReadOnlyList<T> OrBefore<T>(this IReadOnlyList<T> now, IReadOnlyList<T>? before) => before is not null && before.SequenceEqual(now) ? before : now;

    /// <summary>The list in runs of at most <paramref name="length"/>, each the one of before where it holds the same.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> InRuns<T>(this IReadOnlyList<T> now, int length, IReadOnlyList<IReadOnlyList<T>>? before)
    {
        IReadOnlyList<IReadOnlyList<T>> runs = [.. now.Chunk(length).Select((run, i) => OrBefore(run, before is not null && i < before.Count ? before[i] : null))];
        return runs.OrBefore(before);
    }
}
