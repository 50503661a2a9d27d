using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Storage.Sqlite;

/// <summary>
/// Appends to the log: one transaction per batch, every row at the end of its table. An event refers to the previous event of its entity. A new body of an existing
/// entity is appended to <c>bodies</c> and settled into <c>entities</c> later, many at once in the order of keys.
/// </summary>
internal sealed class SqliteLogWriter : ILogWriter
{
    private readonly Session _session;
    private readonly LogTexts _texts;
    private readonly Placements _placements;
    private readonly Keyframes _keyframes;
    private readonly Statement _text, _add, _remove, _body, _event, _former, _place, _settle, _settled;
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json;

    // The newest sequence number of each entity whose body is not settled, and of those being settled now.
    private Dictionary<long, long> _unsettled = [];
    private Dictionary<long, long> _settling = [];
    private Queue<long> _toSettle = new();
    private long _settlingUpTo;
    private long _nextKey;

    // Removed entities, while there is no index over ids that would find them. A first load into an empty log works without the index:
    // ids are random, and every batch would write most of the index's pages.
    private Dictionary<(FleetKind, string), (long Key, long Last)>? _gone;

    public SqliteLogWriter(Session session, Placements placements, int keyframeEvery, bool isLoading)
    {
        (_session, _placements) = (session, placements);
        _json = new Utf8JsonWriter(_buffer);
        _text = session.Prepare("INSERT INTO texts(key, text) VALUES(?, ?)");
        _texts = new LogTexts(session, (key, text) => _text.Bind(1, key).Bind(2, text).Run());
        LastSequence = session.Number("SELECT max(seq) FROM events") ?? 0;
        _nextKey = (session.Number("SELECT max(key) FROM entities") ?? 0) + 1;
        if (isLoading && _nextKey == 1)
        {
            SqliteSchema.DropIds(session);
            _gone = [];
        }
        else SqliteSchema.IndexIds(session);
        using (var bodies = session.Prepare("SELECT entity, seq FROM bodies JOIN events USING(seq) ORDER BY seq"))
            while (bodies.Read()) _unsettled[bodies.Long(0)] = bodies.Long(1);
        _keyframes = new Keyframes(session, keyframeEvery);
        _add = session.Prepare("INSERT OR IGNORE INTO entities(key, kind, id, body, last, node) VALUES(?, ?, ?, ?, ?, ?)");
        _place = session.Prepare("INSERT INTO placements(seq, node, entity) VALUES(?, ?, ?)");
        _remove = session.Prepare("UPDATE entities SET last = ?1, body = NULL, previous = ?3, created = ?4, stable = ?5 WHERE key = ?2");
        _body = session.Prepare("INSERT INTO bodies(seq, body) VALUES(?, ?)");
        _event = session.Prepare(
            "INSERT INTO events(seq, entity, kind, old, new, desired, message, error, job, version, node, deployment, revision, at, seen, source, prev, replaced) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _former = session.Prepare("INSERT INTO former(seq, entity, body) VALUES(?, ?, ?)");
        _settle = session.Prepare("UPDATE entities SET last = ?1, body = (SELECT body FROM bodies WHERE seq = ?1) WHERE key = ?2 AND last < ?1");
        _settled = session.Prepare("DELETE FROM bodies WHERE seq <= ?");
    }

    public long LastSequence { get; private set; }

    /// <summary>The key that the next new entity gets.</summary>
    public long NextKey => _nextKey;

    public int Unsettled => _unsettled.Count + _toSettle.Count;

    public (long First, long[] Keys) Append(IReadOnlyList<Difference> differences)
    {
        var keys = new long[differences.Count];
        // Changes of this batch are kept apart until it is stored. An entity may occur twice in a batch.
        var added = new Dictionary<(FleetKind, string), long>();
        var newest = new Dictionary<long, long>(differences.Count);
        var changed = new List<long>(differences.Count); // negative: removed
        var placed = new List<(string Node, long Key, bool IsNew)>();
        var nodes = new List<(string Node, long Key)>();
        var nextKey = _nextKey;
        var keyframe = _keyframes.Newest;
        using var transaction = _session.Begin();
        try
        {
            _keyframes.KeepWhereDue(LastSequence);
            var sequence = LastSequence;
            for (var i = 0; i < differences.Count; i++)
            {
                var (change, step, (key, previous), before) = differences[i];
                var node = change.Execution?.NodeId ?? "";
                sequence++;
                EntityBody.Write(change, _buffer, _json);
                var isNew = false;
                if (key == 0 && _gone is not null && _gone.TryGetValue((change.Kind, change.Id), out var was)) (key, previous) = was;
                if (key == 0 && !added.TryGetValue((change.Kind, change.Id), out key))
                {
                    key = nextKey;
                    isNew = _add.Bind(1, key).Bind(2, (long)change.Kind).Bind(3, change.Id).Bind(4, _buffer.WrittenSpan).Bind(5, sequence)
                        .Bind(6, _texts.KeyOf(node)).Run() == 1;
                    if (isNew) nextKey++;
                    else (key, previous) = FindGone(change);
                    added[(change.Kind, change.Id)] = key;
                }
                if (change.Removed)
                {
                    // Rare, so the row is updated in place: a query for a removed entity finds its end at once.
                    _remove.Bind(1, sequence).Bind(2, key).Bind(3, before?.PreviousId ?? "")
                        .Bind(4, before?.CreatedAt?.UtcTicks ?? 0).Bind(5, before?.StableAt?.UtcTicks ?? 0).Run();
                    changed.Add(-key);
                }
                else if (!isNew)
                {
                    _body.Bind(1, sequence).Bind(2, _buffer.WrittenSpan).Run();
                    changed.Add(key);
                }
                if (node.Length > 0 && (differences[i].Place.Key == 0 || (before is not null && before.NodeId != node)))
                {
                    if (!isNew) _place.Bind(1, sequence).Bind(2, _texts.KeyOf(node)).Bind(3, key).Run();
                    placed.Add((node, key, isNew));
                }
                if (isNew && change.Kind == FleetKind.Node) nodes.Add((change.Id, key));
                AddEvent(sequence, key, step, newest.TryGetValue(key, out var last) ? last : previous, Keyframes.IsReplaced(change));
                if (differences[i].Former is { Length: > 0 } former) _former.Bind(1, sequence).Bind(2, key).Bind(3, former).Run();
                newest[key] = sequence;
                keys[i] = key;
            }
            transaction.Commit();
            _texts.Keep();
            _placements.Add(placed);
            foreach (var (node, key) in nodes) _placements.AddNode(node, key);
            _keyframes.Apply(differences, keys);
            _nextKey = nextKey;
            if (_gone is not null) Remember(_gone, differences, keys, newest);
            foreach (var key in changed)
                if (key < 0) _unsettled.Remove(-key);
                else _unsettled[key] = newest[key];
            var first = LastSequence + 1;
            LastSequence = sequence;
            return (first, keys);
        }
        catch (DbException)
        {
            _texts.Undo();
            _keyframes.Undo(keyframe);
            throw;
        }
    }

    /// <summary>Whether a body that is newer than a change is not settled.</summary>
    public bool IsUnsettled(long key, long sequence) =>
        (_unsettled.TryGetValue(key, out var newest) && newest > sequence) || (_settling.TryGetValue(key, out newest) && newest > sequence);

    /// <summary>Settles at most this many bodies in one transaction.</summary>
    public void Settle(int atMost)
    {
        if (_toSettle.Count == 0)
        {
            if (_unsettled.Count == 0) return;
            (_settling, _unsettled, _settlingUpTo) = (_unsettled, [], LastSequence);
            _toSettle = new Queue<long>(_settling.Keys.Order());
        }
        var slice = _toSettle.Take(atMost).ToList();
        using (var transaction = _session.Begin())
        {
            foreach (var key in slice) _settle.Bind(1, _settling[key]).Bind(2, key).Run();
            if (slice.Count == _toSettle.Count) _settled.Bind(1, _settlingUpTo).Run();
            transaction.Commit();
        }
        for (var i = 0; i < slice.Count; i++) _toSettle.Dequeue();
        if (_toSettle.Count == 0) _settling = [];
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _text, _add, _remove, _body, _event, _former, _place, _settle, _settled }) statement.Dispose();
        _keyframes.Dispose();
        _json.Dispose();
    }

    /// <summary>Whether ids are indexed, so that a later run recognises removed entities.</summary>
    public bool HasIndex => _gone is null;

    /// <summary>Indexes the ids after the first load.</summary>
    public void IndexIds()
    {
        if (HasIndex) return;
        SqliteSchema.IndexIds(_session);
        _gone = null;
    }

    private static void Remember(Dictionary<(FleetKind, string), (long, long)> gone, IReadOnlyList<Difference> stored, long[] keys, Dictionary<long, long> newest)
    {
        for (var i = 0; i < keys.Length; i++)
            if (stored[i].Change.Removed) gone[(stored[i].Change.Kind, stored[i].Change.Id)] = (keys[i], newest[keys[i]]);
    }

    // The entity existed before and was removed; its row is still there.
    private (long Key, long Last) FindGone(FleetChange change)
    {
        using var row = _session.Prepare("SELECT key, last FROM entities WHERE kind = ? AND id = ?");
        row.Bind(1, (long)change.Kind).Bind(2, change.Id).Read();
        return (row.Long(0), row.Long(1));
    }

    private void AddEvent(long sequence, long key, StateChange step, long previous, bool replaced) => _event
        .Bind(1, sequence).Bind(2, key).Bind(3, (long)step.Kind)
        .Bind(4, _texts.KeyOf(step.From)).Bind(5, _texts.KeyOf(step.To)).Bind(6, _texts.KeyOf(step.Desired))
        .Bind(7, step.Message).Bind(8, _texts.KeyOf(step.ErrorCode))
        .Bind(9, _texts.KeyOf(step.JobId)).Bind(10, step.JobVersion).Bind(11, _texts.KeyOf(step.NodeId))
        .Bind(12, _texts.KeyOf(step.DeploymentId)).Bind(13, step.Revision)
        .Bind(14, step.At.UtcTicks).Bind(15, step.SeenAt.UtcTicks).Bind(16, (long)step.Source).Bind(17, previous).Bind(18, replaced ? 1 : 0)
        .Run();
}
