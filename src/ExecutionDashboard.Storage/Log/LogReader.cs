using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage.Log;

/// <summary>Reads the log in parallel to its writer, with its own connections. Safe for concurrent use.</summary>
internal sealed class LogReader(string file) : IDisposable
{
    private readonly string _connectionString =
        new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = true }.ToString();

    /// <summary>All changes of one entity, oldest first, including those without a state change; empty when unknown.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="last">Sequence number of its newest change, if known, to avoid a lookup.</param>
    public IReadOnlyList<StateChange> StepsOf(FleetKind kind, string id, long? last = null)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        last ??= LastOf(connection, kind, id);
        command.CommandText =
            """
            WITH RECURSIVE steps(number) AS (VALUES($last) UNION ALL SELECT prev FROM steps JOIN events ON seq = number WHERE prev > 0)
            SELECT seq, o.text, n.text, d.text, message, e.text, j.text, version, m.text, p.text, revision, at, seen, source
            FROM steps JOIN events ON seq = number
            LEFT JOIN texts o ON o.key = old LEFT JOIN texts n ON n.key = new LEFT JOIN texts d ON d.key = desired
            LEFT JOIN texts e ON e.key = error LEFT JOIN texts j ON j.key = job LEFT JOIN texts m ON m.key = node
            LEFT JOIN texts p ON p.key = deployment
            ORDER BY seq
            """;
        command.Parameters.AddWithValue("$last", last);
        using var reader = command.ExecuteReader();
        var steps = new List<StateChange>();
        string TextAt(int column) => reader.IsDBNull(column) ? "" : reader.GetString(column);
        while (reader.Read())
            steps.Add(new StateChange
            {
                Sequence = reader.GetInt64(0),
                Kind = kind,
                Id = id,
                From = TextAt(1),
                To = TextAt(2),
                Desired = TextAt(3),
                Message = TextAt(4),
                ErrorCode = TextAt(5),
                JobId = TextAt(6),
                JobVersion = reader.GetInt32(7),
                NodeId = TextAt(8),
                DeploymentId = TextAt(9),
                Revision = reader.GetInt64(10),
                At = new DateTimeOffset(reader.GetInt64(11), TimeSpan.Zero),
                SeenAt = new DateTimeOffset(reader.GetInt64(12), TimeSpan.Zero),
                Source = (ChangeSource)reader.GetInt32(13),
            });
        return steps;
    }

    /// <summary>Sequence number of the newest change of a removed entity; 0 when unknown.</summary>
    public long LastOfGone(FleetKind kind, string id)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT last FROM entities WHERE kind = $kind AND id = $id";
        command.Parameters.AddWithValue("$kind", (long)kind);
        command.Parameters.AddWithValue("$id", id);
        return command.ExecuteScalar() is long last ? last : 0;
    }

    private static long LastOf(SqliteConnection connection, FleetKind kind, string id)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT max(last, coalesce((SELECT max(seq) FROM bodies JOIN events USING(seq) WHERE entity = key), 0))
            FROM entities WHERE kind = $kind AND id = $id
            """;
        command.Parameters.AddWithValue("$kind", (long)kind);
        command.Parameters.AddWithValue("$id", id);
        return command.ExecuteScalar() is long last ? last : 0;
    }

    /// <summary>The state changes of entities, oldest first; entities are given by the number of their newest change. Empty for an unknown one.</summary>
    public IReadOnlyList<IReadOnlyList<(DateTimeOffset At, ExecutionState State)>> StatesOf(IReadOnlyList<long> newest)
    {
        using var connection = Open();
        var names = new Dictionary<long, ExecutionState> { [0] = default };
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT at, new, prev FROM events WHERE seq = $seq";
        var parameter = command.Parameters.Add("$seq", SqliteType.Integer);
        var all = new List<IReadOnlyList<(DateTimeOffset, ExecutionState)>>(newest.Count);
        foreach (var last in newest)
        {
            var steps = new List<(DateTimeOffset, ExecutionState)>();
            for (var sequence = last; sequence > 0;)
            {
                parameter.Value = sequence;
                using var reader = command.ExecuteReader();
                if (!reader.Read()) break;
                var state = reader.GetInt64(1);
                if (!names.TryGetValue(state, out var known)) names[state] = known = StateOf(connection, state);
                steps.Add((new DateTimeOffset(reader.GetInt64(0), TimeSpan.Zero), known));
                sequence = reader.GetInt64(2);
            }
            steps.Reverse();
            all.Add(steps);
        }
        return all;
    }

    private static ExecutionState StateOf(SqliteConnection connection, long key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT text FROM texts WHERE key = $key";
        command.Parameters.AddWithValue("$key", key);
        return ExecutionState.Parse(command.ExecuteScalar() as string);
    }

    /// <summary>The entities that changed after a sequence number and up to another, distinct.</summary>
    public IReadOnlyList<(FleetKind Kind, string Id)> ChangedBetween(long after, long upTo)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT kind, id FROM entities WHERE key IN (SELECT entity FROM events WHERE seq > $after AND seq <= $upTo)";
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$upTo", upTo);
        using var reader = command.ExecuteReader();
        var changed = new List<(FleetKind, string)>();
        while (reader.Read()) changed.Add(((FleetKind)reader.GetInt32(0), reader.GetString(1)));
        return changed;
    }

    /// <summary>Time since which the log is complete; null when it is empty.</summary>
    public DateTimeOffset? KnownSince()
    {
        using var connection = Open();
        return LogTimes.KnownSince(connection);
    }

    /// <summary>Sequence number up to which the log was pruned; older changes are not available.</summary>
    public long PrunedTo()
    {
        using var connection = Open();
        return LogTimes.PrunedTo(connection);
    }

    /// <summary>Numbers that tell a change from any other: its entity and its times. Null when it is not in the log.</summary>
    public IReadOnlyList<long>? MarkOf(long sequence)
    {
        using var connection = Open();
        using var statement = new Statement(connection, "SELECT entity, at, seen FROM events WHERE seq = ?");
        return statement.Bind(1, sequence).Read() ? [statement.Long(0), statement.Long(1), statement.Long(2)] : null;
    }

    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>A pooled connection.</summary>
    internal SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        // Memory-mapped reads halve the time of history queries, which read pages all over a large file. The file never shrinks.
        LogSchema.Execute(connection, "PRAGMA mmap_size = 2147418112");
        return connection;
    }
}
