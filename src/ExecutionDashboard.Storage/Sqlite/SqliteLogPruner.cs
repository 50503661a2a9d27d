using System.Globalization;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Storage.Sqlite;

/// <summary>Removes changes by row, a few at a time.</summary>
/// <param name="session">The session of the writer.</param>
/// <param name="placements">Also drops what is deleted.</param>
/// <param name="isUnsettled">Whether a body that is newer than a change is not settled, so that the row in <c>entities</c> is out of date.</param>
internal sealed class SqliteLogPruner(Session session, Placements placements, Func<long, long, bool> isUnsettled) : LogPruner(session)
{
    private const int SliceOf = 1_000;

    public override void Step()
    {
        if (!IsDue) return;
        var gone = new List<(long Sequence, long Entity)>();
        var rows = 0;
        var deleted = 0;
        var last = Next;
        using var transaction = Session.Begin();
        using (var slice = Session.Prepare("SELECT seq, prev, new, entity FROM events WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT ?"))
        using (var delete = Session.Prepare("DELETE FROM events WHERE seq = ?"))
        {
            var found = new List<(long Sequence, long Previous, long State, long Entity)>(SliceOf);
            slice.Bind(1, Next).Bind(2, End).Bind(3, SliceOf);
            while (slice.Read()) found.Add((slice.Long(0), slice.Long(1), slice.Long(2), slice.Long(3)));
            foreach (var (sequence, previous, state, entity) in found)
            {
                // The predecessor of a change before the horizon is not the newest one before it.
                if (previous > 0) deleted += delete.Bind(1, previous).Run();
                if (state == 0) gone.Add((sequence, entity));
            }
            (rows, last) = (found.Count, found.Count > 0 ? found[^1].Sequence + 1 : End);
        }
        var forgotten = Forget(gone, ref deleted);
        Session.Execute(
            $"DELETE FROM placements WHERE seq >= {Next.ToString(CultureInfo.InvariantCulture)} AND seq < {last.ToString(CultureInfo.InvariantCulture)} AND entity NOT IN (SELECT key FROM entities)");
        var next = rows < SliceOf ? End : last;
        // A row tells of moments before its change only.
        Session.Execute($"DELETE FROM former WHERE seq < {next.ToString(CultureInfo.InvariantCulture)}");
        if (deleted > 0) Session.SetMeta(LogTimes.DeletedName, (Deleted + deleted).ToString(CultureInfo.InvariantCulture));
        transaction.Commit();
        Deleted += deleted;
        Next = next;
        foreach (var lane in forgotten.GroupBy(f => f.Node)) placements.Remove(lane.Key, lane.Select(f => f.Entity).ToHashSet());
    }

    // Deletes entities that were removed before the horizon and did not come back.
    private List<(string Node, long Entity)> Forget(List<(long Sequence, long Entity)> gone, ref int deleted)
    {
        var forgotten = new List<(string, long)>();
        if (gone.Count == 0) return forgotten;
        using var entity = Session.Prepare(
            "SELECT kind, id, coalesce((SELECT text FROM texts WHERE texts.key = node), '') FROM entities WHERE key = ? AND last = ? AND body IS NULL AND kind <> 4");
        using var deleteEntity = Session.Prepare("DELETE FROM entities WHERE key = ?");
        using var deleteEvent = Session.Prepare("DELETE FROM events WHERE seq = ?");
        foreach (var (sequence, key) in gone)
        {
            if (isUnsettled(key, sequence) || !entity.Bind(1, key).Bind(2, sequence).Read()) continue;
            forgotten.Add((entity.Long(0) == 1 ? entity.Text(1) : entity.Text(2), key));
            entity.Reset();
            deleteEntity.Bind(1, key).Run();
            deleted += deleteEvent.Bind(1, sequence).Run();
        }
        return forgotten;
    }
}
