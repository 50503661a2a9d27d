using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Feed.Log;

/// <summary>
/// Takes from the log what is older than a horizon, a slice at a time, between the writer's own work. Each thing that is there keeps its
/// newest change before the horizon, which tells its state at it; what is gone goes whole. The horizon is put on a keyframe, which tells the rest.
/// </summary>
/// <param name="connection">The writer's.</param>
/// <param name="placements">Forget what goes.</param>
/// <param name="isUnsettled">A body of a key that is newer than a change waits to be settled: its row in <c>entities</c> is not up to date.</param>
internal sealed class LogPruner(SqliteConnection connection, Placements placements, Func<long, long, bool> isUnsettled)
{
    private const int SliceOf = 1_000;
    private long _next;
    private long _end;

    /// <summary>Changes taken from the log since it was begun.</summary>
    public long Deleted { get; private set; }

    /// <summary>There is something to take from the log.</summary>
    public bool IsDue => _next < _end;

    /// <summary>Looks how far there is something to take.</summary>
    /// <param name="horizon">What was seen before it may go.</param>
    /// <param name="lastSequence">The log's last number: it stays.</param>
    public void Aim(DateTimeOffset horizon, long lastSequence)
    {
        var seenBy = LogTimes.LastSeenBy(connection, horizon, lastSequence - 1);
        using var statement = new Statement(connection, "SELECT seq FROM keyframes WHERE seq <= ? ORDER BY seq DESC LIMIT 1");
        if (!statement.Bind(1, seenBy).Read()) return;
        var keyframe = statement.Long(0);
        statement.Reset();
        if (keyframe <= LogTimes.PrunedTo(connection)) return;
        var seen = (long)LogSchema.Scalar(connection, $"SELECT seen FROM events WHERE seq <= {keyframe.ToString(CultureInfo.InvariantCulture)} ORDER BY seq DESC LIMIT 1")!;
        // Said before it is done: what is half pruned is not whole any more.
        using var transaction = connection.BeginTransaction();
        LogSchema.SetMeta(connection, LogTimes.PrunedToName, keyframe.ToString(CultureInfo.InvariantCulture));
        LogSchema.SetMeta(connection, LogTimes.KnownSinceName, seen.ToString(CultureInfo.InvariantCulture));
        LogSchema.Execute(connection, $"DELETE FROM keyframes WHERE seq < {keyframe.ToString(CultureInfo.InvariantCulture)}");
        transaction.Commit();
        _end = keyframe + 1;
    }

    /// <summary>Begins anew with what an earlier run left: what is there still from before the last horizon is looked through again.</summary>
    /// <param name="lastSequence">The log's last number.</param>
    public void Resume(long lastSequence)
    {
        var to = LogTimes.PrunedTo(connection);
        (_next, _end) = (0, to > 0 ? to + 1 : 0);
        // A log that was pruned by an older program did not note how much: that is counted once, and noted with the next slice.
        Deleted = LogTimes.Meta(connection, LogTimes.DeletedName) is var noted and > 0 ? noted
            : to > 0 ? lastSequence - (long)LogSchema.Scalar(connection, "SELECT count(*) FROM events")! : 0;
    }

    /// <summary>Takes one slice.</summary>
    /// <exception cref="SqliteException">Nothing of it was taken.</exception>
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
                // Whatever a change before the horizon follows is not the newest before the horizon.
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

    // Of what was gone before the horizon, and did not come back since, nothing is left.
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
