using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Benchmarks.Store;

/// <summary>A fleet of a given size, the same for the same seed: mostly running, a few in every other state, a third replacing another execution.</summary>
internal sealed class SampleFleet(int executions, int seed = 1)
{
    public const int Nodes = 10_000, Jobs = 500, DeploymentsPerJob = 4, RowsPerEvaluation = 25;

    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Others = ["failed", "pending", "degraded", "stopped", "completed", "lost", "starting", "stopping"];
    private static readonly string[] Messages =
        [.. Enumerable.Range(0, 200).Select(i => i % 4 == 0 ? $"output: connection refused (retrying, attempt {i})" : $"Pipeline running, stage {i}")];

    private readonly string[] _ids = MakeIds(executions, seed);
    private readonly Random _random = new(seed);
    private long _tick;

    public int Count => executions;

    public string Id(int i) => _ids[i];

    public static string JobId(int i) => $"job-{i:d4}";

    public static string NodeId(int i) => $"node-edge-{i:d5}";

    public static string DeploymentId(int job, int version) => $"deploy-{job:d4}-{version}";

    public static IReadOnlyList<FleetChange> Catalog() =>
    [
        .. Enumerable.Range(0, Nodes).Select(NodeOf),
        .. Enumerable.Range(0, Jobs).Select(i => FleetChange.Of(new Job { Id = JobId(i), Name = $"pipeline-{i * 7919 % Jobs:d4}", Labels = new Dictionary<string, string> { ["team"] = $"team-{i % 9}" } })),
    ];

    /// <summary>Nodes beyond those of the catalog, which run nothing.</summary>
    public static IReadOnlyList<FleetChange> MoreNodes(int all) => [.. Enumerable.Range(Nodes, all - Nodes).Select(NodeOf)];

    private static FleetChange NodeOf(int i) => FleetChange.Of(new Node
    {
        Id = NodeId(i), Name = $"edge-{i:d5}", AgentVersion = i % 7 == 0 ? "2.1.9" : "2.1.21", Connection = i % 50 == 0 ? "lost" : "connected",
        Labels = new Dictionary<string, string> { ["region"] = i % 3 == 0 ? "eu" : "us", ["tier"] = i % 10 == 0 ? "gold" : "tin" },
    });

    /// <summary>The i-th execution as created.</summary>
    public Execution Create(int i)
    {
        var job = i / RowsPerEvaluation % Jobs;
        var version = 1 + i % DeploymentsPerJob;
        var created = Start.AddMilliseconds(i * 50L);
        return new Execution
        {
            Id = _ids[i], JobId = JobId(job), JobType = job % 20 == 0 ? "query" : "pipeline", JobVersion = version, Namespace = job % 5 == 0 ? "staging" : "production",
            NodeId = NodeId(_random.Next(Nodes)), DeploymentId = DeploymentId(job, version), EvaluationId = $"eval-{i / RowsPerEvaluation:d8}-4c2a-9d1e-7f60ab12cd34",
            SpecHash = $"{job:x28}{version:x4}", Desired = new StateReport(ExecutionState.Of(KnownExecutionState.Running)), Actual = Report(),
            PreviousId = i % 3 == 0 && i > 0 ? _ids[i - 1] : "", Revision = 1, CreatedAt = created, UpdatedAt = created.AddSeconds(_random.Next(3600)),
        };
    }

    /// <summary>The execution after its next change.</summary>
    public Execution Change(Execution before) =>
        before with { Actual = Report(), Revision = before.Revision + 1, UpdatedAt = Start.AddMilliseconds(executions * 50L + 3_600_000 + _tick++) };

    private StateReport Report() =>
        new(ExecutionState.Parse(_random.Next(50) == 0 ? Others[Math.Min(_random.Next(Others.Length), _random.Next(Others.Length))] : "running"), Messages[_random.Next(Messages.Length)]);

    private static string[] MakeIds(int count, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[16];
        var ids = new string[count];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            bytes[6] = (byte)(bytes[6] & 0x0f | 0x40);
            bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
            ids[i] = new Guid(bytes, bigEndian: true).ToString();
        }
        return ids;
    }
}
