using System.Diagnostics.CodeAnalysis;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// The executions, packed, by their keys in the log, which are consecutive from 1. A chunk of rows never moves, and is dropped when all its executions are removed. One
/// writer; any number of readers without a lock.
/// </summary>
internal sealed class ExecutionRows : EntityTable<Execution>
{
    private const int ChunkBits = 10, ChunkMask = (1 << ChunkBits) - 1;

    private readonly ExecutionPacking _packing;
    private readonly ExecutionIds _ids;
    private RowChunk?[] _chunks = new RowChunk?[16];
    private int _count;

    public ExecutionRows(ExecutionPacking packing) : base(FleetKind.Execution, e => e.Id, FleetChange.Of) =>
        (_packing, _ids) = (packing, new ExecutionIds(PackedOf));

    public override int Count => Volatile.Read(ref _count);

    /// <summary>The execution with a key of the log; null when it was removed.</summary>
    public Tracked<Execution>? OfKey(long key) => ChunkOf(key) is { } chunk && chunk.Packed(key) is { } packed ? new TrackedRow(_packing, chunk, key, packed) : null;

    public override bool TryGet(string id, [NotNullWhen(true)] out Tracked<Execution>? known)
    {
        known = _ids.Find(id) is > 0 and var key ? OfKey(key) : null;
        return known is not null;
    }

    public override void Put(Execution value, Place place, long commit)
    {
        var chunk = ChunkOf(place.Key) ?? AddChunk(place.Key);
        var isNew = chunk.Packed(place.Key) is null;
        chunk.Set(place.Key, _packing.Pack(value).ToArray(), place.Last, commit);
        if (!isNew) return;
        chunk.Used++;
        _ids.Add(place.Key);
        Volatile.Write(ref _count, _count + 1);
    }

    public override void Remove(string id)
    {
        if (_ids.Find(id) is not (> 0 and var key) || ChunkOf(key) is not { } chunk) return;
        _ids.Remove(key);
        chunk.Clear(key);
        Volatile.Write(ref _count, _count - 1);
        if (--chunk.Used == 0) Volatile.Write(ref _chunks[key >> ChunkBits], null);
    }

    /// <summary>All executions in their order of arrival.</summary>
    public override IEnumerable<Tracked<Execution>> All() => Having((_, _) => true);

    /// <summary>The executions of a job.</summary>
    public IEnumerable<Tracked<Execution>> OfJob(string job) => Having((packing, packed) => packing.JobOf(packed) == job);

    /// <summary>The executions that a deployment created.</summary>
    public IEnumerable<Tracked<Execution>> OfDeployment(string deployment) => Having((packing, packed) => packing.DeploymentOf(packed) == deployment);

    /// <summary>The deployments that executions name, each once.</summary>
    public IReadOnlyCollection<string> Deployments()
    {
        var deployments = new HashSet<string>(StringComparer.Ordinal);
        foreach (var _ in Having((packing, packed) => deployments.Add(packing.DeploymentOf(packed)))) { }
        return deployments;
    }

    private IEnumerable<Tracked<Execution>> Having(Func<ExecutionPacking, byte[], bool> isWanted)
    {
        var chunks = Volatile.Read(ref _chunks);
        for (var i = 0; i < chunks.Length; i++)
        {
            if (Volatile.Read(ref chunks[i]) is not { } chunk) continue;
            for (var key = (long)i << ChunkBits; key <= ((long)i << ChunkBits | ChunkMask); key++)
                if (chunk.Packed(key) is { } packed && isWanted(_packing, packed)) yield return new TrackedRow(_packing, chunk, key, packed);
        }
    }

    private byte[]? PackedOf(long key) => ChunkOf(key)?.Packed(key);

    private RowChunk? ChunkOf(long key)
    {
        var chunks = Volatile.Read(ref _chunks);
        return key >> ChunkBits < chunks.Length ? Volatile.Read(ref chunks[key >> ChunkBits]) : null;
    }

    private RowChunk AddChunk(long key)
    {
        var at = key >> ChunkBits;
        if (at >= _chunks.Length)
        {
            var grown = new RowChunk?[Math.Max(at + 1, _chunks.Length * 2L)];
            _chunks.CopyTo(grown, 0);
            Volatile.Write(ref _chunks, grown);
        }
        var chunk = new RowChunk();
        Volatile.Write(ref _chunks[at], chunk);
        return chunk;
    }

    private sealed class RowChunk
    {
        private readonly Row[] _rows = new Row[ChunkMask + 1];

        public int Used { get; set; }

        public ref Row this[long key] => ref _rows[key & ChunkMask];

        public byte[]? Packed(long key) => Volatile.Read(ref this[key].Packed);

        public void Set(long key, byte[] packed, long last, long commit)
        {
            ref var row = ref this[key];
            row.Last = last;
            Volatile.Write(ref row.Packed, packed);
            row.Commit = commit;
        }

        public void Clear(long key)
        {
            ref var row = ref this[key];
            Volatile.Write(ref row.Packed, null);
            (row.Commit, row.Walk) = (0, 0);
        }
    }

    private struct Row
    {
        public byte[]? Packed;
        public long Last, Commit, Walk;
    }

    // Keeps the bytes that it was made with, so an execution that is removed meanwhile can still be read.
    private sealed class TrackedRow(ExecutionPacking packing, RowChunk chunk, long key, byte[] packed) : Tracked<Execution>
    {
        public override Execution Value => packing.Unpack(packed);
        public override long Key => key;
        public override long Last => chunk[key].Last;
        public override long Commit => chunk[key].Commit;
        public override long Walk
        {
            get => chunk[key].Walk;
            set => chunk[key].Walk = value;
        }

        // Equal bytes are the usual case. Maps may be equal in another order.
        public override bool Has(Execution value) => packing.Pack(value).SequenceEqual(packed) || packing.Unpack(packed).Equals(value);
    }
}
