using System.Text.Json;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Snapshots;

/// <summary>
/// Builds a store from the blocks of the feed's snapshot. Secrets are masked as in <see cref="FleetStore.Apply"/>, each distinct text once, and indexes are built once at the
/// end. Not safe for concurrent use.
/// </summary>
/// <param name="observations">See <see cref="FleetStore.Observations"/>.</param>
public sealed class SnapshotLoader(FleetObservations? observations = null)
{
    // Numbers are the feed's, which has its own limits; this one only refuses what is no number.
    private const int MostShared = 1 << 24;
    // So many executions are expected at most, whatever the header says: memory is taken for them beforehand.
    private const int MostExpected = 16_000_000;

    private readonly FleetStore _store = new(observations);
    private readonly SharedParts _shared = new(MostShared, MostShared, MostShared);
    private readonly List<FleetChange> _changes = [];
    private NodePacking? _nodes;
    private ExecutionLoader? _executions;
    private int _nodeCount;

    /// <summary>What is loaded; null before its first block.</summary>
    public SnapshotHeader? Header { get; private set; }

    /// <summary>Executions read so far.</summary>
    public int ExecutionCount { get; private set; }

    /// <summary>Whether the last block was read.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Reads the next block.</summary>
    /// <exception cref="FormatException">It does not follow the ones before, or cannot be read.</exception>
    public void Read(SnapshotBlockKind kind, ReadOnlySpan<byte> block)
    {
        if (IsComplete || (Header is null) != (kind == SnapshotBlockKind.Header)) throw new FormatException($"The feed's snapshot has a block of kind {kind} where none should be.");
        try
        {
            ReadBlock(kind, block);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or JsonException or OverflowException or NullReferenceException)
        {
            throw new FormatException($"A block of the feed's snapshot ({kind}) cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The store with the whole snapshot.</summary>
    /// <exception cref="FormatException">The snapshot is cut.</exception>
    public FleetStore Complete()
    {
        if (!IsComplete) throw new FormatException("The feed's snapshot is cut.");
        _executions?.Complete();
        _executions = null;
        return _store;
    }

    private void ReadBlock(SnapshotBlockKind kind, ReadOnlySpan<byte> block)
    {
        var reader = new PackedReader(block);
        switch (kind)
        {
            case SnapshotBlockKind.Header:
                if (reader.Number() is var format && format != SnapshotBlock.Format) throw new FormatException($"The feed's snapshot has format {format}, not {SnapshotBlock.Format}.");
                Header = new(reader.Text(), reader.Number(), (int)reader.Number());
                break;
            case SnapshotBlockKind.Changes:
                _store.Apply(JsonSerializer.Deserialize<FeedBatch>(block, FeedContract.Json)!.Changes);
                break;
            case SnapshotBlockKind.Shared:
                SharedValueBlocks.Read(block, _shared);
                break;
            case SnapshotBlockKind.Nodes:
                _nodes ??= new(_shared);
                while (reader.Left > 0) _changes.Add(FleetChange.Of(_nodes.Unpack(reader.Bytes((int)reader.Number()))));
                _nodeCount += _changes.Count;
                _store.Apply(_changes);
                _changes.Clear();
                break;
            case SnapshotBlockKind.Executions:
                _executions ??= _store.LoadExecutions(_shared, Math.Clamp(Header!.Executions, 0, MostExpected));
                for (; reader.Left > 0; ExecutionCount++) _executions.Add(reader.Bytes((int)reader.Number()));
                break;
            case SnapshotBlockKind.End:
                if (reader.Number() != _nodeCount || reader.Number() != ExecutionCount) throw new FormatException("The feed's snapshot lacks nodes or executions.");
                IsComplete = true;
                break;
        }
    }
}
