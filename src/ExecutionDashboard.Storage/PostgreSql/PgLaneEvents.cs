using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;
using Npgsql;
using NpgsqlTypes;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>Reads chains of changes some links at a time: a round trip for each change would cost more than the change.</summary>
internal sealed class PgLaneEvents(PgDatabase database, LogReader reader) : LaneEvents(reader)
{
    private const int FirstLinks = 8, MoreLinks = 256, ChainsAtOnce = 10_000;

    private const string Chains =
        """
        SELECT e.seq, e.prev, e.at, e.seen, e.old, e.new, e.node, e.source, e.job, e.version, e.deployment
        FROM unnest($1) AS newest(seq) JOIN events start ON start.seq = newest.seq
        CROSS JOIN LATERAL (SELECT * FROM events WHERE events.entity = start.entity AND events.seq <= start.seq ORDER BY events.seq DESC LIMIT $2) e
        """;

    private readonly Dictionary<long, LaneEvent> _events = [];
    private readonly Dictionary<long, GoneExecution> _gone = [];
    private NpgsqlConnection? _connection;

    public override IDisposable Begin() => Connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);

    public override void Expect(IReadOnlyList<long> sequences)
    {
        for (var i = 0; i < sequences.Count; i += ChainsAtOnce) Load([.. sequences.Skip(i).Take(ChainsAtOnce)], FirstLinks);
    }

    public override void ExpectGone(IReadOnlyList<long> keys)
    {
        if (keys.Count == 0) return;
        using var command = new NpgsqlCommand("SELECT key, last, previous, created, stable, id FROM entities WHERE key = ANY($1)", Connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, TypedValue = [.. keys] });
        using var rows = command.ExecuteReader();
        while (rows.Read()) _gone[rows.GetInt64(0)] = new GoneExecution(rows.GetString(5), rows.GetInt64(1), rows.GetString(2), Time(rows.GetInt64(3)), Time(rows.GetInt64(4)));
    }

    public override GoneExecution? Gone(long key)
    {
        if (!_gone.ContainsKey(key)) ExpectGone([key]);
        return _gone.TryGetValue(key, out var gone) ? gone : null;
    }

    public override LaneEvent? Find(long sequence)
    {
        if (!_events.ContainsKey(sequence)) Load([sequence], MoreLinks);
        return _events.TryGetValue(sequence, out var found) ? found : null;
    }

    public override long LastSeenBy(DateTimeOffset at, long upTo)
    {
        using var session = database.OpenReader();
        return session.LastSeenBy(at, upTo);
    }

    public override void Dispose() => _connection?.Dispose();

    private NpgsqlConnection Connection => _connection ??= database.Connect();

    private void Load(long[] newest, int links)
    {
        if (newest.Length == 0) return;
        using var command = new NpgsqlCommand(Chains, Connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, TypedValue = newest });
        command.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = links });
        using var rows = command.ExecuteReader();
        while (rows.Read())
            _events[rows.GetInt64(0)] = new LaneEvent(
                rows.GetInt64(1), new(rows.GetInt64(2), TimeSpan.Zero), new(rows.GetInt64(3), TimeSpan.Zero), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6), (ChangeSource)rows.GetInt64(7), rows.GetInt64(8),
                (int)rows.GetInt64(9), rows.GetInt64(10));
    }
}
