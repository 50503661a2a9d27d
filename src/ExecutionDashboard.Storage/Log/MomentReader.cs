
namespace ExecutionDashboard.Storage.Log;

/// <summary>Reads the state of the whole fleet at a point in time, from the keyframe before it and the changes since.</summary>
internal static class MomentReader
{
    // Changes are seen slightly after they happen, or much later after a gap: this many later changes are checked.
    private const int SeenLater = 50_000;

    /// <summary>What the feed had seen by a point in time, and what it learned about that time later. Null when the log does not reach back far enough.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="at">The point in time.</param>
    /// <param name="upTo">Changes after this sequence number are ignored.</param>
    /// <param name="cancel">Cancels the query.</param>
    public static (FleetStates States, long Sequence)? At(LogReader reader, DateTimeOffset at, long upTo, CancellationToken cancel)
    {
        using var session = reader.Open();
        using var transaction = session.BeginRead();
        var seenBy = session.LastSeenBy(at, upTo);
        var pruned = LogTimes.PrunedTo(session);
        if (seenBy < pruned)
        {
            if (LogTimes.IsPrunedAfter(session, at)) return null;
            // The change at the horizon may be deleted with its entity, but its keyframe still exists.
            seenBy = pruned;
        }
        if (seenBy == 0) return null;
        var (states, from) = Keyframe(session, seenBy);
        using var events = session.Prepare("SELECT seq, entity, kind, old, new, at, seen, replaced FROM events WHERE seq > ? AND seq <= ? ORDER BY seq");
        // No change of an entity is before its predecessor, so a change after the time excludes all later ones of its entity.
        var after = new HashSet<long>();
        events.Bind(1, from).Bind(2, Math.Min(upTo, seenBy + SeenLater));
        for (var rows = 1; events.Read(); rows++)
        {
            if ((rows & 0xfff) == 0) cancel.ThrowIfCancellationRequested();
            if (events.Long(2) > 1) continue;
            var (key, state) = (events.Long(1), events.Long(4));
            if (events.Long(0) > seenBy)
            {
                var then = LaneClock.Believed(new DateTimeOffset(events.Long(5), TimeSpan.Zero), new DateTimeOffset(events.Long(6), TimeSpan.Zero));
                // The first known change of an entity says nothing about the time before it.
                if (then > at || events.Long(3) == 0)
                {
                    after.Add(key);
                    continue;
                }
                if (after.Contains(key)) continue;
            }
            states.Set(key, reader.TextOf(state), events.Long(7) != 0);
        }
        return (states, seenBy);
    }

    /// <summary>What the feed knew after a change, and nothing that it learned later.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="sequence">Sequence number of the change, which the log has.</param>
    /// <param name="cancel">Cancels the query.</param>
    public static FleetStates After(LogReader reader, long sequence, CancellationToken cancel)
    {
        using var session = reader.Open();
        using var transaction = session.BeginRead();
        var (states, from) = Keyframe(session, sequence);
        using var events = session.Prepare("SELECT entity, kind, new, replaced FROM events WHERE seq > ? AND seq <= ? ORDER BY seq");
        events.Bind(1, from).Bind(2, sequence);
        for (var rows = 1; events.Read(); rows++)
        {
            if ((rows & 0xfff) == 0) cancel.ThrowIfCancellationRequested();
            if (events.Long(1) <= 1) states.Set(events.Long(0), reader.TextOf(events.Long(2)), events.Long(3) != 0);
        }
        return states;
    }

    private static (FleetStates States, long Sequence) Keyframe(Session session, long sequence)
    {
        using var keyframe = session.Prepare("SELECT seq, states FROM keyframes WHERE seq <= ? ORDER BY seq DESC LIMIT 1");
        return keyframe.Bind(1, sequence).Read() ? (FleetStates.Unpack(keyframe.Blob(1).ToArray()), keyframe.Long(0)) : (new(), 0);
    }
}
