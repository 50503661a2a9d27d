using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;
using Npgsql;
using NpgsqlTypes;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>
/// Appends to the log: one transaction per batch, in two round trips. Bodies of known entities are updated at once: with free space on their pages that writes no index, and there is nothing to settle later.
/// </summary>
internal sealed class PgLogWriter : ILogWriter
{
    private readonly PgDatabase _database;
    private readonly PgSession _session;
    private readonly Placements _placements;
    private readonly Keyframes _keyframes;
    private readonly LogTexts _texts;
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json;
    private PgLogBatch _batch = new(0);
    private Prepared? _unknown; // it is not known whether it was stored
    private long _nextKey;
    private long _partitionFirst, _partitionNext, _partitionSince;

    // Removed entities during a first load, which asks for no ids: nothing else can be there.
    private Dictionary<(FleetKind, string), (long Key, long Last)>? _gone;

    public PgLogWriter(PgDatabase database, PgSession session, Placements placements, int keyframeEvery, bool isLoading)
    {
        (_database, _session, _placements) = (database, session, placements);
        _json = new Utf8JsonWriter(_buffer);
        _texts = new LogTexts(session, (key, text) => _batch.AddText(key, text));
        LastSequence = session.Number("SELECT max(seq) FROM events") ?? 0;
        _nextKey = (session.Number("SELECT max(key) FROM entities") ?? 0) + 1;
        if (isLoading && _nextKey == 1) _gone = [];
        using (var partition = session.Prepare("SELECT first, next, coalesce((SELECT seen FROM events WHERE seq >= first ORDER BY seq LIMIT 1), 0) FROM partitions ORDER BY first DESC LIMIT 1"))
            if (partition.Read()) (_partitionFirst, _partitionNext, _partitionSince) = (partition.Long(0), partition.Long(1), partition.Long(2));
        _keyframes = new Keyframes(session, keyframeEvery);
    }

    public long LastSequence { get; private set; }

    public long NextKey => _nextKey;

    public int Unsettled => 0;

    public bool HasIndex => _gone is null;

    public bool IsUnsettled(long key, long sequence) => false;

    public void Settle(int atMost)
    {
    }

    public void IndexIds() => _gone = null;

