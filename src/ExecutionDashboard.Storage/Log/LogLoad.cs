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
        ApplyAll(entities, cancel);
    }

    /// <summary>Loads the entities that changed after a number, and removes those that were removed.</summary>
    public void After(long sequence, long? nextKey, Placements placements, CancellationToken cancel)
    {
        using (var entities = session.Prepare(database.Entities.After))
            ApplyAll(entities.Bind(1, sequence), cancel);
        if (nextKey is { } next) LanesAfter(sequence, next, placements, cancel);
    }

    /// <summary>Loads the entities that changed after a number and up to another, as they are now. Gives them in the order of their newest changes, with these numbers, at most the last one.</summary>
    public IReadOnlyList<(FleetChange Change, long Sequence)> Between(long after, long upTo, CancellationToken cancel)
    {
        using var entities = session.Prepare(database.Entities.Between);
        var changes = new List<(FleetChange, long)>();
        for (entities.Bind(1, after).Bind(2, upTo); entities.Read();) changes.Add((Apply(entities, cancel), Math.Min(entities.Long(1), upTo)));
        return changes;
    }

    /// <summary>Adds the executions to their lanes that came after a number, and the nodes.</summary>
    /// <param name="sequence">The number.</param>
    /// <param name="next">The key of the first entity that was added after it.</param>
    /// <param name="placements">The lanes.</param>
    /// <param name="cancel">Ends it.</param>
    public void LanesAfter(long sequence, long next, Placements placements, CancellationToken cancel)
    {
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

    private void ApplyAll(Statement entities, CancellationToken cancel)
    {
        while (entities.Read()) Apply(entities, cancel);
    }

    private FleetChange Apply(Statement entities, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var (kind, id, place) = ((FleetKind)entities.Long(2), entities.Text(3), new Place(entities.Long(0), entities.Long(1)));
        var change = entities.IsNull(4) ? FleetChange.Gone(kind, id) : EntityBody.Read(kind, id, entities.Blob(4));
        mirror.Apply(change, place, 0);
        return change;
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
