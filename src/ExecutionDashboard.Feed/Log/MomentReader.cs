using ExecutionDashboard.Feed.History;

namespace ExecutionDashboard.Feed.Log;

/// <summary>The state of the whole fleet at a moment, from the keyframe before it and the changes since.</summary>
internal static class MomentReader
{
    // Changes are seen a moment after they were, or long after when the feed was blind meanwhile: so many after the moment are looked through.
    private const int SeenLater = 50_000;

    /// <summary>
    /// What the feed had seen by a moment, and what it saw later of the time before it. Null when the log does not reach back so far.
    /// </summary>
    /// <param name="reader">The log.</param>
    /// <param name="at">The moment.</param>
    /// <param name="upTo">Changes after this number are not looked at.</param>
    /// <param name="cancel">Ends it.</param>
    public static (FleetStates States, long Sequence)? At(LogReader reader, DateTimeOffset at, long upTo, CancellationToken cancel)
    {
        using var connection = reader.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        var seenBy = LogTimes.LastSeenBy(connection, at, upTo);
        var pruned = LogTimes.PrunedTo(connection);
        if (seenBy < pruned)
        {
            if (LogTimes.IsPrunedAfter(connection, at)) return null;
            // The change that the horizon was put on may be gone with its thing: its keyframe still tells of it.
            seenBy = pruned;
        }
        if (seenBy == 0) return null;
        var (states, from) = (new FleetStates(), 0L);
        using (var keyframe = new Statement(connection, "SELECT seq, states FROM keyframes WHERE seq <= ? ORDER BY seq DESC LIMIT 1"))
            if (keyframe.Bind(1, seenBy).Read()) (from, states) = (keyframe.Long(0), FleetStates.Unpack(keyframe.Blob(1).ToArray()));

        var texts = new Dictionary<long, string> { [0] = "" };
        using var text = new Statement(connection, "SELECT text FROM texts WHERE key = ?");
        using var events = new Statement(connection, "SELECT seq, entity, kind, old, new, at, seen, replaced FROM events WHERE seq > ? AND seq <= ? ORDER BY seq");
        // Of each thing no change is before the one it follows: one that is after the moment holds back those that follow it.
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
                // The first that was ever seen of a thing tells nothing of before.
                if (then > at || events.Long(3) == 0)
                {
                    after.Add(key);
                    continue;
                }
                if (after.Contains(key)) continue;
            }
            if (!texts.TryGetValue(state, out var word))
            {
                texts[state] = word = text.Bind(1, state).Read() ? text.Text(0) : "";
                text.Reset();
            }
            states.Set(key, word, events.Long(7) != 0);
        }
        return (states, seenBy);
    }
}
