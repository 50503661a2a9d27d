using ExecutionDashboard.Fleet.Packing;

namespace ExecutionDashboard.Fleet.Snapshots;

/// <summary>What the feed's snapshot (<see cref="FeedContract.SnapshotPath"/>) is.</summary>
/// <param name="LogId">Id of the change log (<see cref="FeedStatus.LogId"/>).</param>
/// <param name="Sequence">The changes after this sequence number follow it. Some entities may be newer.</param>
/// <param name="Executions">About how many executions it has.</param>
public sealed record SnapshotHeader(string LogId, long Sequence, int Executions)
{
    /// <summary>The content of its block.</summary>
    public byte[] Pack()
    {
        var writer = new PackedWriter(new byte[128]);
        writer.Text(LogId);
        writer.Number(Sequence);
        writer.Number(Executions);
        return writer.Written.ToArray();
    }

    /// <summary>Reads what <see cref="Pack"/> made.</summary>
    public static SnapshotHeader Read(ReadOnlySpan<byte> block)
    {
        var reader = new PackedReader(block);
        return new(reader.Text(), reader.Number(), (int)reader.Number());
    }
}
