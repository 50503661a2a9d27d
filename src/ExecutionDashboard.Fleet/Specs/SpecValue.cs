using System.Globalization;
using System.Text;
using System.Text.Json;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>A JSON value that is compared by meaning and displayed with its secrets masked.</summary>
public sealed class SpecValue
{
    private static readonly Dictionary<string, SpecValue> NoMembers = [];

    private readonly string _scalar;
    private readonly string _raw;
    private readonly Secrecy _secrecy;
    private readonly long _hash;

    private SpecValue(JsonValueKind kind, string scalar, string raw, Secrecy secrecy, Dictionary<string, SpecValue> members, SpecValue[] entries)
    {
        (Kind, _scalar, _raw, _secrecy, Members, Entries) = (kind, scalar, raw, secrecy, members, entries);
        _hash = Hash();
    }

    /// <summary>Object, array or scalar.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>Whether it is an object or an array.</summary>
    public bool IsComposite => Kind is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>A scalar for display, secrets masked: the text of a string, others as written; empty for objects and arrays.</summary>
    public string Shown => IsComposite ? "" : Kind == JsonValueKind.String ? SecretMask.MaskValue(_scalar, _secrecy) : SecretMask.HidesKind(Kind, _secrecy) ? SecretMask.Hidden : _raw;

    /// <summary>Whether it is displayed as a text. A masked number is.</summary>
    public bool ShownAsText => Kind == JsonValueKind.String || SecretMask.HidesKind(Kind, _secrecy);

    /// <summary>Members of an object in the order written; the last of duplicate names. Names may contain secrets: see <see cref="SpecPlace.Name"/>.</summary>
    internal Dictionary<string, SpecValue> Members { get; }

    /// <summary>Entries of a list.</summary>
    public IReadOnlyList<SpecValue> Entries { get; }

    /// <summary>Members of an object in the order written, with masked names.</summary>
    public IEnumerable<(string Name, SpecValue Value)> ShownMembers => Members.Select(m => (NameFacts.Of(m.Key).Shown, m.Value));

    /// <summary>Number of members or entries.</summary>
    public int Count => Members.Count + Entries.Count;

    /// <summary>The text of a string, or a number in normal form; empty for objects and lists.</summary>
    internal string Scalar => _scalar;

    /// <summary>A hash that is equal for values with the same meaning.</summary>
    internal long Key => _hash;

