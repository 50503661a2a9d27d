using System.Collections.Concurrent;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>
/// Execution ids as 128-bit keys. A UUID in canonical lower case is its own key; any other text is stored once and numbered. The two never collide: a UUID has the
/// bits 10 at the top of its lower half, a number does not. Key 0 is the empty text.
/// </summary>
internal sealed class IdTable
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Column<string> _texts = new();
    private int _count = 1;

    /// <summary>Whether there are ids that are no UUIDs.</summary>
    public bool HasTexts => _count > 1;

    /// <summary>The key of an id, added if unknown. Writer only.</summary>
    public UInt128 Intern(string id)
    {
        if (id.Length == 0) return default;
        if (TryParseUuid(id, out var uuid)) return uuid;
        if (_numbers.TryGetValue(id, out var number)) return (UInt128)(uint)number;
        number = _count;
        _texts.Reach(number);
        _texts[number] = id;
        _count++;
        _numbers[id] = number;
        return (UInt128)(uint)number;
    }

    /// <summary>The key of an id; false when unknown.</summary>
    public bool TryFind(string id, out UInt128 key)
    {
        if (TryParseUuid(id, out key)) return true;
        var known = _numbers.TryGetValue(id, out var number);
        key = (UInt128)(uint)number;
        return known;
    }

    public string Text(UInt128 key) => IsUuid(key) ? ToGuid(key).ToString() : key == default ? "" : _texts[(int)(uint)key];

    public static bool IsUuid(UInt128 key) => (ulong)key >> 62 == 2;

    /// <summary>Order of the ids as ordinal texts.</summary>
    public int Compare(UInt128 a, UInt128 b)
    {
        if (IsUuid(a) && IsUuid(b)) return a.CompareTo(b);
        return a == b ? 0 : string.CompareOrdinal(Text(a), Text(b));
    }

    /// <summary>Writes a UUID key as its 36 characters.</summary>
    public static void FormatUuid(UInt128 key, Span<byte> text) => ToGuid(key).TryFormat(text, out _);

    public static bool TryParseUuid(string id, out UInt128 key)
    {
        key = default;
        if (id.Length != 36 || id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-' || id[19] is not ('8' or '9' or 'a' or 'b')) return false;
        ulong upper = 0, lower = 0;
        for (var i = 0; i < 36; i++)
        {
            if (i is 8 or 13 or 18 or 23) continue;
            int digit = id[i];
            if (digit is >= '0' and <= '9') digit -= '0';
            else if (digit is >= 'a' and <= 'f') digit -= 'a' - 10;
            else return false;
            if (i < 18) upper = upper << 4 | (uint)digit;
            else lower = lower << 4 | (uint)digit;
        }
        key = new UInt128(upper, lower);
        return true;
    }

    private static Guid ToGuid(UInt128 key)
    {
        var (upper, lower) = ((ulong)(key >> 64), (ulong)key);
        return new Guid((int)(upper >> 32), (short)(upper >> 16), (short)upper, (byte)(lower >> 56), (byte)(lower >> 48), (byte)(lower >> 40),
            (byte)(lower >> 32), (byte)(lower >> 24), (byte)(lower >> 16), (byte)(lower >> 8), (byte)lower);
    }
}
