using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>Keeps a mirror up to date with a log that another process writes: by number, in small steps, each of one state of the database. One caller at a time.</summary>
/// <param name="session">Reads.</param>
/// <param name="placements">Which executions were on which node.</param>
/// <param name="sequence">The number up to which the mirror has all; it may have some of what follows.</param>
/// <param name="nextKey">The key of the first entity that is not in its lane yet.</param>
internal sealed class LogFollower(Session session, Placements placements, long sequence, long nextKey)
{
    /// <summary>The number up to which the mirror has all.</summary>
    public long Sequence { get; private set; } = sequence;

    /// <summary>The key of the first entity that is not in its lane yet.</summary>
    public long NextKey { get; private set; } = nextKey;

    /// <summary>A follower of a log whose entities are loaded next.</summary>
    public static LogFollower Begin(Session session, Placements placements)
    {
        using var state = session.BeginRead();
        return new(session, placements, session.Number("SELECT max(seq) FROM events") ?? 0, (session.Number("SELECT max(key) FROM entities") ?? 0) + 1);
    }

    /// <summary>Applies what follows. Gives the entities that changed as they are now, each with the number of its newest change, at most <see cref="Sequence"/>, in the order of these numbers.</summary>
    /// <param name="load">Loads into the mirror.</param>
    /// <param name="most">Most changes in this step.</param>
    /// <param name="cancel">Ends it; what was applied is applied again the next time.</param>
    /// <exception cref="System.Data.Common.DbException">The log cannot be read; what was applied is applied again the next time.</exception>
    public IReadOnlyList<(FleetChange Change, long Sequence)> Advance(LogLoad load, long most, CancellationToken cancel)
    {
        using var state = session.BeginRead();
        var to = Math.Min(session.Number("SELECT max(seq) FROM events") ?? 0, Sequence + most);
        if (to <= Sequence) return [];
        // Bodies may be newer than the step: then their changes come once more.
        var changed = load.Between(Sequence, to, cancel);
        load.LanesAfter(Sequence, NextKey, placements, cancel);
        (Sequence, NextKey) = (to, Math.Max(NextKey, (session.Number("SELECT max(key) FROM entities") ?? 0) + 1));
        return changed;
    }
}
