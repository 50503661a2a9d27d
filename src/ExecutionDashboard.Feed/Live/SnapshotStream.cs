using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Fleet.Snapshots;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// The mirror as one binary stream (<see cref="FeedContract.SnapshotPath"/>): entities as they are packed, each shared value once, before the first that refers to it. Executions and nodes
/// cost no object, so a dashboard joins in the time that it needs itself.
/// </summary>
internal sealed class SnapshotStream(FleetMirror mirror, ChangeRing ring, FeedStream stream)
{
    /// <summary>The blocks of the fleet as it is now, each valid until the next is asked for; null while the feed has no fleet yet.</summary>
    public IEnumerable<ReadOnlyMemory<byte>>? Blocks() =>
        // The number comes before anything is read: concurrent changes may then be sent again, but are never missed.
        stream.LogId is { } logId ? new SnapshotBlocks(mirror).Of(new(logId, ring.End.Sequence, mirror.Executions.Count)) : null;
}

/// <summary>Writes the blocks of one snapshot.</summary>
internal sealed class SnapshotBlocks(FleetMirror mirror) : ISharedNumbers
{
    private readonly ExecutionPacking _executions = new(mirror.Shared);
    private readonly NodePacking _nodes = new(mirror.Shared);
    private readonly HashSet<int> _texts = [], _reports = [], _words = [], _maps = [], _lists = [];
    private readonly Block _rows = new(), _shared = new();
    private byte[] _scratch = new byte[1_024];

    /// <summary>All blocks; see <see cref="SnapshotStream.Blocks"/>.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Of(SnapshotHeader header)
    {
        yield return Header(header);
        foreach (var chunk in mirror.Specs.Changes().Concat(mirror.Jobs.Changes()).Concat(mirror.Deployments.Changes()).Chunk(FeedStream.BatchSize))
        {
            _rows.Append(JsonSerializer.SerializeToUtf8Bytes(new FeedBatch { Changes = chunk }, FeedContract.Json));
            yield return _rows.Close(SnapshotBlockKind.Changes);
        }
        var (nodes, executions) = (0, 0);
        foreach (var row in mirror.Nodes.Rows())
        {
            nodes++;
            _nodes.Visit(row.Packed, this);
            if (Append(row.Packed)) continue;
            foreach (var block in Close(SnapshotBlockKind.Nodes)) yield return block;
        }
        foreach (var block in Close(SnapshotBlockKind.Nodes)) yield return block;
        foreach (var row in mirror.Executions.Rows())
        {
            executions++;
            _executions.Visit(row.Packed, this);
            if (Append(row.Packed)) continue;
            foreach (var block in Close(SnapshotBlockKind.Executions)) yield return block;
        }
        foreach (var block in Close(SnapshotBlockKind.Executions)) yield return block;
        yield return End(nodes, executions);
    }

    void ISharedNumbers.Text(int number)
    {
        if (!_texts.Add(number)) return;
        var writer = new PackedWriter(_scratch);
        SharedValueBlocks.WriteText(ref writer, number, mirror.Shared.Texts[number]);
        Append(ref writer);
    }

    void ISharedNumbers.Report(int number)
    {
        if (!_reports.Add(number)) return;
        var writer = new PackedWriter(_scratch);
        SharedValueBlocks.WriteReport(ref writer, number, mirror.Shared.Reports[number]);
        Append(ref writer);
    }

    void ISharedNumbers.Word(int number)
    {
        if (!_words.Add(number)) return;
        var writer = new PackedWriter(_scratch);
        SharedValueBlocks.WriteWord(ref writer, number, mirror.Shared.Words[number]);
        Append(ref writer);
    }

    void ISharedNumbers.Map(int number)
    {
        if (!_maps.Add(number)) return;
        var writer = new PackedWriter(_scratch);
        SharedValueBlocks.WriteMap(ref writer, number, mirror.Shared.Maps[number]);
        Append(ref writer);
    }

    void ISharedNumbers.Lists(int number)
    {
        if (!_lists.Add(number)) return;
        var writer = new PackedWriter(_scratch);
        SharedValueBlocks.WriteLists(ref writer, number, mirror.Shared.Lists[number]);
        Append(ref writer);
    }

    private ReadOnlyMemory<byte> Header(SnapshotHeader header)
    {
        var writer = new PackedWriter(_scratch);
        writer.Number((long)SnapshotBlock.Format);
        writer.Text(header.LogId);
        writer.Number(header.Sequence);
        writer.Number((long)header.Executions);
        _rows.Append(writer.Written);
        return _rows.Close(SnapshotBlockKind.Header);
    }

    private ReadOnlyMemory<byte> End(int nodes, int executions)
    {
        var writer = new PackedWriter(_scratch);
        writer.Number((long)nodes);
        writer.Number((long)executions);
        _rows.Append(writer.Written);
        return _rows.Close(SnapshotBlockKind.End);
    }

    // Whether the block takes more.
    private bool Append(byte[] packed)
    {
        var writer = new PackedWriter(_scratch);
        writer.Number((long)packed.Length);
        _rows.Append(writer.Written);
        _rows.Append(packed);
        return _rows.Length < SnapshotBlock.UsualLength;
    }

    private void Append(ref PackedWriter writer)
    {
        _shared.Append(writer.Written);
        _scratch = writer.Buffer;
    }

    private IEnumerable<ReadOnlyMemory<byte>> Close(SnapshotBlockKind kind)
    {
        if (_shared.Length > 0) yield return _shared.Close(SnapshotBlockKind.Shared);
        if (_rows.Length > 0) yield return _rows.Close(kind);
    }

    /// <summary>The block that is being written.</summary>
    private sealed class Block
    {
        private byte[] _bytes = new byte[SnapshotBlock.UsualLength + 4_096];
        private int _end = SnapshotBlock.PrefixLength;

        public int Length => _end - SnapshotBlock.PrefixLength;

        public void Append(ReadOnlySpan<byte> content)
        {
            if (_end + content.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_end + content.Length, _bytes.Length * 2));
            content.CopyTo(_bytes.AsSpan(_end));
            _end += content.Length;
        }

        public ReadOnlyMemory<byte> Close(SnapshotBlockKind kind)
        {
            SnapshotBlock.WritePrefix(_bytes, kind, Length);
            var block = _bytes.AsMemory(0, _end);
            _end = SnapshotBlock.PrefixLength;
            return block;
        }
    }
}
