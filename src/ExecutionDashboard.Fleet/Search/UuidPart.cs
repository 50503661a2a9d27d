using System.Globalization;
using System.Runtime.Intrinsics;

namespace ExecutionDashboard.Fleet.Search;

/// <summary>
/// A part of a UUID as it is typed: hexadecimal digits, with or without the dashes between them. Compares the ids as numbers, four places at a time: a million ids take
/// some milliseconds, without an index.
/// </summary>
internal sealed class UuidPart
{
    // Shorter ones are looked for at the beginning only: inside, they are in nearly every id.
    private const int FewestInside = 4;
    private const int Digits = 32, LastGroup = 12;
    private static readonly int[] Dashes = [8, 12, 16, 20];

    private readonly Vector256<ulong>[] _upperMasks, _uppers, _lowerMasks, _lowers;
    private readonly (UInt128 Mask, UInt128 Value)? _start;
    private readonly bool _isWhole;

    private UuidPart(List<(UInt128 Mask, UInt128 Value)> places, bool canStart, bool isWhole)
    {
        (_start, _isWhole) = (canStart ? places[0] : null, isWhole);
        // The last place fills up the last four.
        var fours = Enumerable.Range(0, (places.Count + 3) / 4).Select(four => Enumerable.Range(4 * four, 4).Select(i => places[Math.Min(i, places.Count - 1)]).ToArray()).ToArray();
        Vector256<ulong>[] Of(Func<(UInt128 Mask, UInt128 Value), ulong> part) => Array.ConvertAll(fours, four => Vector256.Create(Array.ConvertAll(four, p => part(p))));
        (_upperMasks, _lowerMasks) = (Of(p => (ulong)(p.Mask >> 64)), Of(p => (ulong)p.Mask));
        (_uppers, _lowers) = (Of(p => (ulong)(p.Value >> 64)), Of(p => (ulong)p.Value));
    }

    /// <summary>Reads a text; null when no UUID contains it.</summary>
    public static UuidPart? Parse(string text)
    {
        List<int> dashes = [];
        UInt128 value = 0;
        var digits = 0;
        foreach (var letter in text)
        {
            if (letter == '-') dashes.Add(digits);
            else if (digits < Digits && char.IsAsciiHexDigit(letter)) (value, digits) = (value << 4 | (uint)int.Parse([letter], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), digits + 1);
            else return null;
        }
        if (digits == 0) return null;
        var places = new List<(UInt128, UInt128)>();
        var last = digits < FewestInside ? 0 : Digits - digits;
        var startsAtFirst = false;
        for (var at = 0; at <= last; at++)
        {
            if (!Fits(at, digits, dashes)) continue;
            startsAtFirst |= at == 0;
            var shift = 4 * (Digits - digits - at);
            var mask = digits == Digits ? UInt128.MaxValue : ((UInt128.One << (4 * digits)) - 1) << shift;
            places.Add((mask, value << shift));
        }
        return places.Count == 0 ? null : new(places, startsAtFirst, digits == Digits);
    }

    /// <summary>The id that a text is as a whole, with or without its dashes, in the spelling of ids; null when it is none.</summary>
    public static string? Whole(string text) => text.Length is Digits or Digits + 4 && Guid.TryParseExact(text, text.Length == Digits ? "N" : "D", out var id) ? id.ToString() : null;

    /// <summary>How well it matches an id.</summary>
    public MatchQuality Of(UInt128 key)
    {
        var (upper, lower) = (Vector256.Create((ulong)(key >> 64)), Vector256.Create((ulong)key));
        for (var i = 0; i < _uppers.Length; i++)
        {
            var differs = ((upper & _upperMasks[i]) ^ _uppers[i]) | ((lower & _lowerMasks[i]) ^ _lowers[i]);
            if (Vector256.EqualsAny(differs, Vector256<ulong>.Zero))
                return _isWhole ? MatchQuality.Whole : _start is { } start && (key & start.Mask) == start.Value ? MatchQuality.Start : MatchQuality.Inside;
        }
        return MatchQuality.None;
    }

    // Dashes stand where those of an id do. Without any, digits stay within a group, unless there are more than a group has.
    private static bool Fits(int at, int digits, List<int> dashes)
    {
        if (dashes.Exists(dash => !Dashes.Contains(at + dash))) return false;
        return (dashes.Count == 0 && digits > LastGroup) || Array.TrueForAll(Dashes, dash => dash <= at || dash >= at + digits || dashes.Contains(dash - at));
    }
}
