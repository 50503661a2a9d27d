using System.Diagnostics.CodeAnalysis;

namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>
/// UUIDs that encode an ordinal, so that a million executions need neither stored ids nor a dictionary. The mapping is a bijection on 62 bits, so two ordinals never
/// have the same id; the rest of the UUID is a checksum that made-up ids fail.
/// </summary>
internal sealed class Identifiers(long seed, byte space)
{
    private const ulong Mask = (1UL << 62) - 1;
    private const ulong Odd = 0x1B87_3593_CC9E_2D51 & Mask;
    private static readonly ulong Inverse = InverseOf(Odd);

    private readonly ulong _offset = SeededRandom.Mix((ulong)seed * 31 + space) & Mask;

    /// <summary>The id of an ordinal.</summary>
    public Guid Of(int ordinal)
    {
        var x = ((ulong)ordinal + _offset) & Mask;
        x = (x * Odd) & Mask;
        x ^= x >> 31;
        x = (x * Odd) & Mask;
        var high = SeededRandom.Mix(x ^ _offset);
        high = (high & ~0xF000UL) | 0x4000UL;
        return new((uint)(high >> 32), (ushort)(high >> 16), (ushort)high,
            (byte)(0x80 | (x >> 56)), (byte)(x >> 48), (byte)(x >> 40), (byte)(x >> 32), (byte)(x >> 24), (byte)(x >> 16), (byte)(x >> 8), (byte)x);
    }

    /// <summary>The ordinal of an id; false for another id.</summary>
    public bool TryParse([NotNullWhen(true)] string? text, out int ordinal)
    {
        ordinal = 0;
        if (!Guid.TryParseExact(text, "D", out var id)) return false;
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var x = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & Mask;
        x = (x * Inverse) & Mask;
        x ^= x >> 31;
        x = (x * Inverse) & Mask;
        x = (x - _offset) & Mask;
        if (x > int.MaxValue) return false;
        ordinal = (int)x;
        return Of(ordinal) == id;
    }

    private static ulong InverseOf(ulong odd)
    {
        var inverse = odd;
        for (var i = 0; i < 6; i++) inverse *= 2 - odd * inverse;
        return inverse & Mask;
    }
}
