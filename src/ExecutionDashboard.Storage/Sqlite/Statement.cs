using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExecutionDashboard.Storage.Sqlite;

/// <summary>
/// A prepared statement that is run for every row of a batch. It uses SQLite's C API, because the parameter objects of <see cref="SqliteCommand"/> cost more than the
/// insert. Parameter numbers start at 1.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, value));
        return this;
    }

    /// <summary>Binds a blob; an empty one is stored as null.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_null(_statement, parameter) : raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Runs it to the end.</summary>
    /// <returns>Number of rows changed.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Run()
    {
        var code = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE) Check(code);
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Reads the next row. At the end, or after an error, the statement can be bound again.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Read()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE) Check(code);
        return false;
    }

    /// <summary>A column of the row, from 0.</summary>
    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A column of the row, from 0; empty for null.</summary>
    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    /// <summary>A column of the row, from 0, valid until the next call.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Whether a column of the row is null.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>Skips the remaining rows.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _database);
    }
}
