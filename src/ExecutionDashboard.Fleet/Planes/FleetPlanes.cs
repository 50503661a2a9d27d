namespace ExecutionDashboard.Fleet.Planes;

/// <summary>
/// The control planes that one dashboard shows as one fleet. Two control planes may have the same ids, so where there are several every id has the name of its plane in front of it
/// (<c>eu~0a1b…</c>). With one plane ids are as the control plane has them. Immutable.
/// </summary>
public sealed class FleetPlanes
{
    /// <summary>Between the name of a plane and an id. It needs no escaping in an address and cannot be part of a name.</summary>
    public const char Separator = '~';

    /// <summary>Longest name.</summary>
    public const int LongestName = 32;

    /// <summary>Most planes of one dashboard.</summary>
    public const int Most = 64;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers;

    private FleetPlanes(IReadOnlyList<string> names)
    {
        Names = names;
        _numbers = names.Select((name, number) => (name, number)).ToDictionary(plane => plane.name, plane => plane.number, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>One control plane, without a name.</summary>
    public static FleetPlanes One { get; } = new([]);

    /// <summary>The names, in the order of the settings; empty with one control plane.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether there are several.</summary>
    public bool AreSeveral => Names.Count > 0;

    /// <summary>Several planes.</summary>
    /// <param name="names">Their names: different, each with <see cref="IsName"/>.</param>
    public static FleetPlanes Of(IReadOnlyList<string> names) => names.Count == 0 ? One : new([.. names]);

    /// <summary>Whether a text can be the name of a plane: a DNS label of at most <see cref="LongestName"/> lower-case letters, digits and hyphens, with neither a hyphen at its beginning nor at its end.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text[0] != '-' && text[^1] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>The plane that an id belongs to; empty with one plane, and for what has none.</summary>
    public string Of(string id) => AreSeveral && id.IndexOf(Separator) is > 0 and var end && _numbers.TryGetValue(id.AsSpan(0, end), out var number) ? Names[number] : "";

    /// <summary>Number of the plane, from 0, that is in front of an id; -1 when there is none.</summary>
    /// <param name="front">What is in front, with the <see cref="Separator"/>.</param>
    internal int NumberOf(ReadOnlySpan<char> front) => AreSeveral && front.Length > 1 && front[^1] == Separator && _numbers.TryGetValue(front[..^1], out var number) ? number : -1;

    /// <summary>An id as its control plane has it.</summary>
    public string OwnId(string id) => Of(id) is { Length: > 0 } plane ? id[(plane.Length + 1)..] : id;

    /// <summary>An id of a plane as the dashboard has it; an empty one stays empty.</summary>
    public static string IdOf(string plane, string id) => plane.Length == 0 || id.Length == 0 ? id : $"{plane}{Separator}{id}";
}
