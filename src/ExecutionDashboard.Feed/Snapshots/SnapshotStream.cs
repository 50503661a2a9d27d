using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Fleet.Snapshots;

namespace ExecutionDashboard.Feed.Snapshots;

/// <summary>
/// The mirror as one binary stream (<see cref="FeedContract.SnapshotPath"/>). Executions and nodes are sent as they are packed and cost no object, so a dashboard joins in the time that it
/// needs itself.
/// </summary>
internal sealed class SnapshotStream(FleetMirror mirror, ChangeRing ring, FeedStream stream)
{
    /// <summary>The parts of the stream, each valid until the next is asked for; null while the feed has no fleet yet.</summary>
    public IEnumerable<ReadOnlyMemory<byte>>? Parts() =>
        // The number comes before anything is read: concurrent changes may then be sent again, but are never missed.
        stream.LogId is { } logId ? Parts(mirror, new(logId, ring.End.Sequence, mirror.Executions.Count)) : null;

    /// <summary>The parts of a stream with a header.</summary>
    internal static IEnumerable<ReadOnlyMemory<byte>> Parts(FleetMirror mirror, SnapshotHeader header)
    {
        var blocks = new MirrorBlocks(mirror);
        yield return PackedBlockWriter.Magic.ToArray();
        yield return blocks.Frame(PackedBlock.Header, header.Pack());
        foreach (var block in blocks.Fleet()) yield return block;
        yield return blocks.Frame(PackedBlock.End, []);
    }
}