    /// <summary>Parses JSON. Null when it is invalid, nested deeper than <see cref="SpecHash.MaxDepth"/>, or has names that cannot be decoded.</summary>
    public static SpecValue? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = SpecHash.MaxDepth });
            return Of(document.RootElement, SecretPlace.Root, Secrecy.Open);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether it means the same, secrets included. Equal hashes are checked, because a spec can be made to collide.</summary>
    public bool Same(SpecValue other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (_hash != other._hash || Kind != other.Kind) return false;
        switch (Kind)
        {
            case JsonValueKind.Object:
                if (Members.Count != other.Members.Count) return false;
                foreach (var (name, value) in Members)
                    if (!other.Members.TryGetValue(name, out var theirs) || !value.Same(theirs)) return false;
                return true;
            case JsonValueKind.Array:
                if (Entries.Count != other.Entries.Count) return false;
                for (var i = 0; i < Entries.Count; i++)
                    if (!Entries[i].Same(other.Entries[i])) return false;
                return true;
            default:
                return _scalar == other._scalar;
        }
    }

    /// <summary>Compact JSON; scalars as they were written.</summary>
    internal string ToJson()
    {
        if (Kind is not (JsonValueKind.Object or JsonValueKind.Array)) return _raw;
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    /// <summary>Compact JSON with secrets masked.</summary>
    public string ToShownJson()
    {
        var text = new StringBuilder();
        Write(text, shown: true);
        return text.ToString();
    }

    /// <summary>A copy with its secrets masked, so that comparing or searching it reveals nothing.</summary>
    internal SpecValue WithoutSecrets() => Parse(ToShownJson())!;

    /// <summary>Appends compact JSON.</summary>
    internal void Write(StringBuilder text, bool shown = false)
    {
        switch (Kind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var first = true;
                foreach (var (name, value) in Members)
                {
                    if (!first) text.Append(',');
                    first = false;
                    text.Append('"').Append(SpecPath.Escaped(shown ? NameFacts.Of(name).Shown : name)).Append("\":");
                    value.Write(text, shown);
                }
                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                for (var i = 0; i < Entries.Count; i++)
                {
                    if (i > 0) text.Append(',');
                    Entries[i].Write(text, shown);
                }
                text.Append(']');
                break;
            default:
                if (shown && ShownAsText) text.Append('"').Append(SpecPath.Escaped(Shown)).Append('"');
                else text.Append(_raw);
                break;
        }
    }

    private static SpecValue Of(JsonElement element, SecretPlace place, Secrecy secrecy)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new Dictionary<string, SpecValue>(StringComparer.Ordinal);
                var siblings = new SecretSiblings(element);
                foreach (var member in element.EnumerateObject())
                {
                    var (facts, value) = (NameFacts.Of(member.Name), member.Value);
                    if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    {
                        var inner = place.Member(facts, siblings.Name(facts));
                        members[facts.Name] = Of(value, inner, inner.Scalars);
                    }
                    else members[facts.Name] = Of(value, place, siblings.Judge(place, facts));
                }
                return new(JsonValueKind.Object, "", "", secrecy, members, []);
            case JsonValueKind.Array:
                var entries = new SpecValue[element.GetArrayLength()];
                var (at, list) = (0, new SecretList(entries.Length));
                foreach (var entry in element.EnumerateArray())
                {
                    var inner = list.IsSecret(entry) ? place.Secret() : place;
                    entries[at++] = Of(entry, inner, inner.Scalars);
                }
                return new(JsonValueKind.Array, "", "", secrecy, NoMembers, entries);
            default:
                var raw = element.GetRawText();
                var scalar = element.ValueKind switch { JsonValueKind.String => TextOf(element, raw), JsonValueKind.Number => Number(raw), _ => raw };
                return new(element.ValueKind, scalar, raw, secrecy, NoMembers, []);
        }
    }

    // Half of a surrogate pair is legal in escaped JSON but cannot be decoded, so the raw text is used.
    private static string TextOf(JsonElement element, string raw)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return raw;
        }
    }

    /// <summary>Normal form of a number of any precision: digits without zeros at the ends, and the exponent.</summary>
    private static string Number(string raw)
    {
        var split = raw.AsSpan().IndexOfAny('e', 'E');
        var mantissa = split < 0 ? raw : raw[..split];
        var exponent = 0L;
        // Exponents out of range are compared as written.
        if (split >= 0 && (raw.Length - split > 12 || !long.TryParse(raw.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))) return raw;
        var negative = mantissa[0] == '-';
        if (negative) mantissa = mantissa[1..];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }
        var digits = mantissa.TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0) return "0";
        exponent += digits.Length - significant.Length;
        return string.Create(CultureInfo.InvariantCulture, $"{(negative ? "-" : "")}{significant}e{exponent}");
    }

    private long Hash()
    {
        var hash = Mix((long)Kind + 1);
        switch (Kind)
        {
            case JsonValueKind.Object:
                // The order of names does not matter, so the hashes are added.
                foreach (var (name, value) in Members) hash += Mix(name.GetHashCode(StringComparison.Ordinal) ^ Mix(value._hash));
                return hash;
            case JsonValueKind.Array:
                foreach (var entry in Entries) hash = Mix(hash * 31 + entry._hash);
                return hash;
            default:
                return Mix(hash ^ _scalar.GetHashCode(StringComparison.Ordinal));
        }
    }

    private static long Mix(long value)
    {
        var x = (ulong)value + 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return (long)(x ^ (x >> 31));
    }
}
