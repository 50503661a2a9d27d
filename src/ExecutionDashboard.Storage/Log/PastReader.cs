using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>The last change of an entity up to a sequence number.</summary>
/// <param name="Key">The entity's key.</param>
/// <param name="Change">The change; its id is empty for an execution, whose id only its entity has. Its state is empty when the entity was removed by it.</param>
/// <param name="IsReplaced">Whether another execution had replaced it by then.</param>
internal readonly record struct LastChange(long Key, StateChange Change, bool IsReplaced);

/// <summary>
/// Reads what entities were at a sequence number, from the change that each had last by then. An entity that has not changed since is as it is now, so only those that did are read: each change
/// refers to the one before it, and the first one after the number refers to the last one up to it.
/// </summary>
internal static class PastReader
{
    // What is nothing for this long, in changes, is not looked for any further.
    private const long StepsLooked = 200_000;

    private const string Columns = "p.seq, p.kind, p.old, p.new, p.desired, p.message, p.error, p.job, p.version, p.node, p.deployment, p.revision, p.at, p.seen, p.source, p.replaced";

    /// <summary>The entities that changed after a number and existed at it, each with its last change up to it. Specs are left out: they never change.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="sequence">The number.</param>
    /// <param name="upTo">Later changes are not looked at; <see cref="long.MaxValue"/> for none.</param>
    /// <param name="cancel">Ends it.</param>
    // A cross join keeps the order: from the changes after the number to the one that each refers to.
    public static IEnumerable<LastChange> ChangedAfter(LogReader reader, long sequence, long upTo, CancellationToken cancel) => Read(
        reader, $"SELECT e.entity, {Columns} FROM events e CROSS JOIN events p WHERE p.seq = e.prev AND e.seq > ? AND e.seq <= ? AND e.prev <= ? AND e.kind <> 4 ORDER BY e.seq", [sequence, upTo, sequence], cancel);

    /// <summary>The entities that changed after a number and up to another, each with its last change in between. An entity that changed several times is given several times, the last time last.</summary>
    public static IEnumerable<LastChange> ChangesBetween(LogReader reader, long after, long upTo, CancellationToken cancel) =>
        Read(reader, $"SELECT p.entity, {Columns} FROM events p WHERE p.seq > ? AND p.seq <= ? AND p.kind <> 4 ORDER BY p.seq", [after, upTo], cancel);

    /// <summary>The entities that were first seen after a number and up to another.</summary>
    public static IEnumerable<(long Key, FleetKind Kind)> AddedBetween(LogReader reader, long after, long upTo, CancellationToken cancel)
    {
        using var session = reader.Open();
        using var rows = session.Prepare("SELECT entity, kind FROM events WHERE seq > ? AND seq <= ? AND prev = 0 AND kind <> 4 ORDER BY seq");
        for (rows.Bind(1, after).Bind(2, upTo); rows.Read();)
        {
            cancel.ThrowIfCancellationRequested();
            yield return (rows.Long(0), (FleetKind)rows.Long(1));
        }
    }

    /// <summary>When the next change after a number was seen, or the newest one that was seen before a time; null when there is none near.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="sequence">The number: of the last change that was seen by the time.</param>
    /// <param name="at">The time.</param>
    /// <param name="isForward">Whether the next one is wanted.</param>
    /// <param name="kind">The kind of entity whose changes count; null for all changes. A job's, node's or deployment's are those of its executions, too.</param>
    /// <param name="id">Its id.</param>
    public static DateTimeOffset? Step(LogReader reader, long sequence, DateTimeOffset at, bool isForward, FleetKind? kind, string id)
    {
        using var session = reader.Open();
        var (column, value) = ("", 0L);
        if (kind is { } of)
        {
            column = of switch { FleetKind.Job => "job", FleetKind.Node => "node", FleetKind.Deployment => "deployment", _ => "entity" };
            using var key = session.Prepare(column == "entity" ? "SELECT key FROM entities WHERE kind = 0 AND id = ?" : "SELECT key FROM texts WHERE text = ?");
            if (!key.Bind(1, id).Read()) return null;
            value = key.Long(0);
        }
        var wanted = column.Length == 0 ? "" : $" AND {column} = ?";
        using var row = session.Prepare(isForward
            ? $"SELECT seen FROM events WHERE seq > ? AND seq <= ?{wanted} AND kind <> 4 ORDER BY seq LIMIT 1"
            : $"SELECT seen FROM events WHERE seq > ? AND seq <= ? AND seen < ?{wanted} AND kind <> 4 ORDER BY seq DESC LIMIT 1");
        row.Bind(1, isForward ? sequence : Math.Max(0, sequence - StepsLooked)).Bind(2, isForward ? sequence + StepsLooked : sequence);
        if (!isForward) row.Bind(3, at.UtcTicks);
        if (column.Length > 0) row.Bind(isForward ? 3 : 4, value);
        return row.Read() ? new DateTimeOffset(row.Long(0), TimeSpan.Zero) : null;
    }

    private static IEnumerable<LastChange> Read(LogReader reader, string sql, long[] numbers, CancellationToken cancel)
    {
        using var session = reader.Open();
        using var rows = session.Prepare(sql);
        for (var i = 0; i < numbers.Length; i++) rows.Bind(i + 1, numbers[i]);
        for (var read = 1; rows.Read(); read++)
        {
            if ((read & 0x3ff) == 0) cancel.ThrowIfCancellationRequested();
            var kind = (FleetKind)rows.Long(2);
            var (job, node, deployment) = (reader.TextOf(rows.Long(8)), reader.TextOf(rows.Long(10)), reader.TextOf(rows.Long(11)));
            yield return new(rows.Long(0), new StateChange
            {
                Sequence = rows.Long(1), Kind = kind, Id = kind switch { FleetKind.Node => node, FleetKind.Job => job, FleetKind.Deployment => deployment, _ => "" },
                From = reader.TextOf(rows.Long(3)), To = reader.TextOf(rows.Long(4)), Desired = reader.TextOf(rows.Long(5)), Message = rows.Text(6), ErrorCode = reader.TextOf(rows.Long(7)),
                JobId = job, JobVersion = (int)rows.Long(9), NodeId = node, DeploymentId = deployment, Revision = rows.Long(12),
                At = new(rows.Long(13), TimeSpan.Zero), SeenAt = new(rows.Long(14), TimeSpan.Zero), Source = (ChangeSource)rows.Long(15),
            }, rows.Long(16) != 0);
        }
    }
}
