using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Snapshots;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Past;

/// <summary>
/// The fleet as the feed knew it at any moment of its log. What has not changed since is sent as it is packed; of the rest, the last change by then is read. So a moment costs what changed after
/// it, and two that are near each other cost what lies between them. Safe for concurrent use.
/// </summary>
internal sealed class PastSnapshot(FeedLog feed, FleetMirror mirror, ChangeRing ring, TimeProvider time)
{
    /// <summary>Most changes between two moments for <see cref="Between(long, long, CancellationToken)"/>: more cost as much as another snapshot.</summary>
    public const long MostBetween = 50_000;

    /// <summary>Whether the log is read.</summary>
    public bool IsReady => feed.IsReady;

    /// <summary>What is known of a moment; null while the feed starts.</summary>
    public PastMoment? At(DateTimeOffset at)
    {
        if (!feed.IsReady) return null;
        using var session = feed.Reader.Open();
        using var transaction = session.BeginRead();
        var moment = new PastMoment
        {
            LogId = feed.Log.LogId, At = at, KnownSince = LogTimes.KnownSince(session), WatchedUntil = feed.Log.Gaps.WatchedAt, Gap = feed.Log.Gaps.Within(at, at.AddTicks(1)).FirstOrDefault(gap => gap.Holds(at)),
        };
        if (!(moment.KnownSince <= at)) return moment;
        var (sequence, (from, since)) = (SequenceAt(session, at), LogTimes.FormerSince(session));
        return moment with { Sequence = sequence, FactsSince = since, HasFacts = sequence >= from };
    }

    /// <summary>Whether changes by a sequence number are still in the log.</summary>
    public bool Has(long sequence) => sequence > 0 && sequence >= feed.Reader.PrunedTo() && sequence <= ring.End.Sequence;

    /// <summary>The parts of the stream of a fleet, each valid until the next is asked for.</summary>
    /// <param name="sequence">The last change that it has.</param>
    /// <param name="cancel">Ends it.</param>
    public IEnumerable<ReadOnlyMemory<byte>> Parts(long sequence, CancellationToken cancel) => Parts(mirror, feed.Reader, new(feed.Log.LogId, sequence, mirror.Executions.Count), cancel);

    /// <summary>The parts of a stream with a header.</summary>
    internal static IEnumerable<ReadOnlyMemory<byte>> Parts(FleetMirror mirror, LogReader reader, SnapshotHeader header, CancellationToken cancel)
    {
        var blocks = new MirrorBlocks(mirror);
        yield return PackedBlockWriter.Magic.ToArray();
        yield return blocks.Frame(PackedBlock.Header, header.Pack());
        foreach (var block in blocks.Fleet(header.Sequence)) yield return block;
        // Read after the rows: what changes meanwhile is either in them as it was, or here.
        foreach (var block in blocks.Entities(new PastFleet(mirror, reader, header.Sequence).After(PastReader.ChangedAfter(reader, header.Sequence, long.MaxValue, cancel)).Where(entity => !entity.Removed))) yield return block;
        yield return blocks.Frame(PackedBlock.End, []);
    }

    /// <summary>How many executions and nodes there were, from the keyframe before it: long before the fleet itself is read.</summary>
    public PastCounts Counts(long sequence, CancellationToken cancel)
    {
        var (executions, connections) = FleetMoments.Count(MomentReader.After(feed.Reader, sequence, cancel), feed.Log.Placements);
        return new(executions, connections);
    }

    /// <summary>What turns the fleet after one change into that after another; null when it is too much.</summary>
    public FeedBatch? Between(long from, long to, CancellationToken cancel) => Math.Abs(from - to) > MostBetween ? null : Between(mirror, feed.Reader, from, to, cancel);

    internal static FeedBatch Between(FleetMirror mirror, LogReader reader, long from, long to, CancellationToken cancel)
    {
        var past = new PastFleet(mirror, reader, to);
        IEnumerable<FleetChange> changes;
        if (to >= from)
        {
            var last = new Dictionary<long, LastChange>();
            foreach (var change in PastReader.ChangesBetween(reader, from, to, cancel)) last[change.Key] = change;
            changes = past.After(last.Values);
        }
        else changes = past.After(PastReader.ChangedAfter(reader, to, from, cancel)).Concat(past.Without(PastReader.AddedBetween(reader, to, from, cancel)));
        return new FeedBatch { Previous = from, Sequence = to, Changes = [.. changes] };
    }

    /// <summary>When the change next to a moment was seen.</summary>
    public PastStep Step(DateTimeOffset at, bool isForward, FleetKind? kind, string id)
    {
        using var session = feed.Reader.Open();
        return new(PastReader.Step(feed.Reader, SequenceAt(session, at), at, isForward, kind, id));
    }

    private long SequenceAt(Session session, DateTimeOffset at)
    {
        if (at > time.GetUtcNow()) return ring.End.Sequence;
        // What was pruned is known as it was at the horizon.
        return Math.Max(session.LastSeenBy(at, ring.End.Sequence), LogTimes.PrunedTo(session));
    }
}
