using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Tests.Operations;

/// <summary>An audit in memory, which can refuse.</summary>
internal sealed class TestAudit : IAuditLog
{
    private readonly Lock _gate = new();
    private readonly List<AuditRow> _rows = [];

    /// <summary>Why nothing is stored; null while it is.</summary>
    public string? Problem { get; set; }

    /// <summary>What was stored.</summary>
    public IReadOnlyList<AuditRow> Rows
    {
        get { lock (_gate) return [.. _rows]; }
    }

    /// <summary>The outcomes of all rows, in order.</summary>
    public string Outcomes => string.Join(' ', Rows.Select(row => AuditQuery.NameOf(row.Entry.Outcome)));

    public Task<(IReadOnlyList<long>? Numbers, string? Problem)> StoreAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (Problem is not null) return Task.FromResult<(IReadOnlyList<long>?, string?)>((null, Problem));
            var first = _rows.Count + 1;
            foreach (var entry in entries) _rows.Add(new AuditRow(_rows.Count + 1, entry.At, "", entry));
            return Task.FromResult<(IReadOnlyList<long>?, string?)>(([.. Enumerable.Range(first, entries.Count).Select(number => (long)number)], null));
        }
    }

    public Task<(AuditRows? Rows, string? Problem)> CommandsAsync(long after, CancellationToken cancel)
    {
        var rows = Rows;
        return Task.FromResult<(AuditRows?, string?)>((new AuditRows(rows.Count, [.. rows.Where(row => row.Number > after && AuditActions.Commands.Contains(row.Entry.Action))]), null));
    }

    public Task<(AuditPage? Page, string? Problem)> ActsAsync(AuditQuery query, int most, CancellationToken cancel)
    {
        if (Problem is not null) return Task.FromResult<(AuditPage?, string?)>((null, Problem));
        var acts = Rows.GroupBy(row => row.Entry.Act).Select(rows => new AuditAct([.. rows])).Where(act => query.Before == 0 || act.Number < query.Before)
            .Where(act => query.Who.Length == 0 || act.Opened.Who.Contains(query.Who, StringComparison.OrdinalIgnoreCase)).OrderByDescending(act => act.Number).ToList();
        return Task.FromResult<(AuditPage?, string?)>((new AuditPage(Rows.Count, Rows.Count > 0 ? Rows[0].StoredAt : null, [.. acts.Take(most)], acts.Count > most), null));
    }
}

/// <summary>An address that the test sets.</summary>
internal sealed class TestOrigin : IClientOrigin
{
    public string Address { get; set; } = "10.0.0.7";
}
