namespace ExecutionDashboard.Fleet.Audit;

/// <summary>Entries to store, in order: posted to <see cref="FeedContract.AuditPath"/>. All are stored, or none.</summary>
/// <param name="Entries">At most <see cref="AuditLimits.Entries"/>.</param>
public sealed record AuditRequest(IReadOnlyList<AuditEntry>? Entries);

/// <summary>The answer to an <see cref="AuditRequest"/>.</summary>
/// <param name="Numbers">The number of each entry; of one that had been stored already the number that it has.</param>
public sealed record AuditStored(IReadOnlyList<long> Numbers);

/// <summary>Rows of the audit, oldest first.</summary>
/// <param name="Version">Number of the last row of the audit: see <see cref="FeedStatus.AuditVersion"/>.</param>
/// <param name="Rows">The rows.</param>
public sealed record AuditRows(long Version, IReadOnlyList<AuditRow> Rows);

/// <summary>Acts, newest first.</summary>
/// <param name="Version">Number of the last row of the audit.</param>
/// <param name="Since">When the oldest row that is kept was stored, UTC; null without any.</param>
/// <param name="Acts">The acts.</param>
/// <param name="More">Whether older ones match too.</param>
public sealed record AuditPage(long Version, DateTimeOffset? Since, IReadOnlyList<AuditAct> Acts, bool More);

/// <summary>An act with all that is known of it.</summary>
/// <param name="Rows">Its rows, oldest first; at least one.</param>
public sealed record AuditAct(IReadOnlyList<AuditRow> Rows)
{
    /// <summary>The row that opened it.</summary>
    public AuditEntry Opened => Rows[0].Entry;

    /// <summary>Number of the row that opened it.</summary>
    public long Number => Rows[0].Number;

    /// <summary>The last thing that is known of it.</summary>
    public AuditEntry Last => Rows[^1].Entry;
}

/// <summary>What the feed takes at most. Longer texts are cut off by who sends them.</summary>
public static class AuditLimits
{
    /// <summary>Entries of one request.</summary>
    public const int Entries = 1_000;

    /// <summary>Characters of an act's id.</summary>
    public const int Act = 64;

    /// <summary>Characters of a name, an id, an action and an address.</summary>
    public const int Name = 512;

    /// <summary>Characters of the numbers, the reason and the answer each.</summary>
    public const int Text = 2_000;

    /// <summary>Rows of one answer.</summary>
    public const int Rows = 5_000;

    /// <summary>Acts of one answer.</summary>
    public const int Acts = 500;
}
