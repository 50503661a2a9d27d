using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Audit;

namespace ExecutionDashboard.Feed.Audit;

/// <summary>
/// Writes the audit: numbers and chains the rows that dashboards send, and closes acts whose dashboard told nothing more of them. What cannot be stored is refused, so that nobody acts
/// on it. Safe for any thread.
/// </summary>
internal sealed class AuditStore(StatusBoard board, TimeProvider time) : IDisposable
{
    /// <summary>How long after its last row an act that nobody closed is closed: longer than a dashboard waits for an answer and then for the effect.</summary>
    public static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(2);

    /// <summary>Who closes and prunes.</summary>
    public const string Feed = "the feed";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (AuditEntry Entry, DateTimeOffset Since)> _unclosed = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AuditTables? _tables;
    private AuditHead _head = new(0, 0, new byte[AuditHash.Bytes]);

    /// <summary>Completes when the audit can be written.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The end of the chain.</summary>
    public AuditHead Head
    {
        get { lock (_gate) return _head; }
    }

    /// <summary>Finds where the chain ends.</summary>
    public void Load(Database database)
    {
        lock (_gate)
        {
            _tables?.Dispose();
            _tables = AuditTables.Open(database);
            _head = _tables.Head();
            _unclosed.Clear();
            // A dashboard may still be waiting: its time begins anew.
            foreach (var row in _tables.ReadUnclosed()) _unclosed[row.Entry.Act] = (row.Entry, time.GetUtcNow());
        }
        Tell();
        _ready.TrySetResult();
    }

    /// <summary>Stores entries, all or none; gives the number of each.</summary>
    /// <exception cref="System.Data.Common.DbException">None was stored.</exception>
    public IReadOnlyList<long> Append(IReadOnlyList<AuditEntry> entries)
    {
        IReadOnlyList<long> numbers;
        lock (_gate) numbers = Store(entries, time.GetUtcNow());
        Tell();
        return numbers;
    }

    /// <summary>Closes the acts of which nothing more was told. Gives how many.</summary>
    /// <exception cref="System.Data.Common.DbException">None was closed, and all are the next time.</exception>
    public int CloseAbandoned()
    {
        int closed;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            AuditEntry[] abandoned =
            [
                .. _unclosed.Values.Where(act => now - act.Since >= Abandoned).Take(AuditLimits.Entries)
                    .Select(act => act.Entry with { Outcome = AuditOutcome.Unknown, At = now, Answer = "Nothing more was told of it: the dashboard that sent it ended, or lost the feed." }),
            ];
            closed = abandoned.Length;
            if (closed > 0) Store(abandoned, now);
        }
        if (closed > 0) Tell();
        return closed;
    }

    /// <summary>Deletes the rows that were stored before a time, and says so in a row. Gives how many.</summary>
    /// <exception cref="System.Data.Common.DbException">None was deleted.</exception>
    public long Prune(DateTimeOffset horizon)
    {
        long deleted;
        lock (_gate)
        {
            // The end of the chain stays whatever its age.
            if (_tables!.LastBefore(horizon) is not { } last || last.Number >= _head.Number) return 0;
            var now = time.GetUtcNow();
            using var transaction = _tables.Begin();
            var head = _tables.Add(_head, new AuditEntry
            {
                Act = Guid.NewGuid().ToString("N"), At = now, Outcome = AuditOutcome.Done, Who = Feed, Action = AuditActions.Prune,
                Target = new(AuditTarget.Audit, $"{last.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)}:{last.Hash}"), Numbers = $"Rows up to {last.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
                Reason = "They are older than Audit:Retention.",
            }, now);
            deleted = _tables.Prune(last);
            transaction.Commit();
            _head = head;
        }
        Tell();
        return deleted;
    }

    public void Dispose()
    {
        lock (_gate) _tables?.Dispose();
    }

    // Written first: memory follows what is stored.
    private IReadOnlyList<long> Store(IReadOnlyList<AuditEntry> entries, DateTimeOffset now)
    {
        var tables = _tables ?? throw new InvalidOperationException("The audit is not open yet.");
        var numbers = new long[entries.Count];
        var head = _head;
        using (var transaction = tables.Begin())
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                // Sent again, because the answer was lost.
                if (tables.Find(entries[i].Act, entries[i].Outcome) is var stored and > 0) numbers[i] = stored;
                else numbers[i] = (head = tables.Add(head, entries[i], now)).Number;
            }
            transaction.Commit();
        }
        _head = head;
        foreach (var entry in entries)
            if (entry.Outcome is AuditOutcome.Asked or AuditOutcome.Accepted) _unclosed[entry.Act] = (entry, now);
            else _unclosed.Remove(entry.Act);
        return numbers;
    }

    private void Tell()
    {
        var number = Head.Number;
        board.Update(s => s.AuditVersion >= number ? s : s with { AuditVersion = number });
    }
}
