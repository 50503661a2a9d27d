using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>Loads a mirror from the log: the whole fleet, or what changed after a sequence number.</summary>
/// <param name="database">The database.</param>
/// <param name="session">The session of the writer.</param>
/// <param name="mirror">Takes the fleet.</param>
internal sealed class LogLoad(Database database, Session session, ILoadedFleet mirror)
{
    private const int Slice = 10_000;

    /// <summary>Loads all entities.</summary>
    public void All(CancellationToken cancel)
    {
        using var entities = session.Prepare(database.Entities.Newest);
        Apply(entities, cancel);
    }

    /// <summary>Loads the entities that changed after a number, and removes those that were removed.</summary>
    public void After(long sequence, long? nextKey, Placements placements, CancellationToken cancel)
    {
        using (var entities = session.Prepare(database.Entities.After))
            Apply(entities.Bind(1, sequence), cancel);
        if (nextKey is not { } next) return;
        using (var added = session.Prepare("SELECT text, entities.key FROM entities JOIN texts ON texts.key = node WHERE entities.key >= ? AND kind = 0 AND node <> 0"))
            Place(added.Bind(1, next), placements, areNew: false, cancel);
        using (var moved = session.Prepare("SELECT text, entity FROM placements JOIN texts ON texts.key = placements.node JOIN entities ON entities.key = entity WHERE seq > ? ORDER BY seq"))
            Place(moved.Bind(1, sequence), placements, areNew: false, cancel);
        using var nodes = session.Prepare("SELECT id, key FROM entities WHERE key >= ? AND kind = 1");
        nodes.Bind(1, next);
        while (nodes.Read()) placements.AddNode(mirror.Share(nodes.Text(0)), nodes.Long(1));
    }

    /// <summary>Loads all executions into their lanes.</summary>
    public void Lanes(Placements placements, CancellationToken cancel)
    {
        placements.Clear();
        using (var first = session.Prepare("SELECT (SELECT text FROM texts WHERE texts.key = node), entities.key FROM entities WHERE kind = 0 AND node <> 0")) Place(first, placements, areNew: true, cancel);
        using (var moved = session.Prepare("SELECT text, entity FROM placements JOIN texts ON texts.key = placements.node JOIN entities ON entities.key = entity ORDER BY seq")) Place(moved, placements, areNew: false, cancel);
        using var nodes = session.Prepare("SELECT id, key FROM entities WHERE kind = 1");
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
