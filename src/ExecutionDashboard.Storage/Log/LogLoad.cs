using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage.Log;

/// <summary>Loads a mirror from the log: the whole fleet, or what changed after a sequence number.</summary>
/// <param name="connection">The connection of the writer.</param>
/// <param name="mirror">Takes the fleet.</param>
internal sealed class LogLoad(SqliteConnection connection, ILoadedFleet mirror)
{
    private const int Slice = 10_000;

    /// <summary>Loads all entities.</summary>
    public void All(CancellationToken cancel)
    {
        // Read a body that was appended after the last settling instead of the settled one.
        using var entities = new Statement(connection,
            """
            WITH newest AS MATERIALIZED (SELECT entity, max(seq) AS seq FROM bodies JOIN events USING(seq) GROUP BY entity)
            SELECT key, coalesce(bodies.seq, last), kind, id, coalesce(bodies.body, entities.body) AS is_now
            FROM entities LEFT JOIN newest ON entity = key AND newest.seq > last LEFT JOIN bodies ON bodies.seq = newest.seq
            WHERE is_now IS NOT NULL
            """);
        Apply(entities, cancel);
    }

    /// <summary>Loads the entities that changed after a number, and removes those that were removed.</summary>
    public void After(long sequence, long? nextKey, Placements placements, CancellationToken cancel)
    {
        using (var entities = new Statement(connection,
            """
            WITH newest AS MATERIALIZED (SELECT entity, max(seq) AS seq FROM events WHERE seq > ? GROUP BY entity)
            SELECT key, newest.seq, kind, id, CASE WHEN last >= newest.seq THEN entities.body ELSE (SELECT body FROM bodies WHERE bodies.seq = newest.seq) END
            FROM newest JOIN entities ON key = entity ORDER BY key
            """))
            Apply(entities.Bind(1, sequence), cancel);
        if (nextKey is not { } next) return;
        using (var added = new Statement(connection, "SELECT text, entities.key FROM entities JOIN texts ON texts.key = node WHERE entities.key >= ? AND kind = 0 AND node <> 0"))
            Place(added.Bind(1, next), placements, areNew: false, cancel);
        using (var moved = new Statement(connection, "SELECT text, entity FROM placements JOIN texts ON texts.key = placements.node JOIN entities ON entities.key = entity WHERE seq > ? ORDER BY seq"))
            Place(moved.Bind(1, sequence), placements, areNew: false, cancel);
        using var nodes = new Statement(connection, "SELECT id, key FROM entities WHERE key >= ? AND kind = 1");
        nodes.Bind(1, next);
        while (nodes.Read()) placements.AddNode(mirror.Share(nodes.Text(0)), nodes.Long(1));
    }

    /// <summary>Loads all executions into their lanes.</summary>
    public void Lanes(Placements placements, CancellationToken cancel)
    {
        placements.Clear();
        using (var first = new Statement(connection, "SELECT text, entities.key FROM entities CROSS JOIN texts ON texts.key = node WHERE kind = 0 AND node <> 0")) Place(first, placements, areNew: true, cancel);
        using (var moved = new Statement(connection, "SELECT text, entity FROM placements JOIN texts ON texts.key = placements.node JOIN entities ON entities.key = entity ORDER BY seq")) Place(moved, placements, areNew: false, cancel);
        using var nodes = new Statement(connection, "SELECT id, key FROM entities WHERE kind = 1");
        while (nodes.Read()) placements.AddNode(mirror.Share(nodes.Text(0)), nodes.Long(1));
    }

    private void Apply(Statement entities, CancellationToken cancel)
    {
        while (entities.Read())
        {
            cancel.ThrowIfCancellationRequested();
            var (kind, id, place) = ((FleetKind)entities.Long(2), entities.Text(3), new Place(entities.Long(0), entities.Long(1)));
            if (entities.IsNull(4))
            {
                mirror.Apply(FleetChange.Gone(kind, id), place, 0);
                continue;
            }
            mirror.Apply(EntityBody.Read(kind, id, entities.Blob(4)), place, 0);
        }
    }

    private void Place(Statement statement, Placements placements, bool areNew, CancellationToken cancel)
    {
        var placed = new List<(string, long, bool)>();
        while (statement.Read())
        {
            placed.Add((mirror.Share(statement.Text(0)), statement.Long(1), areNew));
            if (placed.Count < Slice) continue;
            cancel.ThrowIfCancellationRequested();
            placements.Add(placed);
            placed.Clear();
        }
        placements.Add(placed);
    }
}
