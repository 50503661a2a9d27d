using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Components.Pages.DeploymentDetail;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Benchmarks.Rollout;

/// <summary>What one look at a rollout over many nodes costs the server, while its executions change.</summary>
internal static class RolloutRun
{
    private const int Rounds = 400;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Run(FigureTable table, int nodes)
    {
        var store = new FleetStore();
        var deployment = new Deployment
        {
            Id = "rollout", JobId = "job", State = "in_progress", FromVersion = 1, ToVersion = 2, TotalNodes = nodes, CurrentWave = 6, TotalWaves = 10,
            CanaryNodes = ["node-0", "node-1", "node-2"], CanaryPromoted = true, CreatedAt = Start,
            Strategy = new RolloutStrategy { Kind = "canary", MaxParallel = nodes / 10, MaxFailedNodes = nodes / 50 },
        };
        store.Apply([FleetChange.Of(deployment), FleetChange.Of(new Job { Id = "job", Name = "job", Version = 2, DeploymentId = "rollout" })]);
        store.Apply([.. Enumerable.Range(0, nodes).Select(i => FleetChange.Of(new Node { Id = $"node-{i}", Name = $"node-{i}", Connection = "connected", Labels = Enumerable.Range(0, 8).ToDictionary(l => $"label{l}", l => $"value{i % (l + 2)}") }))]);
        store.Apply([.. Enumerable.Range(0, nodes).Select(i => FleetChange.Of(Execution(i, i % 97 == 0 ? KnownExecutionState.Failed : KnownExecutionState.Running, 1)))]);

        var random = new Random(1);
        var view = DeploymentView.Of(deployment, store, Start);
        var took = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            store.Apply([.. Enumerable.Range(0, 20).Select(_ => FleetChange.Of(Execution(random.Next(nodes), KnownExecutionState.Degraded, round + 2)))]);
            var began = Stopwatch.GetTimestamp();
            view = DeploymentView.Of(deployment, store, Start.AddMilliseconds(200 * round), view, round % 5 == 0 ? new HashSet<int> { round / 5 % DeploymentView.Judgements } : new HashSet<int>());
            took[round] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        table.Add("store", $"a look at a rollout over {nodes:#,0} nodes, median", took.Percentile(0.5), "ms", 5);
        table.Add("store", $"a look at a rollout over {nodes:#,0} nodes, p95", took.Percentile(0.95), "ms");
    }

    private static Execution Execution(int i, KnownExecutionState state, long revision) => new()
    {
        Id = $"00000000-0000-0000-0000-{i:x12}", JobId = "job", JobVersion = 2, NodeId = $"node-{i}", DeploymentId = "rollout", Revision = revision,
        Actual = new(ExecutionState.Of(state), state == KnownExecutionState.Failed ? $"output kafka: dial tcp 10.0.0.{i % 250}: refused" : ""),
        Desired = new(ExecutionState.Of(KnownExecutionState.Running)), CreatedAt = Start.AddSeconds(i / 100.0), UpdatedAt = Start.AddSeconds(i / 100.0 + revision),
    };
}
