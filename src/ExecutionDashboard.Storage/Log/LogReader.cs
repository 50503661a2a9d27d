using System.Collections.Concurrent;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>Reads the log in parallel to its writer, with its own sessions. Safe for concurrent use.</summary>
internal sealed class LogReader(Database database)
{
    private readonly ConcurrentDictionary<long, string> _texts = new();

    /// <summary>All changes of one entity, oldest first, including those without a state change; empty when unknown.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="last">Sequence number of its newest change, if known, to avoid a lookup.</param>
    public IReadOnlyList<StateChange> StepsOf(FleetKind kind, string id, long? last = null)
    {
        using var session = Open();
        last ??= LastOf(session, database.Entities.Last, kind, id);
        using var rows = session.Prepare(database.Entities.Steps);
        var steps = new List<StateChange>();
        for (rows.Bind(1, last.Value); rows.Read();)
            steps.Add(new StateChange
            {
                Sequence = rows.Long(0),
                Kind = kind,
                Id = id,
                From = TextOf(rows.Long(1)),
                To = TextOf(rows.Long(2)),
                Desired = TextOf(rows.Long(3)),
                Message = rows.Text(4),
                ErrorCode = TextOf(rows.Long(5)),
                JobId = TextOf(rows.Long(6)),
                JobVersion = (int)rows.Long(7),
                NodeId = TextOf(rows.Long(8)),
                DeploymentId = TextOf(rows.Long(9)),
                Revision = rows.Long(10),
                At = new DateTimeOffset(rows.Long(11), TimeSpan.Zero),
                SeenAt = new DateTimeOffset(rows.Long(12), TimeSpan.Zero),
                Source = (ChangeSource)rows.Long(13),
            });
        return steps;
    }

    /// <summary>Sequence number of the newest change of a removed entity; 0 when unknown.</summary>
    public long LastOfGone(FleetKind kind, string id)
    {
        using var session = Open();
        return LastOf(session, "SELECT last FROM entities WHERE kind = ? AND id = ?", kind, id);
    }

    /// <summary>The state changes of entities, oldest first; entities are given by the number of their newest change. Empty for an unknown one.</summary>
    public IReadOnlyList<IReadOnlyList<(DateTimeOffset At, ExecutionState State)>> StatesOf(IReadOnlyList<long> newest)
    {
        using var events = Events();
        events.Expect(newest);
        var names = new Dictionary<long, ExecutionState> { [0] = default };
        var all = new List<IReadOnlyList<(DateTimeOffset, ExecutionState)>>(newest.Count);
        foreach (var last in newest)
        {
            var steps = new List<(DateTimeOffset, ExecutionState)>();
            for (var sequence = last; sequence > 0 && events.Find(sequence) is { } step; sequence = step.Previous)
            {
                if (!names.TryGetValue(step.New, out var known)) names[step.New] = known = ExecutionState.Parse(TextOf(step.New));
                steps.Add((step.At, known));
            }
            steps.Reverse();
            all.Add(steps);
        }
        return all;
    }

    /// <summary>The entities that changed after a sequence number and up to another, distinct.</summary>
    public IReadOnlyList<(FleetKind Kind, string Id)> ChangedBetween(long after, long upTo)
    {
        using var session = Open();
        using var rows = session.Prepare("SELECT kind, id FROM entities WHERE key IN (SELECT entity FROM events WHERE seq > ? AND seq <= ?)");
        var changed = new List<(FleetKind, string)>();
        for (rows.Bind(1, after).Bind(2, upTo); rows.Read();) changed.Add(((FleetKind)rows.Long(0), rows.Text(1)));
        return changed;
    }

    /// <summary>Time since which the log is complete; null when it is empty.</summary>
    public DateTimeOffset? KnownSince()
    {
        using var session = Open();
        return LogTimes.KnownSince(session);
    }

    /// <summary>Sequence number up to which the log was pruned; older changes are not available.</summary>
    public long PrunedTo()
    {
        using var session = Open();
        return LogTimes.PrunedTo(session);
    }

    /// <summary>Numbers that tell a change from any other: its entity and its times. Null when it is not in the log.</summary>
    public IReadOnlyList<long>? MarkOf(long sequence)
    {
        using var session = Open();
        using var statement = session.Prepare("SELECT entity, at, seen FROM events WHERE seq = ?");
        return statement.Bind(1, sequence).Read() ? [statement.Long(0), statement.Long(1), statement.Long(2)] : null;
    }

    /// <summary>The text of a key; empty for 0. There are few, and they stay, so each is read once.</summary>
    public string TextOf(long key)
    {
        if (key == 0) return "";
        if (_texts.TryGetValue(key, out var known)) return known;
        using var session = Open();
        using var text = session.Prepare("SELECT text FROM texts WHERE key = ?");
        return _texts[key] = text.Bind(1, key).Read() ? text.Text(0) : "";
    }

    /// <summary>A session that reads.</summary>
    internal Session Open() => database.OpenReader();

    /// <summary>What reads changes by their numbers.</summary>
    internal LaneEvents Events() => database.OpenEvents(this);

    private static long LastOf(Session session, string sql, FleetKind kind, string id)
    {
        using var row = session.Prepare(sql);
        return row.Bind(1, (long)kind).Bind(2, id).Read() ? row.Long(0) : 0;
    }
}
