using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage.Bulk;

/// <summary>The tables of the bulk runs in the change log's file, on a connection of its own. One caller at a time.</summary>
internal sealed class BulkTables : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _addRun, _changeRun, _addItem, _changeItem, _version, _lease;

    private BulkTables(SqliteConnection connection)
    {
        _connection = connection;
        _addRun = new(connection, "INSERT INTO bulk_runs(id, created, ended, body) VALUES(?, ?, ?, ?)");
        _changeRun = new(connection, "UPDATE bulk_runs SET ended = ?, body = ? WHERE id = ?");
        _addItem = new(connection, "INSERT INTO bulk_items(run, number, body) VALUES((SELECT key FROM bulk_runs WHERE id = ?), ?, ?)");
        _changeItem = new(connection, "UPDATE bulk_items SET body = ? WHERE run = (SELECT key FROM bulk_runs WHERE id = ?) AND number = ?");
        _version = new(connection, "UPDATE bulk_state SET version = ?");
        _lease = new(connection, "UPDATE bulk_state SET epoch = ?, holder = ?");
    }

    /// <summary>Opens them in the file of a change log that is open already.</summary>
    public static BulkTables Open(string file, TimeSpan lockTimeout)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = Math.Max(1, (int)lockTimeout.TotalSeconds),
        }.ToString());
        connection.Open();
        // What is written here before a command is sent must be there after the machine lost its power, too.
        LogSchema.Execute(connection, FormattableString.Invariant($"PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {ChangeLog.CheckpointEvery / (long)LogSchema.Scalar(connection, "PRAGMA page_size")!}"));
        LogSchema.Execute(connection, "INSERT OR IGNORE INTO bulk_state(key, version, epoch, holder) VALUES(1, 0, 0, '')");
        return new BulkTables(connection);
    }

    /// <summary>The last version, and who drove the runs last.</summary>
    public (long Version, long Epoch, string Holder) State()
    {
        using var state = new Statement(_connection, "SELECT version, epoch, holder FROM bulk_state");
        state.Read();
        return (state.Long(0), state.Long(1), state.Text(2));
    }

    /// <summary>Begins to write: all of it, or none.</summary>
    public SqliteTransaction Begin() => _connection.BeginTransaction();

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
        using var rows = new Statement(_connection, "SELECT body FROM bulk_runs ORDER BY key DESC");
        var runs = new List<BulkRun>();
        while (rows.Read()) runs.Add(JsonSerializer.Deserialize<BulkRun>(rows.Blob(0), FeedContract.Json)!);
        return runs;
    }

    /// <summary>The items of a run, by number.</summary>
    public BulkItem[] Items(string runId)
    {
        using var rows = new Statement(_connection, "SELECT body FROM bulk_items WHERE run = (SELECT key FROM bulk_runs WHERE id = ?) ORDER BY number");
        var items = new List<BulkItem>();
        for (rows.Bind(1, runId); rows.Read();) items.Add(JsonSerializer.Deserialize<BulkItem>(rows.Blob(0), FeedContract.Json)!);
        return [.. items];
    }

    /// <summary>Takes away the runs that ended before a horizon, and those past a number. Gives whether there were any.</summary>
    public bool Prune(DateTimeOffset horizon, int most)
    {
        using var transaction = Begin();
        using var old = new Statement(_connection, "SELECT key FROM bulk_runs WHERE ended < ?1 AND (ended < ?2 OR key <= (SELECT key FROM bulk_runs ORDER BY key DESC LIMIT 1 OFFSET ?3))");
        var gone = new List<long>();
        for (old.Bind(1, long.MaxValue).Bind(2, horizon.UtcTicks).Bind(3, most); old.Read();) gone.Add(old.Long(0));
        using var deleteItems = new Statement(_connection, "DELETE FROM bulk_items WHERE run = ?");
        using var deleteRun = new Statement(_connection, "DELETE FROM bulk_runs WHERE key = ?");
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
        _connection.Dispose();
    }

    // One that is active ends at the end of all times.
    private static long Ended(BulkRun run) => run.IsActive ? long.MaxValue : (run.EndedAt ?? run.StateAt).UtcTicks;

    private static byte[] Body<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, FeedContract.Json);
}
