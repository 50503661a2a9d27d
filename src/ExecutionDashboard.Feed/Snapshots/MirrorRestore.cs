using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Snapshots;

/// <summary>Reads a snapshot into an empty mirror, with the log's changes since.</summary>
internal sealed class MirrorRestore(ChangeLog log, LogReader reader, FleetMirror mirror)
{
    // Memory is taken beforehand for so many at most, whatever the header says.
    private const int MostExpected = 16_000_000;

    private readonly SharedRestore _shared = new(mirror.Shared);
    private SnapshotBegin _begin;
    private bool _hasLanes;

    /// <exception cref="FormatException">It does not fit the log or is damaged; the message is the end of a sentence. What was read before is in the mirror.</exception>
    public async Task ReadAsync(Stream stream, CancellationToken cancel)
    {
        var blocks = new PackedBlockReader(stream);
        await blocks.BeginAsync(cancel);
        await blocks.NextAsync(cancel);
        ReadHeader(blocks);
        log.Placements.Clear();
        while (true)
        {
            await blocks.NextAsync(cancel);
            if (blocks.Kind == PackedBlock.End) break;
            Read(blocks.Kind, blocks.Bytes);
        }
        if (stream.Position != stream.Length) throw new FormatException("it is damaged");
        CheckEnd(blocks.Bytes);
        mirror.Shared.Restored();
        if (_hasLanes) log.LoadAfter(mirror, _begin.Sequence, _begin.NextKey, cancel);
        else
        {
            log.LoadLanes(mirror, cancel);
            log.LoadAfter(mirror, _begin.Sequence, null, cancel);
        }
    }

    private void ReadHeader(PackedBlockReader blocks)
    {
        if (blocks.Kind != PackedBlock.Header) throw new FormatException("it is damaged");
        var header = new PackedReader(blocks.Bytes);
        _begin = new(header.Text(), header.Number(), header.Number(), header.Number());
        if (_begin.LogId != log.LogId) throw new FormatException("it is of another change log");
        if (reader.PrunedTo() > _begin.Sequence) throw new FormatException("the change log was pruned since");
        // A key of a forgotten execution may have been given to another one: the lanes are read from the log then.
        _hasLanes = _begin.Deleted == log.Deleted;
        if (header.Left == 0) return;
        mirror.Nodes.Reserve((int)Math.Clamp(header.Number(), 0, MostExpected));
        mirror.Executions.Reserve((int)Math.Clamp(header.Number(), 0, MostExpected));
    }

    private void CheckEnd(ReadOnlySpan<byte> bytes)
    {
        var end = new PackedReader(bytes);
        var sequence = end.Number();
        if (sequence > log.LastSequence) throw new FormatException("it is newer than the change log");
        // A log that was put back from a backup may have other changes under the same numbers.
        if (reader.MarkOf(sequence) is not { } mark) throw new FormatException("the change log was pruned since");
        foreach (var part in mark)
            if (part != end.Number()) throw new FormatException("the change log has other changes than it");
    }

    private void Read(PackedBlock kind, ReadOnlySpan<byte> bytes)
    {
        if (_shared.TryRead(kind, bytes)) return;
        var reader = new PackedReader(bytes);
        switch (kind)
        {
            case PackedBlock.Entities:
                while (reader.Left > 0)
                {
                    var json = PackedRowFormat.Read(ref reader, out var entity, out var id, out var key, out var last);
                    mirror.Apply(EntityBody.Read(entity, id, json), new(key, last), 0);
                }
                break;
            case PackedBlock.Nodes: Restore(mirror.Nodes, reader); break;
            case PackedBlock.Executions: Restore(mirror.Executions, reader); break;
            case PackedBlock.Lanes: ReadLanes(reader); break;
            default: throw new FormatException("it is damaged");
        }
    }

    private static void Restore<T>(PackedRows<T> table, PackedReader reader) where T : class
    {
        while (reader.Left > 0)
        {
            var packed = PackedRowFormat.Read(ref reader, out var key, out var last, out var isUnlogged);
            table.Restore(new(new(key, last), isUnlogged, packed.ToArray()));
        }
    }

    private void ReadLanes(PackedReader reader)
    {
        while (reader.Left > 0)
        {
            var (node, nodeKey, key) = (reader.Text(), reader.Number(), 0L);
            var keys = new long[reader.Number()];
            for (var i = 0; i < keys.Length; i++) keys[i] = key += reader.Number();
            if (_hasLanes) log.Placements.Restore(mirror.Share(node), nodeKey, keys);
        }
    }
}
