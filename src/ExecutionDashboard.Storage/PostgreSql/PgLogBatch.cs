using Npgsql;
using NpgsqlTypes;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>The rows of one append, an array for each column: each table is one statement (<c>unnest</c>), and all of them are one round trip.</summary>
internal sealed class PgLogBatch(int capacity)
{
    public const string InsertTexts = "INSERT INTO texts(key, text) SELECT * FROM unnest($1, $2)";
    public const string InsertEntities = "INSERT INTO entities(key, kind, id, body, last, node, previous, created, stable) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    public const string InsertPlacements = "INSERT INTO placements(seq, node, entity) SELECT * FROM unnest($1, $2, $3)";
    public const string InsertFormer = "INSERT INTO former(seq, entity, body) SELECT * FROM unnest($1, $2, $3)";
    public const string InsertEvents =
        """
        INSERT INTO events(seq, entity, kind, old, new, desired, message, error, job, version, node, deployment, revision, at, seen, source, prev, replaced)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        """;
    public const string ChangeEntities = "UPDATE entities SET last = n.last, body = n.body FROM unnest($1, $2, $3) AS n(key, last, body) WHERE entities.key = n.key";
    public const string RemoveEntities =
        """
        UPDATE entities SET last = n.last, body = NULL, previous = n.previous, created = n.created, stable = n.stable
        FROM unnest($1, $2, $3, $4, $5) AS n(key, last, previous, created, stable) WHERE entities.key = n.key
        """;

    private readonly List<(long Key, string Text)> _texts = [];
    private readonly Dictionary<long, EntityRow> _entities = new(capacity);
    private readonly List<(long Sequence, int Node, long Entity)> _placements = [];
    private readonly List<(long Sequence, long Entity, byte[] Body)> _former = [];
    private readonly EventColumns _events = new(capacity);

    public EventColumns Events => _events;

    public void AddText(long key, string text) => _texts.Add((key, PgStatement.Storable(text)));

    public void AddPlacement(long sequence, long node, long entity) => _placements.Add((sequence, (int)node, entity));

    /// <summary>What an entity was until a change.</summary>
    public void AddFormer(long sequence, long entity, byte[] body) => _former.Add((sequence, entity, body));

    /// <summary>A new entity.</summary>
    public void Add(long key, int kind, string id, byte[]? body, long last, long node) =>
        _entities[key] = new EntityRow { IsNew = true, Kind = (short)kind, Id = PgStatement.Storable(id), Body = body, Last = last, Node = (int)node };

    /// <summary>An entity as it is after a change.</summary>
    public void Change(long key, byte[] body, long last) => RowOf(key, last).Body = body;

    /// <summary>An entity that was removed.</summary>
    public void Remove(long key, long last, string previous, long created, long stable)
    {
        var row = RowOf(key, last);
        (row.Body, row.Previous, row.Created, row.Stable) = (null, PgStatement.Storable(previous), created, stable);
    }

    /// <summary>Adds the statements.</summary>
    public void Fill(NpgsqlBatch batch)
    {
        if (_texts.Count > 0) Add(batch, InsertTexts, Longs(_texts, t => t.Key), Texts(_texts, t => t.Text));
        var added = _entities.Where(e => e.Value.IsNew).ToList();
        if (added.Count > 0)
            Add(batch, InsertEntities, Longs(added, e => e.Key), Shorts(added, e => e.Value.Kind), Texts(added, e => e.Value.Id), Bodies(added, e => e.Value.Body), Longs(added, e => e.Value.Last),
                Ints(added, e => e.Value.Node), Texts(added, e => e.Value.Previous), Longs(added, e => e.Value.Created), Longs(added, e => e.Value.Stable));
        // In the order of keys, so that rows of a page are written together.
        var changed = _entities.Where(e => e.Value is { IsNew: false, Body: not null }).OrderBy(e => e.Key).ToList();
        if (changed.Count > 0) Add(batch, ChangeEntities, Longs(changed, e => e.Key), Longs(changed, e => e.Value.Last), Bodies(changed, e => e.Value.Body));
        var removed = _entities.Where(e => e.Value is { IsNew: false, Body: null }).OrderBy(e => e.Key).ToList();
        if (removed.Count > 0)
            Add(batch, RemoveEntities, Longs(removed, e => e.Key), Longs(removed, e => e.Value.Last), Texts(removed, e => e.Value.Previous), Longs(removed, e => e.Value.Created), Longs(removed, e => e.Value.Stable));
        if (_placements.Count > 0) Add(batch, InsertPlacements, Longs(_placements, p => p.Sequence), Ints(_placements, p => p.Node), Longs(_placements, p => p.Entity));
        if (_former.Count > 0) Add(batch, InsertFormer, Longs(_former, f => f.Sequence), Longs(_former, f => f.Entity), Bodies(_former, f => f.Body));
        Add(batch, InsertEvents, _events.Parameters());
    }

