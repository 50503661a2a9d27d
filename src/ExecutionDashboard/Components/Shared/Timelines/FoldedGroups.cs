using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>
/// The folded groups of lanes, as in the address: <c>eu,us</c> are two, <c>*,eu,us</c> are all but these, so that thousands of groups need few characters. The
/// address is limited to <see cref="Longest"/> characters: the names added first are dropped, and <see cref="IsFull"/> warns before.
/// </summary>
public sealed class FoldedGroups : IEquatable<FoldedGroups>
{
    /// <summary>Most characters in the address.</summary>
    public const int Longest = 1_200;

    private const int LongestName = 60;
    private const string AllMark = "*", ShortMark = "~";

    private readonly bool _all;
    private readonly IReadOnlyList<string> _names;
    private readonly HashSet<string> _known;
    private readonly string _text;

    private FoldedGroups(bool all, IEnumerable<string> names)
    {
        _all = all;
        var kept = names.Distinct(StringComparer.Ordinal).ToList();
        var length = kept.Sum(LengthOf);
        var first = 0;
        while (length > Longest) length -= LengthOf(kept[first++]);
        _names = kept[first..];
        _known = new(_names, StringComparer.Ordinal);
        _text = string.Join(',', _names.Select(Uri.EscapeDataString).Prepend(AllMark).Skip(all ? 0 : 1));
    }

    /// <summary>No group is folded.</summary>
    public static FoldedGroups None { get; } = new(false, []);

    /// <summary>All groups are folded.</summary>
    public static FoldedGroups All { get; } = new(true, []);

    /// <summary>Whether no group is folded.</summary>
    public bool IsNone => !_all && _names.Count == 0;

    /// <summary>Whether all groups are folded.</summary>
    public bool IsAll => _all && _names.Count == 0;

    /// <summary>Whether another name may drop the first one.</summary>
    public bool IsFull => _text.Length + LongestName >= Longest;

    /// <summary>Parses the value of an address, which must still be escaped.</summary>
    public static FoldedGroups Parse(string value)
    {
        var names = value.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var all = names.FirstOrDefault() == AllMark;
        return new(all, names.Skip(all ? 1 : 0).Select(name => Uri.UnescapeDataString(name.Replace('+', ' '))));
    }

    /// <summary>Whether a group is folded.</summary>
    /// <param name="key">The key of the group.</param>
    public bool Contains(string key) => _all != _known.Contains(NameOf(key));

    /// <summary>The same with one group toggled.</summary>
    /// <param name="key">The key of the group.</param>
    public FoldedGroups Toggle(string key)
    {
        var name = NameOf(key);
        return new(_all, _known.Contains(name) ? _names.Where(n => n != name) : _names.Append(name));
    }

    /// <summary>The value for the address; empty when no group is folded.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(FoldedGroups? other) => other?._text == _text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FoldedGroups);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    // A name that is long, empty, or looks like syntax is replaced by a short one.
    private static string NameOf(string key) =>
        key.Length == 0 ? ShortMark
        : !key.StartsWith(ShortMark, StringComparison.Ordinal) && !key.StartsWith(AllMark, StringComparison.Ordinal) && key.Length <= LongestName && Uri.EscapeDataString(key).Length <= LongestName ? key
        : ShortMark + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 9));

    private static int LengthOf(string name) => Uri.EscapeDataString(name).Length + 1;
}
