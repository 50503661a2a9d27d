using System.Text.Json;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Snapshots;

/// <summary>
/// Builds a store from the feed's snapshot (<see cref="FeedContract.SnapshotPath"/>). Secrets are masked as in <see cref="FleetStore.Apply"/>, each distinct text once, and indexes are built
/// once at the end. Not safe for concurrent use.
/// </summary>
/// <param name="observations">See <see cref="FleetStore.Observations"/>.</param>
/// <param name="isPast">It is of a moment of the past (<see cref="FeedContract.PastSnapshotPath"/>): what the log does not have of it is left out.</param>
public sealed class SnapshotLoader(FleetObservations? observations = null, bool isPast = false)
{
    // The feed has its own limits; these only refuse what is no number.
    private const int MostShared = 1 << 24;
    // Memory is taken beforehand for so many executions at most, whatever the header says.
    private const int MostExpected = 16_000_000;

    private readonly FleetStore _store = new(observations);
    private readonly SharedParts _shared = new(MostShared, MostShared, MostShared);
    private readonly List<FleetChange> _changes = [];
    private SharedRestore? _values;
    private NodePacking? _nodes;
    private ExecutionLoader? _executions;
    private bool _isComplete;

    /// <summary>Executions read so far.</summary>
    public int ExecutionCount { get; private set; }

    /// <summary>Reads a whole snapshot.</summary>
    /// <param name="stream">The snapshot.</param>
    /// <param name="progress">Called after each block.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Its header, and the store with it.</returns>
    /// <exception cref="FormatException">It is cut, damaged or of another version; the message is the end of a sentence.</exception>
    public async Task<(SnapshotHeader Header, FleetStore Store)> ReadAsync(Stream stream, Action<SnapshotLoader>? progress, CancellationToken cancel)
    {
        var blocks = new PackedBlockReader(stream);
        await blocks.BeginAsync(cancel);
        await blocks.NextAsync(cancel);
        if (blocks.Kind != PackedBlock.Header) throw new FormatException("it is damaged");
        try
        {
            var header = SnapshotHeader.Read(blocks.Bytes);
            while (true)
            {
                await blocks.NextAsync(cancel);
                if (blocks.Kind == PackedBlock.End) break;
                Read(blocks.Kind, blocks.Bytes, header);
                progress?.Invoke(this);
            }
            Complete();
            return (header, _store);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or JsonException or OverflowException or NullReferenceException)
        {
            throw new FormatException("it is damaged", e);
        }
    }

    private void Read(PackedBlock kind, ReadOnlySpan<byte> block, SnapshotHeader header)
    {
        if ((_values ??= new(_shared)).TryRead(kind, block)) return;
        var reader = new PackedReader(block);
        switch (kind)
        {
            case PackedBlock.Entities:
                while (reader.Left > 0)
                {
                    var json = PackedRowFormat.Read(ref reader, out var entity, out _, out _, out _);
                    // They follow the packed ones.
                    if (entity == FleetKind.Execution) Complete();
                    _changes.Add(EntityOf(entity, json));
                    if (entity == FleetKind.Execution) ExecutionCount++;
                }
                Apply();
                break;
            case PackedBlock.Nodes:
                _nodes ??= new(_shared);
                while (reader.Left > 0)
                {
                    var node = _nodes.Unpack(PackedRowFormat.Read(ref reader, out _, out _, out _));
                    _changes.Add(FleetChange.Of(isPast ? PastEntities.Of(node) : node));
                }
                Apply();
                break;
            case PackedBlock.Executions when !_isComplete:
                _executions ??= _store.LoadExecutions(_shared, Math.Clamp(header.Executions, 0, MostExpected));
                for (; reader.Left > 0; ExecutionCount++) _executions.Add(PackedRowFormat.Read(ref reader, out _, out _, out _));
                break;
            default: throw new FormatException("it is damaged");
        }
    }

    private void Complete()
    {
        if (!_isComplete) _executions?.Complete();
        _isComplete = true;
    }

    private void Apply()
    {
        _store.Apply(_changes);
        _changes.Clear();
    }

    private static FleetChange EntityOf(FleetKind kind, ReadOnlySpan<byte> json) => kind switch
    {
        FleetKind.Job => FleetChange.Of(JsonSerializer.Deserialize<Job>(json, FeedContract.Json)!),
        FleetKind.Deployment => FleetChange.Of(JsonSerializer.Deserialize<Deployment>(json, FeedContract.Json)!),
        FleetKind.Node => FleetChange.Of(JsonSerializer.Deserialize<Node>(json, FeedContract.Json)!),
        FleetKind.Execution => FleetChange.Of(JsonSerializer.Deserialize<Execution>(json, FeedContract.Json)!),
        FleetKind.Spec => FleetChange.Of(JsonSerializer.Deserialize<JobSpec>(json, FeedContract.Json)!),
        _ => throw new FormatException("it is damaged"),
    };
}
