using System.Globalization;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>Reads ranges of the log in order, slice by slice, so that no statement runs for long. Safe for concurrent use.</summary>
/// <param name="reader">The log.</param>
internal sealed class LoggedChanges(LogReader reader)
{
    // Numbers, not rows: after pruning a slice may have few.
    private const int Slice = 50_000;
    private const int KeysOfAStatement = 500;

    /// <summary>The text of a key; empty for 0.</summary>
    public string TextOf(long key) => reader.TextOf(key);

    /// <summary>The numbers of the last changes that were seen by the ends of a range. Those that the first load found, and those that were pruned, are before it.</summary>
    /// <param name="from">Its beginning.</param>
    /// <param name="to">Its end.</param>
    /// <param name="upTo">Changes after this number are ignored.</param>
    public (long After, long UpTo) Seen(DateTimeOffset from, DateTimeOffset to, long upTo)
    {
        using var session = reader.Open();
        var first = Math.Max(LogTimes.PrunedTo(session), session.MetaNumber(LogTimes.LoadedToName));
        return (Math.Max(first, session.LastSeenBy(from, upTo)), session.LastSeenBy(to, upTo));
    }

    /// <summary>When a change was seen, or the next one that there is; null after the last one.</summary>
    public DateTimeOffset? SeenAt(long sequence)
    {
        using var session = reader.Open();
        using var row = session.Prepare("SELECT seen FROM events WHERE seq >= ? ORDER BY seq LIMIT 1");
        return row.Bind(1, sequence).Read() ? new DateTimeOffset(row.Long(0), TimeSpan.Zero) : null;
    }

    /// <summary>The changes after a number and up to another, oldest first.</summary>
    public IEnumerable<LoggedChange> Between(long after, long upTo, CancellationToken cancel)
    {
        using var session = reader.Open();
        using var rows = session.Prepare(
            "SELECT seq, entity, kind, old, new, desired, error, job, version, node, deployment, at, seen, replaced, prev FROM events WHERE seq > ? AND seq <= ? ORDER BY seq");
        for (var from = after; from < upTo;)
        {
            cancel.ThrowIfCancellationRequested();
            var to = Math.Min(upTo, from + Slice);
            for (rows.Bind(1, from).Bind(2, to); rows.Read();)
                yield return new(
                    rows.Long(0), rows.Long(1), (FleetKind)rows.Long(2), rows.Long(3), rows.Long(4), rows.Long(5), rows.Long(6), rows.Long(7), (int)rows.Long(8), rows.Long(9), rows.Long(10),
                    LaneClock.Believed(new DateTimeOffset(rows.Long(11), TimeSpan.Zero), new DateTimeOffset(rows.Long(12), TimeSpan.Zero)), rows.Long(13) != 0, rows.Long(14), new DateTimeOffset(rows.Long(12), TimeSpan.Zero));
            from = to;
        }
    }

    /// <summary>Versions of the job and whether they were replaced, of changes by their numbers; those that were pruned are missing.</summary>
    public IReadOnlyDictionary<long, (int Version, bool Replaced)> StandOf(IEnumerable<long> sequences, CancellationToken cancel)
    {
        var found = new Dictionary<long, (int, bool)>();
        Each("SELECT seq, version, replaced FROM events WHERE seq IN ", sequences, row => found[row.Long(0)] = ((int)row.Long(1), row.Long(2) != 0), cancel);
        return found;
    }

    /// <summary>Messages of changes by their numbers; those that were pruned are missing.</summary>
    public IReadOnlyDictionary<long, string> MessagesOf(IEnumerable<long> sequences, CancellationToken cancel)
    {
        var found = new Dictionary<long, string>();
        Each("SELECT seq, message FROM events WHERE seq IN ", sequences, row => found[row.Long(0)] = row.Text(1), cancel);
        return found;
    }

    /// <summary>Ids of entities by their keys; those that were pruned are missing.</summary>
    public IReadOnlyDictionary<long, string> IdsOf(IEnumerable<long> keys, CancellationToken cancel)
    {
        var found = new Dictionary<long, string>();
        Each("SELECT key, id FROM entities WHERE key IN ", keys, row => found[row.Long(0)] = row.Text(1), cancel);
        return found;
    }

    private void Each(string sql, IEnumerable<long> numbers, Action<Statement> take, CancellationToken cancel)
    {
        using var session = reader.Open();
        foreach (var some in numbers.Where(number => number > 0).Chunk(KeysOfAStatement))
        {
            cancel.ThrowIfCancellationRequested();
            using var rows = session.Prepare($"{sql}({string.Join(',', some.Select(number => number.ToString(CultureInfo.InvariantCulture)))})");
            while (rows.Read()) take(rows);
        }
    }
}
