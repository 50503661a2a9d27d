using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ExecutionDashboard.Fleet.Packing;

/// <summary>Writes the parts of a packed entity into a buffer, which grows as needed.</summary>
/// <param name="buffer">The buffer; what is in it is overwritten.</param>
/// <param name="at">Number of bytes at its beginning that are kept, as written before.</param>
public ref struct PackedWriter(byte[] buffer, int at = 0)
{
    internal const int Uuid = 1, UuidBytes = 16, UuidLength = 36;

    private int _at = at;

    /// <summary>The buffer that was grown last, to be used again.</summary>
    public byte[] Buffer { get; private set; } = buffer;

    /// <summary>What was written. Valid until the buffer is used again.</summary>
    public readonly ReadOnlySpan<byte> Written => Buffer.AsSpan(0, _at);

    /// <summary>Writes a number in four bytes.</summary>
    public void Fixed(int number) => BinaryPrimitives.WriteInt32LittleEndian(Next(sizeof(int)), number);

    /// <summary>Writes a number; small ones of either sign take one byte.</summary>
    public void Number(long number)
    {
        var left = (ulong)(number << 1 ^ number >> 63);
        for (; left >= 0x80; left >>= 7) Next(1)[0] = (byte)(left | 0x80);
        Next(1)[0] = (byte)left;
    }

    /// <summary>Writes a time, UTC, or that there is none.</summary>
    public void Time(DateTimeOffset? time)
    {
        Next(1)[0] = time is null ? (byte)0 : (byte)1;
        if (time is { } value) BinaryPrimitives.WriteInt64LittleEndian(Next(sizeof(long)), value.UtcTicks);
    }

    /// <summary>Writes a number, or that there is none.</summary>
    public void Double(double? number)
    {
        Next(1)[0] = number is null ? (byte)0 : (byte)1;
        if (number is { } value) BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double)), value);
    }

    /// <summary>Writes a number, or that there is none.</summary>
    public void Number(long? number)
    {
        Next(1)[0] = number is null ? (byte)0 : (byte)1;
        if (number is { } value) Number(value);
    }

    /// <summary>Writes a text: a UUID as servers write it in 16 bytes, another one in one or two bytes a character, because UTF-8 would lose a lone surrogate.</summary>
    public void Text(string text)
    {
        Span<char> canonical = stackalloc char[UuidLength];
        if (text.Length == UuidLength && Guid.TryParseExact(text, "D", out var uuid) && uuid.TryFormat(canonical, out _) && text.AsSpan().SequenceEqual(canonical))
        {
            Number(Uuid);
            uuid.TryWriteBytes(Next(UuidBytes));
            return;
        }
        var isWide = !Ascii.IsValid(text);
        Number(text.Length == 0 ? 0 : (text.Length + 1L) * 2 + (isWide ? 1 : 0));
        if (isWide) MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(Next(text.Length * 2));
        else Ascii.FromUtf16(text, Next(text.Length), out _);
    }

    /// <summary>Writes bytes as they are, without their number.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Next(bytes.Length));

    private Span<byte> Next(int count)
    {
        if (_at + count > Buffer.Length)
        {
            var grown = new byte[Math.Max(_at + count, Buffer.Length * 2)];
            Written.CopyTo(grown);
            Buffer = grown;
        }
        _at += count;
        return Buffer.AsSpan(_at - count, count);
    }
}
