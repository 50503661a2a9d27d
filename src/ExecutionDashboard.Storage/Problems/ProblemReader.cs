using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Storage.Problems;

/// <summary>Answers questions about what problems there were, beside the writer. Safe for any thread.</summary>
/// <param name="log">The log.</param>
/// <param name="knownSince">What happened to problems before is not known any more, or never was, UTC.</param>
internal sealed class ProblemReader(FeedLog log, Func<DateTimeOffset> knownSince)
{
    /// <summary>What happened to problems before is not known any more, or never was, UTC.</summary>
    public DateTimeOffset KnownSince => knownSince();

    /// <summary>Resolved problems, newest first.</summary>
    /// <param name="since">Resolved after this.</param>
    /// <param name="before">Resolved before this.</param>
    /// <param name="atMost">How many at most.</param>
    public IReadOnlyList<ProblemRecord> Resolved(DateTimeOffset? since, DateTimeOffset? before, int atMost)
    {
        using var session = log.Reader.Open();
        var until = Math.Min(before?.UtcTicks ?? long.MaxValue, long.MaxValue);
        var condition = FormattableString.Invariant($"resolved > ? AND resolved < {until}");
        var order = FormattableString.Invariant($"ORDER BY resolved DESC LIMIT {atMost}");
        return [.. ProblemTables.Read(session, condition, since?.UtcTicks ?? 0, order, withComments: true).Select(o => o.Record)];
    }

    /// <summary>The problems that were opened in a range of time, newest first, and those that were open before it and were resolved in it.</summary>
    /// <param name="from">Its beginning.</param>
    /// <param name="to">Its end, which belongs to it.</param>
    /// <param name="atMost">How many of each at most.</param>
    public (IReadOnlyList<ProblemRecord> Opened, IReadOnlyList<ProblemRecord> Resolved) Between(DateTimeOffset from, DateTimeOffset to, int atMost)
    {
        using var session = log.Reader.Open();
        using var transaction = session.BeginRead();
        return (
            Newest("opened", FormattableString.Invariant($"opened > ? AND opened <= {to.UtcTicks}")),
            Newest("resolved", FormattableString.Invariant($"resolved > ? AND resolved <= {to.UtcTicks} AND opened <= {from.UtcTicks}")));

        IReadOnlyList<ProblemRecord> Newest(string order, string condition) =>
            [.. ProblemTables.Read(session, condition, from.UtcTicks, FormattableString.Invariant($"ORDER BY {order} DESC LIMIT {atMost}"), withComments: true)
                // What became of one afterwards is not of the range.
                .Select(o => o.Record.ResolvedAt > to ? o.Record with { ResolvedAt = null } : o.Record)];
    }

    /// <summary>The problems that were open at a moment, as they were then.</summary>
    public ProblemMoment At(DateTimeOffset at)
    {
        using var session = log.Reader.Open();
        using var transaction = session.BeginRead();
        var condition = FormattableString.Invariant($"resolved > {at.UtcTicks} AND opened <= ?");
        using var then = session.Prepare("SELECT body FROM problem_events WHERE problem = ? AND at <= ? AND body IS NOT NULL ORDER BY seq DESC LIMIT 1");
        // What people did stays, whatever became of the problem.
        using var taken = session.Prepare("SELECT kind, who, at FROM problem_events WHERE problem = ? AND at <= ? AND kind IN (3, 4) ORDER BY seq DESC LIMIT 1");
        var open = new List<ProblemRecord>();
        foreach (var occurrence in ProblemTables.Read(session, condition, at.UtcTicks, "", withComments: true))
        {
            var problem = then.Bind(1, occurrence.Key).Bind(2, at.UtcTicks).Read() ? ProblemTables.Problem(then.Blob(0)) : occurrence.Problem;
            then.Reset();
            var record = occurrence.Record;
            open.Add(record with
            {
                Problem = problem, ResolvedAt = null,
                Acknowledgement = Taken(occurrence),
                Comments = [.. record.Comments.Where(c => c.At <= at)],
            });
        }
        return new ProblemMoment(at, KnownSince, [.. open.OrderByDescending(r => r.Problem.Severity).ThenBy(r => r.OpenedAt).ThenBy(r => r.Problem.Id, StringComparer.Ordinal)]);

        // Until when is known of the one that lasts only.
        Acknowledgement? Taken(Occurrence occurrence)
        {
            var lasts = occurrence.Record.Acknowledgement is { } now && now.At <= at ? now : null;
            // What happened long ago to one that is still open was pruned.
            if (!taken.Bind(1, occurrence.Key).Bind(2, at.UtcTicks).Read()) return lasts;
            var by = (ProblemEventKind)taken.Long(0) == ProblemEventKind.Acknowledged ? new Acknowledgement(taken.Text(1), ProblemTables.Time(taken.Long(2)), null) : null;
            taken.Reset();
            return by is not null && lasts?.At == by.At ? lasts : by;
        }
    }

    /// <summary>What happened to a problem, oldest first; null when there never was one of this id.</summary>
    public ProblemHistory? Of(string id)
    {
        using var session = log.Reader.Open();
        using var events = session.Prepare(
            """
            SELECT seq, kind, at, who, text, problem_events.body FROM problem_events
            WHERE problem IN (SELECT key FROM problems WHERE id = ?) ORDER BY seq DESC LIMIT ?
            """);
        var found = new List<ProblemEvent>();
        for (events.Bind(1, id).Bind(2, ProblemLimits.Events); events.Read();)
        {
            var problem = events.IsNull(5) ? null : ProblemTables.Problem(events.Blob(5));
            found.Add(new ProblemEvent(events.Long(0), id, (ProblemEventKind)events.Long(1), ProblemTables.Time(events.Long(2)), problem, events.Text(3), events.Text(4)));
        }
        found.Reverse();
        return found.Count == 0 ? null : new ProblemHistory(KnownSince, found);
    }
}
