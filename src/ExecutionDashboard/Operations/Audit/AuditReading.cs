using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Operations.Audit;

/// <summary>Reads the audit for the person of a tab: for admins alone, since it has everybody's sign-ins, addresses and refused attempts.</summary>
public sealed class AuditReading(IAuditLog log, AuditBook book, Replica replica, CommandRights rights)
{
    /// <summary>The role that reads it.</summary>
    public const AccessRole Needed = AccessRole.Admin;

    /// <summary>Why the user may not, as last looked at; empty when the user may.</summary>
    public string WhyNot => rights.WhyNot(Needed);

    /// <summary>Acts that match, newest first, or why they are not known.</summary>
    public async Task<(AuditPage? Page, string? Problem)> ActsAsync(AuditQuery query, int most, CancellationToken cancel) =>
        await rights.WhyNotAsync(Needed, cancel) is { Length: > 0 } why ? (null, why) : await book.ActsAsync(log, query, most, replica.AuditVersion, cancel);
}

/// <summary>Pages of the audit that were asked for, shared by all who look at the same.</summary>
public sealed class AuditBook(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    private readonly SharedAnswers<(AuditQuery Query, int Most, long Version), AuditPage> _pages = new(time, Kept);

    /// <summary>Acts that match, newest first, or why they are not known.</summary>
    /// <param name="log">Asked where nobody has just asked.</param>
    /// <param name="query">Which.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="version">What was asked for at an earlier one is not given again.</param>
    /// <param name="cancel">Ends the wait, not the question.</param>
    public Task<(AuditPage? Page, string? Problem)> ActsAsync(IAuditLog log, AuditQuery query, int most, long version, CancellationToken cancel) =>
        _pages.OfAsync((query, most, version), key => log.ActsAsync(key.Query, key.Most, CancellationToken.None), cancel);
}
