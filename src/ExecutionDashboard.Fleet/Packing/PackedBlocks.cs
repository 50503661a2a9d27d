using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ExecutionDashboard.Fleet.Packing;

/// <summary>What a block of a packed fleet holds.</summary>
public enum PackedBlock : byte
{
    /// <summary>Where the fleet is from; the first block.</summary>
    Header = 1,
    /// <summary>Values of <see cref="SharedParts.Texts"/>.</summary>
    Texts,
    /// <summary>Values of <see cref="SharedParts.Reports"/>.</summary>
    Reports,
    /// <summary>Values of <see cref="SharedParts.Words"/>.</summary>
    Words,
    /// <summary>Values of <see cref="SharedParts.Maps"/>.</summary>
    Maps,
    /// <summary>Values of <see cref="SharedParts.Lists"/>.</summary>
    Lists,
    /// <summary>Specs, jobs and deployments as JSON.</summary>
    Entities,
    /// <summary>Packed nodes.</summary>
    Nodes,
    /// <summary>Packed executions.</summary>
    Executions,
    /// <summary>Which executions were on which node.</summary>
    Lanes,
    /// <summary>The last block.</summary>
    End,
}

/// <summary>Frames the blocks of a packed fleet: kind, length, bytes and a checksum that also covers the block's place. Begin with <see cref="Magic"/>.</summary>
public sealed class PackedBlockWriter
{
    internal const int Head = 5, Tail = 4;

    private byte[] _buffer = new byte[64 * 1024];
    private uint _number;

    /// <summary>The first bytes, which name the format and its version.</summary>
    public static ReadOnlySpan<byte> Magic => "fleet\0\0\u0001"u8;

    /// <summary>A framed block, valid until the next call.</summary>
    public ReadOnlyMemory<byte> Frame(PackedBlock kind, ReadOnlySpan<byte> bytes)
    {
        var length = Head + bytes.Length + Tail;
        if (_buffer.Length < length) _buffer = new byte[length * 2];
        _buffer[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(1), bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(Head));
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(length - Tail), Checksum(++_number, _buffer.AsSpan(0, length - Tail)));
        return _buffer.AsMemory(0, length);
    }

    internal static uint Checksum(uint number, ReadOnlySpan<byte> bytes)
    {
        var sum = ~number;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (var one in bytes[(words.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}

/// <summary>Reads the blocks of a packed fleet.</summary>
/// <param name="stream">The stream, which begins with <see cref="PackedBlockWriter.Magic"/>.</param>
public sealed class PackedBlockReader(Stream stream)
{
    private const int Longest = 64 * 1024 * 1024;

    private readonly byte[] _head = new byte[PackedBlockWriter.Head];
    private byte[] _buffer = new byte[64 * 1024];
    private uint _number;
    private int _length;

    /// <summary>What the block holds.</summary>
    public PackedBlock Kind { get; private set; }

    /// <summary>The block's bytes, valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(PackedBlockWriter.Head, _length);

    /// <summary>Reads the first bytes.</summary>
    /// <exception cref="FormatException">They are of another format, or of another version.</exception>
    public async ValueTask BeginAsync(CancellationToken cancel)
    {
        var magic = new byte[PackedBlockWriter.Magic.Length];
        if (await stream.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancel) < magic.Length) throw new FormatException("it is cut");
        if (!magic.AsSpan().SequenceEqual(PackedBlockWriter.Magic)) throw new FormatException("it is of another version of this program");
    }

    /// <summary>Reads the next block. There is one until <see cref="PackedBlock.End"/> was read.</summary>
    /// <exception cref="FormatException">It is damaged or missing.</exception>
    public async ValueTask NextAsync(CancellationToken cancel)
    {
        await FillAsync(_head, cancel);
        _length = BinaryPrimitives.ReadInt32LittleEndian(_head.AsSpan(1));
        if (_length is < 0 or > Longest) throw new FormatException("it is damaged");
        var whole = PackedBlockWriter.Head + _length + PackedBlockWriter.Tail;
        if (_buffer.Length < whole) _buffer = new byte[Math.Max(whole, _buffer.Length * 2)];
        _head.CopyTo(_buffer, 0);
        await FillAsync(_buffer.AsMemory(PackedBlockWriter.Head, whole - PackedBlockWriter.Head), cancel);
        var end = whole - PackedBlockWriter.Tail;
        if (PackedBlockWriter.Checksum(++_number, _buffer.AsSpan(0, end)) != BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(end))) throw new FormatException("it is damaged");
        Kind = (PackedBlock)_head[0];
    }

    private async ValueTask FillAsync(Memory<byte> into, CancellationToken cancel)
    {
        if (await stream.ReadAtLeastAsync(into, into.Length, throwOnEndOfStream: false, cancel) < into.Length) throw new FormatException("it is cut");
    }
}
