using System.Data;
using System.Data.Common;
using Npgsql;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>
/// A session by connections of the pool: one for each transaction, one for each statement outside of one. The log's writer has a connection of its own. Every write is made in a transaction that first checks that
/// this process still leads.
/// </summary>
internal sealed class PgSession(PgDatabase database, PgAccess access) : Session
{
    private NpgsqlConnection? _own;
    private PgTransaction? _transaction;

    /// <summary>Seconds that a statement may take; null for what the connection string says.</summary>
    internal int? Patience { get; set; }

    /// <summary>The last transaction of which it could not be found out whether it was committed; null without one.</summary>
    internal PgTransactionId? UnknownCommit { get; set; }

    /// <summary>The transaction that is open; null without one.</summary>
    internal NpgsqlTransaction? Current => _transaction?.Inner;

    public override Statement Prepare(string sql) => new PgStatement(this, sql);

    public override Transaction Begin() => Open(isWriting: true);

    public override Transaction BeginRead() => Open(isWriting: false);

    public override void Execute(string sql) => Change(connection =>
    {
        using var command = Command(sql, connection);
        return command.ExecuteNonQuery();
    });

    public override long LastSeenBy(DateTimeOffset at, long upTo)
    {
        using var statement = Prepare("SELECT last_seen_by(?, ?)");
        var last = statement.Bind(1, at.UtcTicks).Bind(2, upTo).Read() ? statement.Long(0) : 0;
        statement.Reset();
        return last;
    }

    public override long LastNumber(string table) => Number($"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {table}_seq_seq") ?? 0;

    public override string BytesOf(string column) => $"convert_to({column}::text, 'UTF8')";

    public override void Dispose()
    {
        _transaction?.Dispose();
        _own?.Dispose();
    }

    /// <summary>Changes something, in the transaction that is open or in one of its own.</summary>
    internal int Change(Func<NpgsqlConnection, int> change)
    {
        if (_transaction is { } open) return change(open.Inner.Connection!);
        using var transaction = Open(isWriting: true);
        var changed = change(transaction.Inner.Connection!);
        transaction.Commit();
        return changed;
    }

    /// <summary>A command in the transaction that is open, if any.</summary>
    internal NpgsqlCommand Command(string sql, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(sql, connection, Current);
        if (Patience is { } seconds) command.CommandTimeout = seconds;
        return command;
    }

    /// <summary>The connection for a statement.</summary>
    internal NpgsqlConnection Take()
    {
        if (_transaction is { } open) return open.Inner.Connection ?? throw new NpgsqlException("The connection was lost within a transaction");
        if (access != PgAccess.Log) return database.Connect();
        if (_own is { State: not ConnectionState.Open })
        {
            _own.Dispose();
            _own = null;
        }
        return _own ??= database.ConnectAlone();
    }

    /// <summary>Takes a connection back that <see cref="Take"/> gave.</summary>
    internal void GiveBack(NpgsqlConnection connection)
    {
        if (_transaction is null && connection != _own) connection.Dispose();
    }

    /// <summary>Whether a connection outside of a transaction is broken, so that another one may work.</summary>
    internal bool IsLost(NpgsqlConnection? connection) => _transaction is null && connection is { State: not ConnectionState.Open };

    private PgTransaction Open(bool isWriting)
    {
        if (_transaction is not null) throw new InvalidOperationException("The session has a transaction already.");
        for (var isFirst = true; ; isFirst = false)
        {
            var connection = Take();
            NpgsqlTransaction? inner = null;
            try
            {
                // Nothing is sent before the first statement; so whether the connection lives is asked here, where another one can be taken.
                inner = connection.BeginTransaction(isWriting ? IsolationLevel.ReadCommitted : IsolationLevel.RepeatableRead);
                var id = isWriting ? database.Fence.Check(inner) : ReadOnly(inner);
                return _transaction = new PgTransaction(this, inner, connection, id);
            }
            catch (NpgsqlException) when (isFirst && IsLost(connection))
            {
                GiveBack(connection);
            }
            catch
            {
                if (connection.State == ConnectionState.Open) inner?.Dispose();
                GiveBack(connection);
                throw;
            }
        }
    }

    private static PgTransactionId? ReadOnly(NpgsqlTransaction transaction)
    {
        using var command = new NpgsqlCommand("SET TRANSACTION READ ONLY", transaction.Connection, transaction);
        command.ExecuteNonQuery();
        return null;
    }

    /// <summary>A transaction of a session.</summary>
    internal sealed class PgTransaction(PgSession session, NpgsqlTransaction inner, NpgsqlConnection connection, PgTransactionId? id) : Transaction
    {
        private bool _isOver;

        public NpgsqlTransaction Inner => inner;

        public override void Commit()
        {
            try
            {
                inner.Commit();
            }
            catch (NpgsqlException)
            {
                // The answer was lost, or there was none: the database knows.
                End();
                if (id is not { } asked) throw;
                var end = session.Database.EndOf(asked);
                if (end == PgEnd.Committed) return;
                if (end != PgEnd.RolledBack) session.UnknownCommit = asked;
                throw;
            }
            End();
        }

        public override void Dispose() => End();

        private void End()
        {
            if (_isOver) return;
            _isOver = true;
            try
            {
                inner.Dispose();
            }
            catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
            {
                // The connection is broken: the server undoes what was not committed.
            }
            session._transaction = null;
            session.GiveBack(connection);
        }
    }

    private PgDatabase Database => database;
}

/// <summary>What a session is for.</summary>
internal enum PgAccess
{
    /// <summary>It only reads.</summary>
    Read,
    /// <summary>It writes now and then.</summary>
    Write,
    /// <summary>It is the log's writer.</summary>
    Log,
}
