using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using ExecutionDashboard.ControlPlane.Reading;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane;

/// <summary>
/// Caches specs by hash, so that the thousand executions of a job version cost one parse. Limited by the length of their JSON; the least recently used is removed
/// first. Safe for concurrent use.
/// </summary>
public sealed class SpecCache
{
    /// <summary>Default limit: 64 Mi characters of JSON, about thirty thousand typical specs. The raw forms of a spec, eight at most, are kept in addition.</summary>
    public const long DefaultMaxCharacters = 64L * 1024 * 1024;

    // Key order and white space vary within a server's replies, but not endlessly; further forms are hashed again.
    private const int MaxFormsOfOneSpec = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byHash = new(StringComparer.Ordinal);
    // By the original bytes, compared completely: two specs can never be mixed up, and it is cheaper than a secure hash.
    private readonly Dictionary<byte[], LinkedListNode<Entry>> _byForm = new(new FormComparer());
    private readonly LinkedList<Entry> _byUse = [];
    private readonly long _maxCharacters;
    private long _characters;

    /// <summary>A cache with the default limit.</summary>
    public SpecCache() : this(DefaultMaxCharacters) { }

    /// <summary>A cache with a limit in characters of JSON; the newest spec is kept whatever its length.</summary>
    public SpecCache(long maxCharacters) => _maxCharacters = maxCharacters;

    private sealed record Entry(JobSpec Spec)
    {
        public List<byte[]> Forms { get; } = [];
    }

    /// <summary>Number of specs.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _byHash.Count;
        }
    }

    /// <summary>Adds a spec; false when it is known.</summary>
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

    /// <summary>The spec of an element; parsed only if its bytes are new.</summary>
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
