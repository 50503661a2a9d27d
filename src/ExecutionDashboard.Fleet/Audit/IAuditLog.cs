namespace ExecutionDashboard.Fleet.Audit;

/// <summary>Where the audit is kept: in this process's feed, or in another one. A problem in an answer says why there is none, for people.</summary>
public interface IAuditLog
{
    /// <summary>Stores entries, in order, all or none.</summary>
    /// <returns>The number of each; null when none was stored.</returns>
    Task<(IReadOnlyList<long>? Numbers, string? Problem)> StoreAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancel);

    /// <summary>The newest rows about commands after a number, oldest first.</summary>
    Task<(AuditRows? Rows, string? Problem)> CommandsAsync(long after, CancellationToken cancel);

    /// <summary>Acts that match, newest first.</summary>
    Task<(AuditPage? Page, string? Problem)> ActsAsync(AuditQuery query, int most, CancellationToken cancel);
}
