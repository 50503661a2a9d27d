using System.Data.Common;
using ExecutionDashboard.Feed.Leading;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Audit;

namespace ExecutionDashboard.Feed.Audit;

/// <summary>The audit for a dashboard in the feed's own process: without a request, so that what is sent while the program ends is still recorded.</summary>
internal sealed class LocalAudit(AuditStore store, AuditReader reader, Leadership leadership, FeedMetrics metrics) : IAuditLog
{
    public Task<(IReadOnlyList<long>? Numbers, string? Problem)> StoreAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancel) =>
        AnswerAsync<IReadOnlyList<long>>(() => AuditChecks.Of(new AuditRequest(entries)) is { } problem ? (null, problem) : (store.Append(entries), null), cancel);

    public Task<(AuditRows? Rows, string? Problem)> CommandsAsync(long after, CancellationToken cancel) => AnswerAsync<AuditRows>(() => (reader.Commands(after), null), cancel);

    public Task<(AuditPage? Page, string? Problem)> ActsAsync(AuditQuery query, int most, CancellationToken cancel) => AnswerAsync<AuditPage>(() => (reader.Acts(query, most), null), cancel);

    // Not on the caller's thread: a locked or slow disk would hold up a circuit.
    private Task<(T? Answer, string? Problem)> AnswerAsync<T>(Func<(T?, string?)> answer, CancellationToken cancel) where T : class => Task.Run<(T?, string?)>(() =>
    {
        if (leadership.WhyNot() is { } reason) return (null, reason);
        if (!store.Ready.IsCompletedSuccessfully) return (null, "The feed is starting: its log is being read.");
        try
        {
            return answer();
        }
        catch (DbException e)
        {
            metrics.WriteFailed(LogWrite.Audit);
            return (null, $"The audit cannot be written ({StorageErrors.Reason(e)}).");
        }
    }, cancel);
}
