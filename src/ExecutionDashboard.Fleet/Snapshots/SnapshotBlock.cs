using System.Buffers.Binary;

namespace ExecutionDashboard.Fleet.Snapshots;

/// <summary>What a block of the feed's snapshot has (<see cref="FeedContract.SnapshotPath"/>).</summary>
public enum SnapshotBlockKind : byte
{
    /// <summary>A <see cref="SnapshotHeader"/>; the first block.</summary>
    Header = 1,
    /// <summary>Specs, jobs and deployments: a <see cref="FeedBatch"/> as JSON.</summary>
    Changes = 2,
    /// <summary>Shared values that later blocks refer to (<see cref="SharedValueBlocks"/>).</summary>
    Shared = 3,
    /// <summary>Packed nodes, each after its length.</summary>
    Nodes = 4,
    /// <summary>Packed executions, each after its length.</summary>
    Executions = 5,
    /// <summary>The numbers of nodes and executions that were sent; the last block, without which the snapshot is cut.</summary>
    End = 6,
}

/// <summary>The feed's snapshot is a sequence of blocks: their kind in one byte, their length in four, their content.</summary>
public static class SnapshotBlock
{
    /// <summary>Number of this format; another one is another layout of blocks, packed executions or nodes.</summary>
    public const int Format = 1;
    /// <summary>Length of what precedes the content of a block.</summary>
    public const int PrefixLength = 1 + sizeof(int);
    /// <summary>Blocks are closed at this length, bytes. One with a single large spec is longer.</summary>
    public const int UsualLength = 256 << 10;
    /// <summary>Longest block that is read, bytes: a longer one is no block.</summary>
    public const int LongestLength = 256 << 20;

    /// <summary>Writes what precedes the content of a block.</summary>
    public static void WritePrefix(Span<byte> prefix, SnapshotBlockKind kind, int length)
    {
        prefix[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(prefix[1..], length);
    }

    /// <summary>Reads what precedes the content of a block.</summary>
    /// <exception cref="FormatException">It is no block.</exception>
    public static (SnapshotBlockKind Kind, int Length) ReadPrefix(ReadOnlySpan<byte> prefix)
    {
        var (kind, length) = ((SnapshotBlockKind)prefix[0], BinaryPrimitives.ReadInt32LittleEndian(prefix[1..]));
        return kind is >= SnapshotBlockKind.Header and <= SnapshotBlockKind.End && length is >= 0 and <= LongestLength
            ? (kind, length) : throw new FormatException($"The feed's snapshot has a block of kind {prefix[0]} and {length} bytes.");
    }
}

/// <summary>What a snapshot of the feed is.</summary>
/// <param name="LogId">Id of the change log (<see cref="FeedStatus.LogId"/>).</param>
/// <param name="Sequence">The changes after this sequence number follow it. Some entities may be newer.</param>
/// <param name="Executions">About how many executions it has.</param>
public sealed record SnapshotHeader(string LogId, long Sequence, int Executions);
