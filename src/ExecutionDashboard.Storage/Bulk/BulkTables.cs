using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;

namespace ExecutionDashboard.Storage.Bulk;

/// <summary>The tables of the bulk runs in the database, on a session of its own. One caller at a time.</summary>
internal sealed class BulkTables : IDisposable
{
    private readonly Session _session;
    private readonly Statement _addRun, _changeRun, _addItem, _changeItem, _version, _lease;

    private BulkTables(Session session)
    {
        _session = session;
        _addRun = session.Prepare("INSERT INTO bulk_runs(id, created, ended, body) VALUES(?, ?, ?, ?)");
        _changeRun = session.Prepare("UPDATE bulk_runs SET ended = ?, body = ? WHERE id = ?");
        _addItem = session.Prepare("INSERT INTO bulk_items(run, number, body) VALUES((SELECT key FROM bulk_runs WHERE id = ?), ?, ?)");
        _changeItem = session.Prepare("UPDATE bulk_items SET body = ? WHERE run = (SELECT key FROM bulk_runs WHERE id = ?) AND number = ?");
        _version = session.Prepare("UPDATE bulk_state SET version = ?");
        _lease = session.Prepare("UPDATE bulk_state SET epoch = ?, holder = ?");
    }

    /// <summary>Opens them.</summary>
    public static BulkTables Open(Database database)
    {
        var session = database.OpenSession(isDurable: true);
        session.Execute("INSERT INTO bulk_state(key, version, epoch, holder) VALUES(1, 0, 0, '') ON CONFLICT DO NOTHING");
        return new BulkTables(session);
    }

    /// <summary>The last version, and who drove the runs last.</summary>
    public (long Version, long Epoch, string Holder) State()
    {
        using var state = _session.Prepare("SELECT version, epoch, holder FROM bulk_state");
        state.Read();
        return (state.Long(0), state.Long(1), state.Text(2));
    }

    /// <summary>Begins to write: all of it, or none.</summary>
    public Transaction Begin() => _session.Begin();

    /// <summary>Writes a new run.</summary>
    public void Add(BulkRun run, IEnumerable<BulkItem> items)
    {
        _addRun.Bind(1, run.Id).Bind(2, run.CreatedAt.UtcTicks).Bind(3, Ended(run)).Bind(4, Body(run)).Run();
        foreach (var item in items) _addItem.Bind(1, run.Id).Bind(2, item.Number).Bind(3, Body(item)).Run();
        _version.Bind(1, run.Version).Run();
    }

    /// <summary>Writes what changed of a run.</summary>
    public void Change(BulkRun run, IEnumerable<BulkItem> items)
    {
        _changeRun.Bind(1, Ended(run)).Bind(2, Body(run)).Bind(3, run.Id).Run();
        foreach (var item in items) _changeItem.Bind(1, Body(item)).Bind(2, run.Id).Bind(3, item.Number).Run();
        _version.Bind(1, run.Version).Run();
    }

    /// <summary>Writes who drives the runs.</summary>
    public void Lease(long epoch, string holder) => _lease.Bind(1, epoch).Bind(2, holder).Run();

    /// <summary>All runs, newest first.</summary>
    public IReadOnlyList<BulkRun> Runs()
    {
        using var rows = _session.Prepare("SELECT body FROM bulk_runs ORDER BY key DESC");
        var runs = new List<BulkRun>();
        while (rows.Read()) runs.Add(JsonSerializer.Deserialize<BulkRun>(rows.Blob(0), FeedContract.Json)!);
        return runs;
    }

    /// <summary>The items of a run, by number.</summary>
    public BulkItem[] Items(string runId)
    {
        using var rows = _session.Prepare("SELECT body FROM bulk_items WHERE run = (SELECT key FROM bulk_runs WHERE id = ?) ORDER BY number");
        var items = new List<BulkItem>();
        for (rows.Bind(1, runId); rows.Read();) items.Add(JsonSerializer.Deserialize<BulkItem>(rows.Blob(0), FeedContract.Json)!);
        return [.. items];
    }

    /// <summary>Takes away the runs that ended before a horizon, and those past a number. Gives whether there were any.</summary>
    public bool Prune(DateTimeOffset horizon, int most)
    {
        using var transaction = Begin();
        using var old = _session.Prepare("SELECT key FROM bulk_runs WHERE ended < ?1 AND (ended < ?2 OR key <= (SELECT key FROM bulk_runs ORDER BY key DESC LIMIT 1 OFFSET ?3))");
        var gone = new List<long>();
        for (old.Bind(1, long.MaxValue).Bind(2, horizon.UtcTicks).Bind(3, most); old.Read();) gone.Add(old.Long(0));
        using var deleteItems = _session.Prepare("DELETE FROM bulk_items WHERE run = ?");
        using var deleteRun = _session.Prepare("DELETE FROM bulk_runs WHERE key = ?");
        foreach (var key in gone)
        {
            deleteItems.Bind(1, key).Run();
            deleteRun.Bind(1, key).Run();
        }
        transaction.Commit();
        return gone.Count > 0;
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_addRun, _changeRun, _addItem, _changeItem, _version, _lease]) statement.Dispose();
        _session.Dispose();
    }

    // One that is active ends at the end of all times.
    private static long Ended(BulkRun run) => run.IsActive ? long.MaxValue : (run.EndedAt ?? run.StateAt).UtcTicks;

    private static byte[] Body<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, FeedContract.Json);
}
