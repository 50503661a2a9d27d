using System.Text.Json;
using ExecutionDashboard.Benchmarks.Store;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Sqlite;

namespace ExecutionDashboard.Benchmarks.Feed;

/// <summary>
/// What feed (its log, mirror and ring) and replica hold on the heap for each execution and node. Entities are read from JSON, as they come over the wire: every text is
/// its own until somebody shares it.
/// </summary>
internal static class ProcessMemory
{
    // More than the ring of changes holds.
    private const int Rings = 20_000;
    private const int Batch = 1_000, FleetNodes = 5_000;
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Bytes by what they are held for.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> CountAsync(int executions)
    {
        var folder = Directory.CreateTempSubdirectory("memory-bench-").FullName;
        try
        {
            return await CountAsync(Path.Combine(folder, "fleet.db"), executions);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyDictionary<string, double>> CountAsync(string file, int executions)
    {
        using var feed = new FeedRun.Parts(SqliteDatabase.Open(file, TimeSpan.FromSeconds(5)));
        var store = new FleetStore();
        var fleet = new SampleFleet(Rings + executions);
        // Before each, so many of the same kind that code, what is there once and the ring of changes are not counted.
        await FillAsync(feed, store, Rings, i => FleetChange.Of(SampleNode(FleetNodes + i)));
        var nodes = await MeasureAsync(feed, store, FleetNodes, i => FleetChange.Of(SampleNode(i)));
        await FillAsync(feed, store, Rings, i => FleetChange.Of(Copy(fleet.Create(i))));
        var each = await MeasureAsync(feed, store, executions, i => FleetChange.Of(Copy(fleet.Create(Rings + i))));
        GC.KeepAlive(fleet);
        return new Dictionary<string, double>
        {
            ["memory of the feed per execution"] = each.Feed,
            ["memory of the replica per execution"] = each.Replica,
            ["memory of feed and replica per execution"] = each.Feed + each.Replica,
            ["memory of the feed per node"] = nodes.Feed,
            ["memory of the replica per node"] = nodes.Replica,
            ["memory of feed and replica per node"] = nodes.Feed + nodes.Replica,
        };
    }

    private static async Task<(double Feed, double Replica)> MeasureAsync(FeedRun.Parts feed, FleetStore store, int count, Func<int, FleetChange> make)
    {
        var before = Heap();
        await FillAsync(feed, null, count, make);
        var between = Heap();
        await FillAsync(null, store, count, make);
        var after = Heap();
        return (Math.Round((between - before) / count), Math.Round((after - between) / count));
    }

    private static double Heap() => GC.GetTotalMemory(forceFullCollection: true);

    private static async Task FillAsync(FeedRun.Parts? feed, FleetStore? store, int count, Func<int, FleetChange> make)
    {
        for (var from = 0; from < count; from += Batch)
        {
            FleetChange[] changes = [.. Enumerable.Range(from, Math.Min(Batch, count - from)).Select(make)];
            if (feed is not null) await feed.Committer.CommitAsync([.. changes.Select(change => DifferenceOf(feed, change))], default);
            store?.Apply(changes);
        }
    }

    private static Difference DifferenceOf(FeedRun.Parts feed, FleetChange change)
    {
        if (change.Execution is { } execution) return new(change, StateChanges.Of(null, execution, feed.Now));
        var node = change.Node!;
        feed.Mirror.Nodes.TryGet(node.Id, out var known);
        return new(change, StateChanges.Of(known?.Value, node, feed.Now), known?.Place ?? default);
    }

    private static T Copy<T>(T entity) => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(entity, FeedContract.Json), FeedContract.Json)!;

    // With as much in it as the agents of a server report.
    private static Node SampleNode(int i) => Copy(new Node
    {
        Id = SampleFleet.NodeId(i), Name = $"edge-{i:d5}", Hostname = $"edge-{i:d5}.plant.example", OperatingSystem = "linux", Architecture = "arm64", AgentVersion = i % 7 == 0 ? "2.1.9" : "2.1.21",
        HardwareFingerprint = $"{i:x8}-4c2a-9d1e-7f60ab12cd34", Connection = i % 50 == 0 ? "lost" : "connected", Revision = 1, ConnectedSince = Start.AddSeconds(i), CreatedAt = Start, UpdatedAt = Start.AddSeconds(i),
        LastHeartbeat = Start.AddMilliseconds(i), Resources = new NodeResources(i % 100, 40, 1L << 30, 1L << 32, 10, 1L << 34, 1L << 37),
        Labels = new Dictionary<string, string> { ["region"] = i % 3 == 0 ? "eu" : "us", ["tier"] = i % 10 == 0 ? "gold" : "tin", ["site"] = $"site-{(i & 0xFFFF) % 40}", ["rack"] = $"rack-{(i & 0xFFFF) % 12}" },
        Identity = new Dictionary<string, string> { ["serial"] = $"SN{i:d10}", ["model"] = $"gateway-{(i & 0xFFFF) % 5}" },
        Capabilities = new Dictionary<string, IReadOnlyList<string>>
        {
            ["inputs"] = ["file", "http_server", "mqtt", "kafka"], ["outputs"] = ["http_client", "s3", "kafka"], ["processors"] = ["mapping", "dedupe", "archive"],
        },
    });
}