    private EntityRow RowOf(long key, long last)
    {
        if (!_entities.TryGetValue(key, out var row)) _entities[key] = row = new EntityRow();
        row.Last = last;
        return row;
    }

    private static void Add(NpgsqlBatch batch, string sql, params IReadOnlyList<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Longs<T>(List<T> rows, Func<T, long> of) => Array(NpgsqlDbType.Bigint, rows.ConvertAll(r => of(r)).ToArray());

    private static NpgsqlParameter Ints<T>(List<T> rows, Func<T, int> of) => Array(NpgsqlDbType.Integer, rows.ConvertAll(r => of(r)).ToArray());

    private static NpgsqlParameter Shorts<T>(List<T> rows, Func<T, short> of) => Array(NpgsqlDbType.Smallint, rows.ConvertAll(r => of(r)).ToArray());

    private static NpgsqlParameter Texts<T>(List<T> rows, Func<T, string> of) => Array(NpgsqlDbType.Text, rows.ConvertAll(r => of(r)).ToArray());

    private static NpgsqlParameter Bodies<T>(List<T> rows, Func<T, byte[]?> of) => Array(NpgsqlDbType.Bytea, rows.ConvertAll(r => of(r)).ToArray());

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType type, T[] values) => new() { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values };

    private sealed class EntityRow
    {
        public bool IsNew { get; init; }
        public short Kind { get; init; }
        public string Id { get; init; } = "";
        public byte[]? Body { get; set; }
        public long Last { get; set; }
        public int Node { get; init; }
        public string Previous { get; set; } = "";
        public long Created { get; set; }
        public long Stable { get; set; }
    }

    /// <summary>The changes.</summary>
    internal sealed class EventColumns(int count)
    {
        private readonly long[] _sequence = new long[count], _entity = new long[count], _revision = new long[count], _at = new long[count], _seen = new long[count], _previous = new long[count];
        private readonly int[] _old = new int[count], _new = new int[count], _desired = new int[count], _error = new int[count], _job = new int[count], _version = new int[count], _node = new int[count], _deployment = new int[count];
        private readonly short[] _kind = new short[count], _source = new short[count], _replaced = new short[count];
        private readonly string[] _message = new string[count];

        /// <summary>Sets one.</summary>
        public void Set(int i, long sequence, long entity, Fleet.StateChange step, long previous, bool replaced, Func<string, long> key)
        {
            (_sequence[i], _entity[i], _revision[i], _at[i], _seen[i], _previous[i]) = (sequence, entity, step.Revision, step.At.UtcTicks, step.SeenAt.UtcTicks, previous);
            (_old[i], _new[i], _desired[i], _error[i]) = ((int)key(step.From), (int)key(step.To), (int)key(step.Desired), (int)key(step.ErrorCode));
            (_job[i], _version[i], _node[i], _deployment[i]) = ((int)key(step.JobId), step.JobVersion, (int)key(step.NodeId), (int)key(step.DeploymentId));
            (_kind[i], _source[i], _replaced[i], _message[i]) = ((short)step.Kind, (short)step.Source, (short)(replaced ? 1 : 0), PgStatement.Storable(step.Message));
        }

        /// <summary>The parameters of <see cref="InsertEvents"/>.</summary>
        public NpgsqlParameter[] Parameters() =>
        [
            Array(NpgsqlDbType.Bigint, _sequence), Array(NpgsqlDbType.Bigint, _entity), Array(NpgsqlDbType.Smallint, _kind), Array(NpgsqlDbType.Integer, _old), Array(NpgsqlDbType.Integer, _new),
            Array(NpgsqlDbType.Integer, _desired), Array(NpgsqlDbType.Text, _message), Array(NpgsqlDbType.Integer, _error), Array(NpgsqlDbType.Integer, _job), Array(NpgsqlDbType.Integer, _version),
            Array(NpgsqlDbType.Integer, _node), Array(NpgsqlDbType.Integer, _deployment), Array(NpgsqlDbType.Bigint, _revision), Array(NpgsqlDbType.Bigint, _at), Array(NpgsqlDbType.Bigint, _seen),
            Array(NpgsqlDbType.Smallint, _source), Array(NpgsqlDbType.Bigint, _previous), Array(NpgsqlDbType.Smallint, _replaced),
        ];
    }
}
