using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>
/// Drops partitions that are before the horizon as a whole. What entities that still exist were at their end (their newest change in them) moves to a partition of its own, which takes their place.
/// </summary>
internal sealed class PgLogPruner(PgSession session, Placements placements) : LogPruner(session)
{
    private const int MinutesOfPatience = 5;

    private readonly PgSession _session = session;

    public override void Step()
    {
        if (!IsDue) return;
        var (next, count) = (0L, 0L);
        using (var due = _session.Prepare("SELECT coalesce(max(next), 0), count(*) FROM partitions WHERE next <= ?"))
            if (due.Bind(1, End).Read()) (next, count) = (due.Long(0), due.Long(1));
        // One may be what the last time left.
        if (next > 0 && (count > 1 || !IsKept(next)))
        {
            // A row for each entity may be rewritten: that takes longer than other statements.
            _session.Patience = MinutesOfPatience * 60;
            try
            {
                Drop(next);
            }
            finally
            {
                _session.Patience = null;
            }
        }
        // A row tells of moments before its change only.
        _session.Execute($"DELETE FROM former WHERE seq < {PgPartitioning.Text(End)}");
        Next = End;
    }

    private bool IsKept(long next)
    {
        using var kept = _session.Prepare("SELECT 1 FROM partitions WHERE next = ? AND first = 0");
        var isKept = kept.Bind(1, next).Read();
        kept.Reset();
        return isKept;
    }

    private void Drop(long next)
    {
        var end = PgPartitioning.Text(next);
        var table = $"events_kept_{end}";
        var forgotten = new List<(string Node, long Entity)>();
        using var transaction = _session.Begin();
        // Entities that were removed before the end and did not come back are deleted completely, but for specs.
        using (var gone = _session.Prepare("DELETE FROM entities WHERE body IS NULL AND last < ? AND kind <> 4 RETURNING key, kind, id, coalesce((SELECT text FROM texts WHERE texts.key = node), '')"))
            for (gone.Bind(1, next); gone.Read();) forgotten.Add((gone.Long(1) == 1 ? gone.Text(2) : gone.Text(3), gone.Long(0)));
        _session.Execute($"CREATE TABLE {table}(LIKE events INCLUDING ALL, CHECK (seq >= 0 AND seq < {end}))");
        using var keep = _session.Prepare(
            $"""
            INSERT INTO {table} SELECT e.* FROM events e JOIN entities n ON n.key = e.entity
            WHERE e.seq < {end} AND (n.last = e.seq OR NOT EXISTS (SELECT 1 FROM events later WHERE later.entity = e.entity AND later.seq > e.seq AND later.seq < {end}))
            """);
        var kept = keep.Run();
        var before = _session.Number($"SELECT count(*) FROM events WHERE seq < {end}") ?? 0;
        PgPartitioning.Replace(_session, table, next);
        _session.Execute($"DELETE FROM placements WHERE seq < {end} AND NOT EXISTS (SELECT 1 FROM entities WHERE key = entity)");
        var deleted = Deleted + before - kept;
        _session.SetMeta(LogTimes.DeletedName, PgPartitioning.Text(deleted));
        transaction.Commit();
        Deleted = deleted;
        foreach (var lane in forgotten.GroupBy(f => f.Node)) placements.Remove(lane.Key, lane.Select(f => f.Entity).ToHashSet());
    }
}
