using System.Buffers;
using System.Text.Json;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Snapshots;

/// <summary>
/// The mirror as blocks, while the watcher goes on changing it. A row is as it is when its block is made, so rows of one snapshot may be of different numbers: whoever reads it applies
/// all changes after the number at which it was begun, and then has the fleet as it is.
/// </summary>
internal sealed class MirrorBlocks(FleetMirror mirror)
{
    // Large enough that a checksum costs nothing, small enough for a buffer.
    private const int BlockBytes = 48 * 1024;

    private readonly PackedBlockWriter _frames = new();
    private readonly SharedBlocks _shared = new(mirror.Shared);
    private byte[] _buffer = new byte[BlockBytes * 2];

    /// <summary>The framed blocks of the fleet, without header and end; each is valid until the next.</summary>
    /// <param name="upTo">What changed after this sequence number is left out, specs apart.</param>
    public IEnumerable<ReadOnlyMemory<byte>> Fleet(long upTo = long.MaxValue) =>
        Entities(mirror.Specs, long.MaxValue).Concat(Entities(mirror.Jobs, upTo)).Concat(Entities(mirror.Deployments, upTo))
            .Concat(Rows(PackedBlock.Nodes, mirror.Nodes, mirror.NodePacking, upTo)).Concat(Rows(PackedBlock.Executions, mirror.Executions, mirror.ExecutionPacking, upTo));

    /// <summary>The framed blocks of entities that are not in the mirror as they are here.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Entities(IEnumerable<FleetChange> entities) => Entities(entities.Select(entity => (entity, 0L, 0L)));

    /// <summary>The framed blocks of lanes.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lanes(Placements placements)
    {
        var at = 0;
        foreach (var (node, nodeKey, keys) in placements.All())
        {
            at = AddLane(at, node, nodeKey, keys);
            if (at < BlockBytes) continue;
            yield return _frames.Frame(PackedBlock.Lanes, _buffer.AsSpan(0, at));
            at = 0;
        }
        if (at > 0) yield return _frames.Frame(PackedBlock.Lanes, _buffer.AsSpan(0, at));
    }

    /// <summary>A framed block of a few bytes.</summary>
    public ReadOnlyMemory<byte> Frame(PackedBlock kind, ReadOnlySpan<byte> bytes) => _frames.Frame(kind, bytes);

    // The value first: a number that is too new only has the change read again from the log.
    private IEnumerable<ReadOnlyMemory<byte>> Entities<T>(EntityObjects<T> table, long upTo) where T : class =>
        Entities(table.All().Select(known => (Change: table.ChangeOf(known.Value), known.Key, known.Last)).Where(known => known.Last <= upTo));

    private IEnumerable<ReadOnlyMemory<byte>> Entities(IEnumerable<(FleetChange Change, long Key, long Last)> entities)
    {
        var json = new ArrayBufferWriter<byte>();
        using var jsonWriter = new Utf8JsonWriter(json);
        var at = 0;
        foreach (var (change, key, last) in entities)
        {
            EntityBody.Write(change, json, jsonWriter);
            at = AddEntity(at, change, key, last, json.WrittenSpan);
            if (at < BlockBytes) continue;
            yield return _frames.Frame(PackedBlock.Entities, _buffer.AsSpan(0, at));
            at = 0;
        }
        if (at > 0) yield return _frames.Frame(PackedBlock.Entities, _buffer.AsSpan(0, at));
    }

    private IEnumerable<ReadOnlyMemory<byte>> Rows<T>(PackedBlock kind, PackedRows<T> table, IPacking<T> packing, long upTo) where T : class
    {
        var at = 0;
        foreach (var row in table.Rows())
        {
            if (row.Place.Last > upTo) continue;
            packing.Visit(row.Packed, _shared);
            at = AddRow(at, row);
            if (at < BlockBytes) continue;
            foreach (var (values, bytes) in _shared.Take()) yield return _frames.Frame(values, bytes.Span);
            yield return _frames.Frame(kind, _buffer.AsSpan(0, at));
            at = 0;
        }
        if (at == 0) yield break;
        foreach (var (values, bytes) in _shared.Take()) yield return _frames.Frame(values, bytes.Span);
        yield return _frames.Frame(kind, _buffer.AsSpan(0, at));
    }

    private int AddRow(int at, PackedRow row)
    {
        var writer = new PackedWriter(_buffer, at);
        PackedRowFormat.Write(ref writer, row.Place.Key, row.Place.Last, row.Unlogged, row.Packed);
        return End(ref writer);
    }

    private int AddEntity(int at, FleetChange change, long key, long last, ReadOnlySpan<byte> json)
    {
        var writer = new PackedWriter(_buffer, at);
        PackedRowFormat.Write(ref writer, change.Kind, change.Id, key, last, json);
        return End(ref writer);
    }

    private int AddLane(int at, string node, long nodeKey, ReadOnlySpan<long> keys)
    {
        var writer = new PackedWriter(_buffer, at);
        writer.Text(node);
        writer.Number(nodeKey);
        writer.Number(keys.Length);
        var before = 0L;
        foreach (var key in keys)
        {
            writer.Number(key - before);
            before = key;
        }
        return End(ref writer);
    }

    private int End(ref PackedWriter writer)
    {
        _buffer = writer.Buffer;
        return writer.Written.Length;
    }
}
