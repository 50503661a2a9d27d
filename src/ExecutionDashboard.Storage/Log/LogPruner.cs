using System.Globalization;

namespace ExecutionDashboard.Storage.Log;

/// <summary>
/// Removes changes before a horizon, some at a time, between the writer's own work. Each existing entity keeps its newest change before the horizon, which has its
/// state at that time; removed entities are deleted completely. The horizon is placed on a keyframe, which covers the rest.
/// </summary>
/// <param name="session">The session of the writer.</param>
internal abstract class LogPruner(Session session)
{
    /// <summary>The session of the writer.</summary>
    protected Session Session => session;

    /// <summary>The first number that was not looked at.</summary>
    protected long Next { get; set; }

    /// <summary>The number after the last change that can be removed.</summary>
    protected long End { get; private set; }

    /// <summary>Number of changes removed since the log was created.</summary>
    public long Deleted { get; protected set; }

    /// <summary>Whether there are changes to remove.</summary>
    public bool IsDue => Next < End;

    /// <summary>Determines what can be removed.</summary>
    /// <param name="horizon">Changes seen before it can be removed.</param>
    /// <param name="lastSequence">The log's last sequence number, which is kept.</param>
    public void Aim(DateTimeOffset horizon, long lastSequence)
    {
        var seenBy = session.LastSeenBy(horizon, lastSequence - 1);
        using var statement = session.Prepare("SELECT seq FROM keyframes WHERE seq <= ? ORDER BY seq DESC LIMIT 1");
        if (!statement.Bind(1, seenBy).Read()) return;
        var keyframe = statement.Long(0);
        statement.Reset();
        if (keyframe <= LogTimes.PrunedTo(session)) return;
        var seen = session.Number($"SELECT seen FROM events WHERE seq <= {keyframe.ToString(CultureInfo.InvariantCulture)} ORDER BY seq DESC LIMIT 1") ?? 0;
        // Record it first: a half-pruned log is not complete any more.
        using var transaction = session.Begin();
        session.SetMeta(LogTimes.PrunedToName, keyframe.ToString(CultureInfo.InvariantCulture));
        session.SetMeta(LogTimes.KnownSinceName, seen.ToString(CultureInfo.InvariantCulture));
        session.Execute($"DELETE FROM keyframes WHERE seq < {keyframe.ToString(CultureInfo.InvariantCulture)}");
        transaction.Commit();
        End = keyframe + 1;
    }

    /// <summary>Continues after an earlier run: remaining changes before the last horizon are checked again.</summary>
    /// <param name="lastSequence">The log's last sequence number.</param>
    public void Resume(long lastSequence)
    {
        var to = LogTimes.PrunedTo(session);
        (Next, End) = (0, to > 0 ? to + 1 : 0);
        // Older versions did not store the number, so it is counted once and stored with the next step.
        Deleted = session.MetaNumber(LogTimes.DeletedName) is var noted and > 0 ? noted
            : to > 0 ? lastSequence - (session.Number("SELECT count(*) FROM events") ?? 0) : 0;
    }

    /// <summary>Removes some changes.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was removed.</exception>
    public abstract void Step();
}