    public (long First, long[] Keys) Append(IReadOnlyList<Difference> differences)
    {
        if (WasStored(differences) is { } stored) return Keep(stored);
        var keyframe = _keyframes.Newest;
        var partition = (_partitionFirst, _partitionNext, _partitionSince);
        Prepared? prepared = null;
        // Of something else that this session wrote.
        _session.UnknownCommit = null;
        try
        {
            using var transaction = _session.Begin();
            _keyframes.KeepWhereDue(LastSequence);
            prepared = Prepare(differences);
            MakeRoom(prepared);
            using (var batch = new NpgsqlBatch(_session.Current!.Connection, _session.Current))
            {
                _batch.Fill(batch);
                batch.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        catch (DbException)
        {
            if (_session.UnknownCommit is null || prepared is null) Undo();
            else _unknown = prepared with { Undo = Undo };
            throw;
        }
        return Keep(prepared);

        void Undo()
        {
            _texts.Undo();
            _keyframes.Undo(keyframe);
            (_partitionFirst, _partitionNext, _partitionSince) = partition;
        }
    }

    public void Dispose()
    {
        _keyframes.Dispose();
        _json.Dispose();
    }

    // The connection was lost while a batch was committed, and the database could not be asked then, or had crashed. When the transaction is over, its numbers are there or not; in a transaction that checks who leads,
    // because another leader would have given them to others.
    private Prepared? WasStored(IReadOnlyList<Difference> differences)
    {
        if (_unknown is not { } unknown) return null;
        if (_session.UnknownCommit is { } commit && _database.EndOf(commit) == PgEnd.NotKnown) throw new NpgsqlException($"{_database.Name} cannot be asked whether the last changes were stored");
        bool committed;
        using (_session.Begin()) committed = _session.Number("SELECT max(seq) FROM events") > LastSequence;
        (_unknown, _session.UnknownCommit) = (null, null);
        if (!committed) unknown.Undo();
        else if (ReferenceEquals(unknown.Differences, differences)) return unknown;
        else Keep(unknown);
        return null;
    }

    private (long First, long[] Keys) Keep(Prepared prepared)
    {
        _texts.Keep();
        _placements.Add(prepared.Placed);
        foreach (var (node, key) in prepared.Nodes) _placements.AddNode(node, key);
        _keyframes.Apply(prepared.Differences, prepared.Keys);
        _nextKey = prepared.NextKey;
        for (var i = 0; i < prepared.Keys.Length && _gone is not null; i++)
            if (prepared.Differences[i].Change is { Removed: true } change) _gone[(change.Kind, PgStatement.Storable(change.Id))] = (prepared.Keys[i], prepared.Newest[prepared.Keys[i]]);
        var first = LastSequence + 1;
        LastSequence += prepared.Keys.Length;
        return (first, prepared.Keys);
    }

    private Prepared Prepare(IReadOnlyList<Difference> differences)
    {
        var prepared = new Prepared(differences, new long[differences.Count]);
        var batch = _batch = new PgLogBatch(differences.Count);
        var known = KnownOf(differences);
        // An entity may occur twice in a batch.
        var added = new Dictionary<(FleetKind, string), long>();
        var (sequence, nextKey) = (LastSequence, _nextKey);
        for (var i = 0; i < differences.Count; i++)
        {
            var (change, step, (key, previous), before) = differences[i];
            var node = change.Execution?.NodeId ?? "";
            sequence++;
            EntityBody.Write(change, _buffer, _json);
            var body = change.Removed ? null : _buffer.WrittenSpan.ToArray();
            var isNew = false;
            if (key == 0 && known.TryGetValue((change.Kind, PgStatement.Storable(change.Id)), out var was)) (key, previous) = was;
            if (key == 0 && !added.TryGetValue((change.Kind, change.Id), out key))
            {
                (key, isNew) = (nextKey++, true);
                added[(change.Kind, change.Id)] = key;
                batch.Add(key, (int)change.Kind, change.Id, body, sequence, _texts.KeyOf(node));
            }
            if (change.Removed) batch.Remove(key, sequence, before?.PreviousId ?? "", before?.CreatedAt?.UtcTicks ?? 0, before?.StableAt?.UtcTicks ?? 0);
            else if (!isNew) batch.Change(key, body!, sequence);
            if (node.Length > 0 && (differences[i].Place.Key == 0 || (before is not null && before.NodeId != node)))
            {
                if (!isNew) batch.AddPlacement(sequence, _texts.KeyOf(node), key);
                prepared.Placed.Add((node, key, isNew));
            }
            if (isNew && change.Kind == FleetKind.Node) prepared.Nodes.Add((change.Id, key));
            batch.Events.Set(i, sequence, key, step, prepared.Newest.TryGetValue(key, out var last) ? last : previous, Keyframes.IsReplaced(change), _texts.KeyOf);
            if (differences[i].Former is { Length: > 0 } former) batch.AddFormer(sequence, key, former);
            prepared.Newest[key] = sequence;
            prepared.Keys[i] = key;
        }
        return prepared with { NextKey = nextKey };
    }

    // Entities that are new to the fleet may have been there before: their rows still are.
    private Dictionary<(FleetKind, string), (long Key, long Last)> KnownOf(IReadOnlyList<Difference> differences)
    {
        if (_gone is not null) return _gone;
        var known = new Dictionary<(FleetKind, string), (long, long)>();
        var asked = differences.Where(d => d.Place.Key == 0).Select(d => (d.Change.Kind, d.Change.Id)).Distinct().ToList();
        if (asked.Count == 0) return known;
        using var command = new NpgsqlCommand("SELECT kind, id, key, last FROM entities JOIN unnest($1, $2) AS asked(kind, id) USING (kind, id)", _session.Current!.Connection, _session.Current);
        command.Parameters.Add(new NpgsqlParameter<short[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint, TypedValue = [.. asked.Select(a => (short)a.Kind)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = [.. asked.Select(a => PgStatement.Storable(a.Id))] });
        using var rows = command.ExecuteReader();
        while (rows.Read()) known[((FleetKind)rows.GetInt64(0), rows.GetString(1))] = (rows.GetInt64(2), rows.GetInt64(3));
        return known;
    }

    // Partitions are made before they are needed, by the pace of the last one, so that none is ever cut and no rows are moved.
    private void MakeRoom(Prepared prepared)
    {
        var last = LastSequence + prepared.Keys.Length;
        var now = prepared.Differences[^1].Step.SeenAt.UtcTicks;
        while (_partitionNext <= last)
        {
            var first = Math.Max(1, _partitionNext);
            var next = first + _database.Partitions.SizeAfter(_partitionFirst == 0 ? 0 : _partitionNext - _partitionFirst, TimeSpan.FromTicks(Math.Max(0, now - _partitionSince)));
            PgPartitioning.Add(_session, first, next);
            (_partitionFirst, _partitionNext, _partitionSince) = (first, next, now);
        }
    }

    // A batch with what it does to memory.
    private sealed record Prepared(IReadOnlyList<Difference> Differences, long[] Keys)
    {
        public List<(string Node, long Key, bool IsNew)> Placed { get; } = [];
        public List<(string Node, long Key)> Nodes { get; } = [];
        public Dictionary<long, long> Newest { get; } = new(Keys.Length);
        public long NextKey { get; init; }
        public Action Undo { get; init; } = () => { };
    }
}
