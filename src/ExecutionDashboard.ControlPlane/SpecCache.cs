using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
    /// <summary>Bound when none is given: 64 Mi characters of JSON, some thirty thousand specs of usual length.</summary>
    public const long DefaultMaxCharacters = 64L * 1024 * 1024;

    // Key order and spacing may vary within one server's replies, but not endlessly; more forms than this are hashed anew.
    private const int MaxFormsOfOneSpec = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byHash = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, LinkedListNode<Entry>> _byForm = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly long _maxCharacters;
    private long _characters;

    /// <summary>A cache of the default size.</summary>
    public SpecCache() : this(DefaultMaxCharacters) { }

    /// <summary>A cache that holds specs of at most so many characters of JSON together; the newest is held whatever its length.</summary>
    public SpecCache(long maxCharacters) => _maxCharacters = maxCharacters;

    private sealed record Entry(JobSpec Spec)
    {
        public List<UInt128> Forms { get; } = [];
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
        var form = FormOf(JsonMarshal.GetRawUtf8Value(element));
        lock (_lock)
        {
            if (_byForm.TryGetValue(form, out var known)) return Use(known);
        }
        var spec = SpecReader.Read(element);
        lock (_lock)
        {
            Keep(spec, out var entry);
            if (_byForm.TryAdd(form, entry)) entry.Value.Forms.Add(form);
            if (entry.Value.Forms.Count > MaxFormsOfOneSpec)
            {
                _byForm.Remove(entry.Value.Forms[0]);
                entry.Value.Forms.RemoveAt(0);
            }
            return entry.Value.Spec;
        }
    }

    // SHA-256, cut: a server must not be able to make two specs look the same by choosing their bytes.
    private static UInt128 FormOf(ReadOnlySpan<byte> json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        return MemoryMarshal.Read<UInt128>(hash);
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
}
