using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Feed.Log;

/// <summary>Appends to the log: prepared commands, one transaction a batch.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly LogTexts _texts;
    private readonly SqliteCommand _add;
    private readonly SqliteParameter _addKind, _addId, _addBody;
    private readonly SqliteCommand _change;
    private readonly SqliteParameter _changeKey, _changeBody;
    private readonly SqliteCommand _event;
    private readonly SqliteParameter _seq, _entity, _kind, _old, _new, _desired, _message, _error, _job, _version, _node, _deployment, _revision, _at, _seen, _source;

    public LogWriter(SqliteConnection connection)
    {
        _connection = connection;
        _texts = new LogTexts(connection);
        LastSequence = LogSchema.Scalar(connection, "SELECT max(seq) FROM events") is long last ? last : 0;

        // The thing may have been here before and gone: its row is still there.
        _add = Command("INSERT INTO entities(kind, id, body) VALUES($kind, $id, $body) ON CONFLICT(kind, id) DO UPDATE SET body = excluded.body RETURNING key");
        (_addKind, _addId, _addBody) = (Integer(_add, "$kind"), Text(_add, "$id"), _add.Parameters.Add("$body", SqliteType.Blob));
        _change = Command("UPDATE entities SET body = $body WHERE key = $key");
        (_changeKey, _changeBody) = (Integer(_change, "$key"), _change.Parameters.Add("$body", SqliteType.Blob));
        _event = Command("INSERT INTO events VALUES($seq, $entity, $kind, $old, $new, $desired, $message, $error, $job, $version, $node, $deployment, $revision, $at, $seen, $source)");
        (_seq, _entity, _kind) = (Integer(_event, "$seq"), Integer(_event, "$entity"), Integer(_event, "$kind"));
        (_old, _new, _desired) = (Integer(_event, "$old"), Integer(_event, "$new"), Integer(_event, "$desired"));
        (_message, _error) = (Text(_event, "$message"), Integer(_event, "$error"));
        (_job, _version, _node) = (Integer(_event, "$job"), Integer(_event, "$version"), Integer(_event, "$node"));
        (_deployment, _revision) = (Integer(_event, "$deployment"), Integer(_event, "$revision"));
        (_at, _seen, _source) = (Integer(_event, "$at"), Integer(_event, "$seen"), Integer(_event, "$source"));
    }

    public long LastSequence { get; private set; }

    public (long First, long[] Keys) Append(IReadOnlyList<Difference> differences)
    {
        var keys = new long[differences.Count];
        // A thing may come twice in a batch: the second time it has the key that the first was given.
        var added = new Dictionary<(FleetKind, string), long>();
        using var transaction = _connection.BeginTransaction();
        try
        {
            (_add.Transaction, _change.Transaction, _event.Transaction) = (transaction, transaction, transaction);
            var sequence = LastSequence;
            for (var i = 0; i < differences.Count; i++)
            {
                var difference = differences[i];
                var key = difference.Key;
                if (key == 0) added.TryGetValue((difference.Change.Kind, difference.Change.Id), out key);
                if (key == 0) added[(difference.Change.Kind, difference.Change.Id)] = key = AddEntity(difference.Change);
                else ChangeEntity(key, difference.Change);
                AddEvent(++sequence, key, difference.Step, transaction);
                keys[i] = key;
            }
            transaction.Commit();
            _texts.Keep();
            var first = LastSequence + 1;
            LastSequence = sequence;
            return (first, keys);
        }
        catch (SqliteException)
        {
            _texts.Undo();
            throw;
        }
    }

    public void Dispose()
    {
        _add.Dispose();
        _change.Dispose();
        _event.Dispose();
    }

    private long AddEntity(FleetChange change)
    {
        (_addKind.Value, _addId.Value, _addBody.Value) = ((long)change.Kind, change.Id, (object?)EntityBody.Write(change) ?? DBNull.Value);
        return (long)_add.ExecuteScalar()!;
    }

    private void ChangeEntity(long key, FleetChange change)
    {
        (_changeKey.Value, _changeBody.Value) = (key, (object?)EntityBody.Write(change) ?? DBNull.Value);
        _change.ExecuteNonQuery();
    }

    private void AddEvent(long sequence, long key, StateChange step, SqliteTransaction transaction)
    {
        long KeyOf(string text) => _texts.KeyOf(text, transaction);
        (_seq.Value, _entity.Value, _kind.Value) = (sequence, key, (long)step.Kind);
        (_old.Value, _new.Value, _desired.Value) = (KeyOf(step.From), KeyOf(step.To), KeyOf(step.Desired));
        (_message.Value, _error.Value) = (step.Message, KeyOf(step.ErrorCode));
        (_job.Value, _version.Value, _node.Value) = (KeyOf(step.JobId), (long)step.JobVersion, KeyOf(step.NodeId));
        (_deployment.Value, _revision.Value) = (KeyOf(step.DeploymentId), step.Revision);
        (_at.Value, _seen.Value, _source.Value) = (step.At.UtcTicks, step.SeenAt.UtcTicks, (long)step.Source);
        _event.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static SqliteParameter Integer(SqliteCommand command, string name) => command.Parameters.Add(name, SqliteType.Integer);

    private static SqliteParameter Text(SqliteCommand command, string name) => command.Parameters.Add(name, SqliteType.Text);
}
