using System.Globalization;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage.Log;

/// <summary>
/// Removes changes before a horizon, a few at a time, between the writer's own work. Each existing entity keeps its newest change before the horizon, which has its
/// state at that time; removed entities are deleted completely. The horizon is placed on a keyframe, which covers the rest.
/// </summary>
/// <param name="connection">The connection of the writer.</param>
/// <param name="placements">Also drops what is deleted.</param>
/// <param name="isUnsettled">Whether a body that is newer than a change is not settled, so that the row in <c>entities</c> is out of date.</param>
internal sealed class LogPruner(SqliteConnection connection, Placements placements, Func<long, long, bool> isUnsettled)
{
    private const int SliceOf = 1_000;
    private long _next;
    private long _end;

    /// <summary>Number of changes removed since the log was created.</summary>
    public long Deleted { get; private set; }

    /// <summary>Whether there are changes to remove.</summary>
    public bool IsDue => _next < _end;

    /// <summary>Determines what can be removed.</summary>
    /// <param name="horizon">Changes seen before it can be removed.</param>
    /// <param name="lastSequence">The log's last sequence number, which is kept.</param>
    public void Aim(DateTimeOffset horizon, long lastSequence)
    {
        var seenBy = LogTimes.LastSeenBy(connection, horizon, lastSequence - 1);
        using var statement = new Statement(connection, "SELECT seq FROM keyframes WHERE seq <= ? ORDER BY seq DESC LIMIT 1");
        if (!statement.Bind(1, seenBy).Read()) return;
        var keyframe = statement.Long(0);
        statement.Reset();
        if (keyframe <= LogTimes.PrunedTo(connection)) return;
        var seen = (long)LogSchema.Scalar(connection, $"SELECT seen FROM events WHERE seq <= {keyframe.ToString(CultureInfo.InvariantCulture)} ORDER BY seq DESC LIMIT 1")!;
        // Record it first: a half-pruned log is not complete any more.
        using var transaction = connection.BeginTransaction();
        LogSchema.SetMeta(connection, LogTimes.PrunedToName, keyframe.ToString(CultureInfo.InvariantCulture));
        LogSchema.SetMeta(connection, LogTimes.KnownSinceName, seen.ToString(CultureInfo.InvariantCulture));
        LogSchema.Execute(connection, $"DELETE FROM keyframes WHERE seq < {keyframe.ToString(CultureInfo.InvariantCulture)}");
        transaction.Commit();
        _end = keyframe + 1;
    }

    /// <summary>Continues after an earlier run: remaining changes before the last horizon are checked again.</summary>
    /// <param name="lastSequence">The log's last sequence number.</param>
    public void Resume(long lastSequence)
    {
        var to = LogTimes.PrunedTo(connection);
        (_next, _end) = (0, to > 0 ? to + 1 : 0);
        // Older versions did not store the number, so it is counted once and stored with the next step.
        Deleted = LogTimes.Meta(connection, LogTimes.DeletedName) is var noted and > 0 ? noted
            : to > 0 ? lastSequence - (long)LogSchema.Scalar(connection, "SELECT count(*) FROM events")! : 0;
    }

    /// <summary>Removes some changes.</summary>
    /// <exception cref="SqliteException">Nothing was removed.</exception>
    public void Step()
    {
        if (!IsDue) return;
        var gone = new List<(long Sequence, long Entity)>();
        var rows = 0;
        var deleted = 0;
        var last = _next;
        using var transaction = connection.BeginTransaction();
        using (var slice = new Statement(connection, "SELECT seq, prev, new, entity FROM events WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT ?"))
        using (var delete = new Statement(connection, "DELETE FROM events WHERE seq = ?"))
        {
            var found = new List<(long Sequence, long Previous, long State, long Entity)>(SliceOf);
            slice.Bind(1, _next).Bind(2, _end).Bind(3, SliceOf);
            while (slice.Read()) found.Add((slice.Long(0), slice.Long(1), slice.Long(2), slice.Long(3)));
            foreach (var (sequence, previous, state, entity) in found)
            {
                // The predecessor of a change before the horizon is not the newest one before it.
                if (previous > 0) deleted += delete.Bind(1, previous).Run();
                if (state == 0) gone.Add((sequence, entity));
            }
            (rows, last) = (found.Count, found.Count > 0 ? found[^1].Sequence + 1 : _end);
        }
        var forgotten = Forget(gone, ref deleted);
        LogSchema.Execute(connection,
            $"DELETE FROM placements WHERE seq >= {_next.ToString(CultureInfo.InvariantCulture)} AND seq < {last.ToString(CultureInfo.InvariantCulture)} AND entity NOT IN (SELECT key FROM entities)");
        if (deleted > 0) LogSchema.SetMeta(connection, LogTimes.DeletedName, (Deleted + deleted).ToString(CultureInfo.InvariantCulture));
        transaction.Commit();
        Deleted += deleted;
        _next = rows < SliceOf ? _end : last;
        foreach (var lane in forgotten.GroupBy(f => f.Node)) placements.Remove(lane.Key, lane.Select(f => f.Entity).ToHashSet());
    }

    // Deletes entities that were removed before the horizon and did not come back.
    private List<(string Node, long Entity)> Forget(List<(long Sequence, long Entity)> gone, ref int deleted)
    {
        var forgotten = new List<(string, long)>();
        if (gone.Count == 0) return forgotten;
        using var entity = new Statement(connection,
            "SELECT kind, id, coalesce((SELECT text FROM texts WHERE texts.key = node), '') FROM entities WHERE key = ? AND last = ? AND body IS NULL AND kind <> 4");
        using var deleteEntity = new Statement(connection, "DELETE FROM entities WHERE key = ?");
        using var deleteEvent = new Statement(connection, "DELETE FROM events WHERE seq = ?");
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
