using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Packing;

/// <summary>Reads what <see cref="PackedWriter"/> wrote, in the same order.</summary>
/// <param name="packed">What was written.</param>
public ref struct PackedReader(ReadOnlySpan<byte> packed)
{
    private ReadOnlySpan<byte> _rest = packed;

    /// <summary>Number of bytes that were not read yet.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Reads a number of four bytes.</summary>
    public int Fixed() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

    /// <summary>Reads a number.</summary>
    public long Number()
    {
        var (number, shift) = (0UL, 0);
        while (true)
        {
            var part = Bytes(1)[0];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return (long)(number >> 1) ^ -(long)(number & 1);
            shift += 7;
        }
    }

    /// <summary>Reads a number that may be missing.</summary>
    public long? NumberOrNone() => Bytes(1)[0] == 0 ? null : Number();

    /// <summary>Reads a number that may be missing.</summary>
    public double? Double() => Bytes(1)[0] == 0 ? null : BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double)));

    /// <summary>Reads a time, UTC, that may be missing.</summary>
    public DateTimeOffset? Time() => Bytes(1)[0] == 0 ? null : new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long))), TimeSpan.Zero);

    /// <summary>Reads a text.</summary>
    public string Text()
    {
        var bytes = NextText(out var form);
        return form == 0 ? "" : form == PackedWriter.Uuid ? new Guid(bytes).ToString("D", CultureInfo.InvariantCulture)
            : IsWide(form) ? new string(MemoryMarshal.Cast<byte, char>(bytes)) : Encoding.ASCII.GetString(bytes);
    }

    /// <summary>Reads an id that is empty (the default key) or a UUID of the usual kind; false, and nothing is read, for any other.</summary>
    internal bool TryKey(out UInt128 key)
    {
        key = default;
        switch (_rest[0])
        {
            case 0:
                Bytes(1);
                return true;
            // The number of this form, as it is packed.
            case PackedWriter.Uuid << 1:
                var uuid = _rest.Slice(1, PackedWriter.UuidBytes);
                var upper = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(uuid) << 32 | (uint)BinaryPrimitives.ReadUInt16LittleEndian(uuid[4..]) << 16 | BinaryPrimitives.ReadUInt16LittleEndian(uuid[6..]);
                key = new UInt128(upper, BinaryPrimitives.ReadUInt64BigEndian(uuid[8..]));
                if (!IdTable.IsUuid(key)) return false;
                Bytes(1 + PackedWriter.UuidBytes);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Skips a text.</summary>
    public void SkipText() => NextText(out _);

    /// <summary>Skips a time.</summary>
    public void SkipTime() => Bytes(Bytes(1)[0] == 0 ? 0 : sizeof(long));

    /// <summary>Reads bytes as they are.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        var next = _rest[..count];
        _rest = _rest[count..];
        return next;
    }

    private ReadOnlySpan<byte> NextText(out long form)
    {
        form = Number();
        return Bytes(form == 0 ? 0 : form == PackedWriter.Uuid ? PackedWriter.UuidBytes : (int)(form / 2 - 1) * (IsWide(form) ? sizeof(char) : 1));
    }

    private static bool IsWide(long form) => (form & 1) != 0;
}
