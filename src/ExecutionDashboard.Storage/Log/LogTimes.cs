namespace ExecutionDashboard.Storage.Log;

/// <summary>Finds points in time in the log.</summary>
internal static class LogTimes
{
    /// <summary>Name in <c>meta</c> of the sequence number up to which the log was pruned.</summary>
    public const string PrunedToName = "pruned_to";

    /// <summary>Name in <c>meta</c> of the number of changes removed.</summary>
    public const string DeletedName = "deleted";

    /// <summary>Name in <c>meta</c> of the time before which it was pruned, ticks, UTC.</summary>
    public const string KnownSinceName = "known_since";

    /// <summary>Name in <c>meta</c> of the number of the last change of the first load.</summary>
    public const string LoadedToName = "loaded_to";

    /// <summary>Name in <c>meta</c> of the number of the last change before what entities were besides was kept, and of the time of that, ticks, UTC.</summary>
    public const string FormerFromName = "former_from", FormerSinceName = "former_since";

    /// <summary>Since when what entities were besides what their changes tell is kept: the number of the last change before, and when that began, UTC; null where the log kept it from its beginning, or what is before was pruned.</summary>
    public static (long Sequence, DateTimeOffset? At) FormerSince(Session session) => session.MetaNumber(FormerFromName) is var from && from > PrunedTo(session)
        ? (from, new DateTimeOffset(session.MetaNumber(FormerSinceName), TimeSpan.Zero)) : (0, null);

    /// <summary>Sequence number up to which the log was pruned; 0 when it never was.</summary>
    public static long PrunedTo(Session session) => session.MetaNumber(PrunedToName);

    /// <summary>Whether the log was pruned up to a later time.</summary>
    public static bool IsPrunedAfter(Session session, DateTimeOffset at) => at.UtcTicks < session.MetaNumber(KnownSinceName);

    /// <summary>Time since which the log is complete; null when it is empty.</summary>
    public static DateTimeOffset? KnownSince(Session session)
    {
        if (session.Number("SELECT seen FROM events ORDER BY seq LIMIT 1") is not { } first) return null;
        return new DateTimeOffset(Math.Max(first, session.MetaNumber(KnownSinceName)), TimeSpan.Zero);
    }
}
