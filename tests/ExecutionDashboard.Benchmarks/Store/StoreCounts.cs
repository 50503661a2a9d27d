using System.Text.Json;
using ExecutionDashboard.Benchmarks.Feed;

namespace ExecutionDashboard.Benchmarks.Store;

/// <summary>
/// What can be counted instead of timed, and so held on any machine: bytes per execution of the store and of the process, and bytes allocated per query. More than a tenth above what
/// <c>Store/counts.json</c> has is a failure.
/// </summary>
internal static class StoreCounts
{
    private const int Executions = 50_000, Rounds = 5;
    private const string Memory = "memory per execution";
    private const double Allowed = 1.1, Slack = 256;
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Compares, or writes what is counted now.</summary>
    /// <returns>0, or 1 when something grew.</returns>
    public static async Task<int> RunAsync(bool write)
    {
        var now = Count();
        foreach (var (what, bytes) in await ProcessMemory.CountAsync(Executions)) now[what] = bytes;
        if (write)
        {
            const string source = "tests/ExecutionDashboard.Benchmarks/Store/counts.json";
            await File.WriteAllTextAsync(source, JsonSerializer.Serialize(now, Json) + "\n");
            Console.WriteLine($"Written: {source}");
            return 0;
        }
        var held = JsonSerializer.Deserialize<Dictionary<string, double>>(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Store", "counts.json")))!;
        var grown = now.Where(c => !held.TryGetValue(c.Key, out var before) || c.Value > before * Allowed + (c.Key.StartsWith("memory", StringComparison.Ordinal) ? 0 : Slack)).ToArray();
        foreach (var (what, count) in grown)
            Console.WriteLine($"Grown by more than a tenth: {what}: {(held.TryGetValue(what, out var before) ? $"{before:#,0}" : "nothing")} before, {count:#,0} bytes now.");
        Console.WriteLine($"Counts: {now.Count - grown.Length} of {now.Count} held.");
        return grown.Length == 0 ? 0 : 1;
    }

    private static Dictionary<string, double> Count()
    {
        StoreRun.LoadMeasured(new SampleFleet(1_000), SampleFleet.Catalog());
        var (store, _, bytes) = StoreRun.LoadMeasured(new SampleFleet(Executions), SampleFleet.Catalog());
        var counts = new Dictionary<string, double> { [Memory] = Math.Round(bytes) };
        foreach (var (name, _, query) in StoreRun.Queries(store, new Random(2)))
        {
            var least = double.MaxValue;
            for (var round = 0; round < Rounds; round++)
            {
                query();
                var before = GC.GetAllocatedBytesForCurrentThread();
                query();
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            counts[name] = least;
        }
        return counts;
    }
}
