using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Benchmarks.Store;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Benchmarks.Attention;

/// <summary>
/// What problems cost beside the store that they are found in: the first look at a fleet, their memory, one second of changes with and without them, and a region that
/// falls over.
/// </summary>
internal sealed class AttentionRun(FigureTable table, int executions, int nodes)
{
    private const int Jobs = 500, ChangesPerSecond = 1_000, Seconds = 120, HeartbeatSeconds = 30, Looks = 5;
    private const double LookBudget = 500, CoreBudget = 5, MemoryBudget = 20, OutageBudget = 3_000;

    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Random _random = new(1);
    private long _revision = 1;
    private DateTimeOffset _now = Start.AddHours(2);

    /// <summary>Measures a fleet with little wrong, and one in which every fiftieth execution and node is in trouble.</summary>
    public static void Run(FigureTable table, int executions, int nodes)
    {
        new AttentionRun(table, executions, nodes).RunQuiet();
        RunSick(table, executions);
    }

    private void RunQuiet()
    {
        var store = new FleetStore();
        store.Apply([.. Enumerable.Range(0, nodes).Select(i => FleetChange.Of(Node(i)))]);
        store.Apply([.. Enumerable.Range(0, Jobs).Select(i => FleetChange.Of(new Job { Id = $"job-{i}", Name = $"pipeline-{i}", State = "running", Version = 1, UpdatedAt = Start }))]);
        for (var from = 0; from < executions; from += 10_000)
            store.Apply([.. Enumerable.Range(from, Math.Min(10_000, executions - from)).Select(i => FleetChange.Of(Execution(i, i % 10_000 == 7 ? "failed" : "running", Start.AddSeconds(30))))]);

        var model = First(store, "a fleet with one execution in 10,000 failed");
        var (alone, with) = Follow(store, model);
        Add("apply 1,000 changes and the heartbeats of a second, without problems", alone, "ms", null);
        Add("the same with problems kept", with, "ms", null);
        Add("ratio", with / alone, "x", null);
        Add("problems kept at 1,000 changes/s, of a core", (with - alone) / 10, "%", CoreBudget);

        _now += TimeSpan.FromSeconds(1);
        FleetChange[] outage = [.. Enumerable.Range(0, nodes).Where(i => i % 3 == 0).Select(i => FleetChange.Of(Node(i) with { Connection = "disconnected", DisconnectedSince = _now.AddMilliseconds(-(i % 20_000)) }))];
        var began = Stopwatch.GetTimestamp();
        store.Apply(outage);
        var applied = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        model.Update(store, _now);
        var found = model.Problems.Count(p => p.Problem.Cause == ProblemCause.Outage);
        Add($"region falls over, {outage.Length:#,0} nodes: applied", applied, "ms", null);
        Add($"region falls over: known after the changes came, of which a look waits up to 1 s; {found} problem", Stopwatch.GetElapsedTime(began).TotalMilliseconds + 1_000, "ms", OutageBudget);
        if (found != 1) throw new InvalidOperationException($"The outage is {found} problems.");
    }

    private static void RunSick(FigureTable table, int executions)
    {
        var fleet = new SampleFleet(executions);
        var (store, _, _) = StoreRun.LoadMeasured(fleet, SampleFleet.Catalog());
        new AttentionRun(table, executions, SampleFleet.Nodes) { _now = Start.AddDays(2) }.First(store, "a fleet with one execution in 50 in trouble");
    }

    private AttentionModel First(FleetStore store, string what)
    {
        AttentionModel.Compute(store, new(), _now);
        var took = new double[Looks];
        for (var i = 0; i < Looks; i++)
        {
            var began = Stopwatch.GetTimestamp();
            AttentionModel.Compute(store, new(), _now);
            took[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var model = new AttentionModel(new());
        model.Update(store, _now);
        Add($"{what}: first look, median", took.Percentile(0.5), "ms", LookBudget);
        Add($"{what}: memory", (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)executions, "B/execution", MemoryBudget);
        Add($"{what}: problems", model.Problems.Count, "", null);
        return model;
    }

    /// <summary>Milliseconds of work a second of the fleet takes, without and with problems.</summary>
    private (double Alone, double With) Follow(FleetStore store, AttentionModel model)
    {
        var (apply, update) = (TimeSpan.Zero, TimeSpan.Zero);
        int[] starting = [], waiting = [];
        for (var second = 0; second < Seconds; second++)
        {
            _now += TimeSpan.FromSeconds(1);
            var changes = new List<FleetChange>();
            // Restarts: one on its way from pending to running takes two seconds.
            int[] pending = [.. Enumerable.Range(0, ChangesPerSecond / 3).Select(_ => _random.Next(executions))];
            foreach (var (which, state) in new[] { (starting, "running"), (waiting, "starting"), (pending, "pending") })
                changes.AddRange(which.Select(i => FleetChange.Of(Execution(i, state, _now, ++_revision))));
            (starting, waiting) = (waiting, pending);
            for (var node = second % HeartbeatSeconds; node < nodes; node += HeartbeatSeconds) changes.Add(FleetChange.Of(Node(node) with { LastHeartbeat = _now }));
            // Processor time: what else the machine does is not counted.
            var began = Environment.CpuUsage.TotalTime;
            store.Apply(changes);
            var applied = Environment.CpuUsage.TotalTime;
            model.Update(store, _now);
            (apply, update) = (apply + (applied - began), update + (Environment.CpuUsage.TotalTime - applied));
        }
        return (apply.TotalMilliseconds / Seconds, (apply + update).TotalMilliseconds / Seconds);
    }

    private Execution Execution(int i, string state, DateTimeOffset at, long revision = 1) => new()
    {
        Id = $"00000000-0000-4000-8000-{i:x12}", JobId = $"job-{i / nodes + i % nodes % (Jobs / 10) * 10}", JobType = "pipeline", JobVersion = 1, NodeId = $"node-{i % nodes:d6}", Revision = revision,
        Desired = new(ExecutionState.Of(KnownExecutionState.Running)), Actual = new(ExecutionState.Parse(state), state == "failed" ? $"output 10.0.0.{i % 250}: connection refused" : ""),
        CreatedAt = Start, UpdatedAt = at,
    };

    private static Node Node(int i) => new()
    {
        Id = $"node-{i:d6}", Name = $"edge-{i:d6}", Connection = "connected", ConnectedSince = Start, AgentVersion = "2.1.21", OperatingSystem = "linux", Architecture = i % 4 == 0 ? "arm64" : "amd64",
        LastHeartbeat = Start.AddHours(2),
        Labels = new Dictionary<string, string> { ["region"] = (i % 3) switch { 0 => "eu", 1 => "us", _ => "ap" }, ["tier"] = i % 10 == 0 ? "gold" : "tin", ["site"] = $"site-{i % 500}", ["rack"] = $"rack-{i / 20}" },
    };

    private void Add(string what, double value, string unit, double? budget) => table.Add("attention", $"{executions:#,0}: {what}", value, unit, budget);
}
