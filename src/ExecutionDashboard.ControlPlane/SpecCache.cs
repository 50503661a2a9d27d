using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using ExecutionDashboard.ControlPlane.Reading;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane;

/// <summary>
/// Specs this client has read lately, by hash, so that the thousand executions of one job version cost one parse. Bounded by the length of
/// their JSON: the longest unused goes first. Safe to use from any thread.
/// </summary>
public sealed class SpecCache
{
    /// <summary>Bound when none is given: 64 Mi characters of JSON, some thirty thousand specs of usual length; the forms that a spec came in, eight at most, are held beside it.</summary>
    public const long DefaultMaxCharacters = 64L * 1024 * 1024;

    // Key order and spacing may vary within one server's replies, but not endlessly; more forms than this are hashed anew.
    private const int MaxFormsOfOneSpec = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byHash = new(StringComparer.Ordinal);
    // By the very bytes: compared whole, so a server cannot make two specs look the same, and far cheaper than a hash that would promise it.
    private readonly Dictionary<byte[], LinkedListNode<Entry>> _byForm = new(new FormComparer());
    private readonly LinkedList<Entry> _byUse = [];
    private readonly long _maxCharacters;
    private long _characters;

    /// <summary>A cache of the default size.</summary>
    public SpecCache() : this(DefaultMaxCharacters) { }

    /// <summary>A cache that holds specs of at most so many characters of JSON together; the newest is held whatever its length.</summary>
    public SpecCache(long maxCharacters) => _maxCharacters = maxCharacters;

    private sealed record Entry(JobSpec Spec)
    {
        public List<byte[]> Forms { get; } = [];
    }

    /// <summary>Specs held.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _byHash.Count;
        }
    }

    /// <summary>Keeps a spec; false when it was known.</summary>
    public bool Add(JobSpec spec)
    {
        lock (_lock) return Keep(spec, out _);
    }

    /// <summary>A spec by its hash.</summary>
    public bool TryGet(string hash, [NotNullWhen(true)] out JobSpec? spec)
    {
        lock (_lock)
        {
            spec = _byHash.TryGetValue(hash, out var entry) ? Use(entry) : null;
            return spec is not null;
        }
    }

    /// <summary>The spec in an element, parsed only when its very bytes were not seen before.</summary>
    internal JobSpec Read(JsonElement element)
    {
        var form = JsonMarshal.GetRawUtf8Value(element);
        lock (_lock)
        {
            if (_byForm.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(form, out var known)) return Use(known);
        }
        var spec = SpecReader.Read(element);
        lock (_lock)
        {
            Keep(spec, out var entry);
            var bytes = form.ToArray();
            if (_byForm.TryAdd(bytes, entry)) entry.Value.Forms.Add(bytes);
            if (entry.Value.Forms.Count > MaxFormsOfOneSpec)
            {
                _byForm.Remove(entry.Value.Forms[0]);
                entry.Value.Forms.RemoveAt(0);
            }
            return entry.Value.Spec;
        }
    }

    private JobSpec Use(LinkedListNode<Entry> entry)
    {
        if (!ReferenceEquals(_byUse.First, entry))
        {
            _byUse.Remove(entry);
            _byUse.AddFirst(entry);
        }
        return entry.Value.Spec;
    }

    private bool Keep(JobSpec spec, out LinkedListNode<Entry> entry)
    {
        if (_byHash.TryGetValue(spec.Hash, out var known))
        {
            Use(entry = known);
            return false;
        }
        _byHash[spec.Hash] = entry = _byUse.AddFirst(new Entry(spec));
        _characters += spec.Json.Length;
        while (_characters > _maxCharacters && _byUse.Last is { } last && !ReferenceEquals(last, entry)) Drop(last);
        return true;
    }

    private void Drop(LinkedListNode<Entry> entry)
    {
        _byUse.Remove(entry);
        _byHash.Remove(entry.Value.Spec.Hash);
        foreach (var form in entry.Value.Forms) _byForm.Remove(form);
        _characters -= entry.Value.Spec.Json.Length;
    }

    private sealed class FormComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] form) => GetHashCode(form.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> form)
        {
            var hash = new HashCode();
            hash.AddBytes(form);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
