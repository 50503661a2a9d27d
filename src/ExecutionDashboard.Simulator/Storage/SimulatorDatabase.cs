using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Storage;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Simulator.Storage;

/// <summary>The file of a fleet. Only one process can use it at a time.</summary>
internal sealed class SimulatorDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private List<Row> _unsaved = [];

    /// <summary>Opens or creates the file.</summary>
    /// <exception cref="SqliteException">It cannot be opened, is not a database, or is in use by another process.</exception>
    public SimulatorDatabase(string path)
    {
        PrivateFile.Prepare(path);
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            _connection.Open();
            // One statement per call: errors after a statement with a result would not be reported.
            Execute("PRAGMA locking_mode=EXCLUSIVE");
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=NORMAL");
            Execute("CREATE TABLE IF NOT EXISTS rows(kind TEXT NOT NULL, id INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID");
            Execute("BEGIN IMMEDIATE");
            Execute("COMMIT");
        }
        catch (SqliteException)
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The fleet in the file; null without one, or when it was made with other settings (then <paramref name="other"/> is true).</summary>
    public SimulatorEngine? Load(SimulatorOptions options, out bool other)
    {
        other = false;
        var stored = Snapshot.ReadWorld(Data(Snapshot.World).FirstOrDefault());
        if (stored is null) return null;
        other = stored.Identity != Snapshot.IdentityOf(options);
        return other ? null : Snapshot.Restore(options, stored, Data);
    }

    /// <summary>Empties the file.</summary>
    public void Clear() => Execute("DELETE FROM rows");

    /// <summary>Writes rows, all or none. Rows of a call that failed are written by the next.</summary>
    /// <exception cref="SqliteException">The rows could not be written.</exception>
    public void Save(List<Row> rows)
    {
        if (_unsaved.Count > 0) rows = [.. _unsaved, .. rows];
        _unsaved = rows;
        using var transaction = _connection.BeginTransaction();
        using var put = Prepare(transaction, "INSERT INTO rows(kind, id, data) VALUES($kind, $id, $data) ON CONFLICT DO UPDATE SET data = excluded.data");
        var data = put.Parameters.Add("$data", SqliteType.Text);
        using var delete = Prepare(transaction, "DELETE FROM rows WHERE kind = $kind AND id = $id");
        foreach (var row in rows)
        {
            var command = row.Data is null ? delete : put;
            command.Parameters["$kind"].Value = row.Kind;
            command.Parameters["$id"].Value = row.Id;
            if (row.Data is not null) data.Value = row.Data;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        _unsaved = [];
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private SqliteCommand Prepare(SqliteTransaction transaction, string sql)
    {
        var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Parameters.Add("$kind", SqliteType.Text);
        command.Parameters.Add("$id", SqliteType.Integer);
        return command;
    }

    private IEnumerable<string> Data(string kind)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT data FROM rows WHERE kind = $kind ORDER BY id";
        command.Parameters.AddWithValue("$kind", kind);
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return reader.GetString(0);
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
