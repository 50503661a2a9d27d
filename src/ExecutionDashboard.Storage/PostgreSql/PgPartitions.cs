namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>How changes are cut into partitions, which the retention drops as a whole.</summary>
/// <param name="Least">Least changes of one: a quiet fleet has few.</param>
/// <param name="Most">Most changes of one.</param>
/// <param name="Span">How long one should last, by the pace of the one before.</param>
internal sealed record PgPartitions(long Least, long Most, TimeSpan Span)
{
    /// <summary>A day, from a hundred thousand to ten million changes.</summary>
    public static PgPartitions Default { get; } = new(100_000, 10_000_000, TimeSpan.FromDays(1));

    /// <summary>How many changes the next one takes.</summary>
    /// <param name="changes">Changes of the one before; 0 without one.</param>
    /// <param name="time">How long that lasted.</param>
    public long SizeAfter(long changes, TimeSpan time) => changes == 0 ? Least : (long)Math.Clamp(changes * (Span / Max(time, TimeSpan.FromSeconds(1))), Least, Most);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
