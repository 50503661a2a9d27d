using System.Collections.Concurrent;
using ExecutionDashboard.Fleet.Planes;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>
/// Execution ids as 128-bit keys. A UUID in canonical lower case is its own key; any other text is stored once and numbered. The two never collide: a UUID has the
/// bits 10 at the top of its lower half, a number 00. Key 0 is the empty text. Where there are several planes, ids are UUIDs with a plane in front: for the first sixteen, and the usual versions 4
/// and 7, these are keys too, with 01 or 11 at that place, so that what is gone leaves nothing behind here either.
/// </summary>
internal sealed class IdTable
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Column<string> _texts = new();
    private int _count = 1;

    private const int PlanesInKeys = 16;

    /// <summary>The planes that ids may have in front. Set once, before the first id.</summary>
    public FleetPlanes Planes { get; set; } = FleetPlanes.One;

    /// <summary>Whether there are ids that are no UUIDs.</summary>
    public bool HasTexts => _count > 1;

    /// <summary>The key of an id, added if unknown. Writer only.</summary>
    public UInt128 Intern(string id)
    {
        if (id.Length == 0) return default;
        if (TryParse(id, out var uuid)) return uuid;
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
        if (TryParse(id, out key)) return true;
        var known = _numbers.TryGetValue(id, out var number);
        key = (UInt128)(uint)number;
        return known;
    }

    public string Text(UInt128 key) => IsUuid(key) ? ToGuid(key).ToString() : IsOfPlane(key) ? FleetPlanes.IdOf(Planes.Names[PlaneOf(key)], ToGuid(UuidOf(key)).ToString()) : key == default ? "" : _texts[(int)(uint)key];

    /// <summary>Whether a key is a UUID with a plane in front.</summary>
    public static bool IsOfPlane(UInt128 key) => (ulong)key >> 62 is 1 or 3;

    /// <summary>The UUID of a key that is one, with or without a plane in front.</summary>
    public static UInt128 UuidOf(UInt128 key)
    {
        if (!IsOfPlane(key)) return key;
        var (upper, lower) = ((ulong)(key >> 64), (ulong)key);
        return new UInt128(upper & ~0xF000UL | ((upper & 0x1000) != 0 ? 0x7000UL : 0x4000UL), lower & ~(3UL << 62) | 2UL << 62);
    }

    /// <summary>The key of an id that needs no number: a UUID, with or without a plane in front.</summary>
    public bool TryParse(string id, out UInt128 key)
    {
        if (TryParseUuid(id, out key)) return true;
        if (!Planes.AreSeveral || id.Length < 36 || !TryParseUuid(id.AsSpan(id.Length - 36), out var uuid) || Planes.NumberOf(id.AsSpan(0, id.Length - 36)) is not (>= 0 and < PlanesInKeys and var plane)) return false;
        var (upper, lower) = ((ulong)(uuid >> 64), (ulong)uuid);
        if ((upper & 0xF000) is not (0x4000 or 0x7000)) return false;
        key = new UInt128(upper & ~0xF000UL | (ulong)(plane >> 1) << 13 | ((upper & 0xF000) == 0x7000 ? 0x1000UL : 0), lower & ~(3UL << 62) | ((plane & 1) == 0 ? 1UL : 3UL) << 62);
        return true;
    }

    private static int PlaneOf(UInt128 key) => (int)((ulong)(key >> 64) >> 13 & 7) << 1 | ((ulong)key >> 62 == 3 ? 1 : 0);

    public static bool IsUuid(UInt128 key) => (ulong)key >> 62 == 2;

    /// <summary>Order of the ids as ordinal texts.</summary>
    public int Compare(UInt128 a, UInt128 b)
    {
        if (IsUuid(a) && IsUuid(b)) return a.CompareTo(b);
        if (IsOfPlane(a) && IsOfPlane(b) && PlaneOf(a) == PlaneOf(b)) return UuidOf(a).CompareTo(UuidOf(b));
        return a == b ? 0 : string.CompareOrdinal(Text(a), Text(b));
    }

    /// <summary>Writes a UUID key as its 36 characters.</summary>
    public static void FormatUuid(UInt128 key, Span<byte> text) => ToGuid(key).TryFormat(text, out _);

    public static bool TryParseUuid(ReadOnlySpan<char> id, out UInt128 key)
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
