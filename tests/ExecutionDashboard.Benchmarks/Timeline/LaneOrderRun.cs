using System.Diagnostics;
using System.Text.Json;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Benchmarks.Timeline;

/// <summary>What the timeline of a large fleet costs the server: the order of its lanes, folding them, and what goes to a browser.</summary>
internal static class LaneOrderRun
{
    private const int Rounds = 15, Groups = 5_000;
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, int> NoChanges = [];

    public static void Run(FigureTable table, int nodes)
    {
        var signals = new LiveSignals(TimeProvider.System);
        var replica = new Replica(signals, TimeProvider.System);
        replica.Apply(new FeedBatch { Reset = true, Previous = 1, Sequence = 1, Changes = [.. Fleet(nodes)] });
        var store = replica.Store;
        var revision = 1L;
        void Time(string what, Action act) => table.Add("timeline", $"{nodes:#,0} nodes: {what}", Median(act), "ms", nodes <= 100_000 ? 50 : null);

        IReadOnlyList<LaneRow> Of(string group, LaneSort sort = LaneSort.Name, string query = "") => LaneOrder.Of(store, ExecutionQuery.Parse(query), group, sort, NoChanges);
        Time("order by name", () => Of(""));
        Time("order by state", () => Of("", LaneSort.State));
        Time("order by name, failed only", () => Of("", query: "state=failed"));
        Time("in groups by state", () => Of(LaneOrder.ByState));
        Time("in 20 groups by label", () => Of("label:region"));
        Time($"in {Groups:#,0} groups by label", () => Of("label:rack"));
        Time("keys of labels", () => LaneOrder.LabelKeys(store, 40));
        Time("the worst state of each node", () => store.Worst());
        foreach (var group in new[] { "label:region", "label:rack" })
        {
            var all = Of(group);
            Time($"fold all groups, {group[6..]}", () => LaneOrder.Folded(all, FoldedGroups.All));
            var heads = LaneOrder.Folded(all, FoldedGroups.All);
            var states = new WorstStates(replica, TimeProvider.System);
            _ = states.Now;
            Time($"the first folded heads, {group[6..]}", () => Shown(replica, states, heads));
            Wire(table, nodes, $"the first folded heads, {group[6..]}", Shown(replica, states, heads));
        }
        var rows = Of("");
        Wire(table, nodes, "the first rows", Shown(replica, new WorstStates(replica, TimeProvider.System), rows));
        Time("a change, then order by name", () =>
        {
            store.Apply([FleetChange.Of(store.FindNode("node-0")! with { Revision = ++revision })]);
            Of("");
        });
    }

    private static TimelineUpdate Shown(Replica replica, WorstStates states, IReadOnlyList<LaneRow> rows)
    {
        var window = new LaneWindow(replica, TimeProvider.System, states, (_, _, _, _) => Task.FromResult<(FleetTimeline?, string?)>((null, null)));
        window.Show(rows, ExecutionQuery.All);
        window.See(0, 40, Start, Start.AddHours(1));
        return window.Heads()!;
    }

    private static void Wire(FigureTable table, int nodes, string what, TimelineUpdate update) =>
        table.Add("timeline", $"{nodes:#,0} nodes: {what}, on the wire", JsonSerializer.SerializeToUtf8Bytes(update, JsonSerializerOptions.Web).Length, "B", 1_000_000);

    private static double Median(Action act)
    {
        var times = new List<double>();
        for (var i = 0; i < Rounds + 2; i++)
        {
            var start = Stopwatch.GetTimestamp();
            act();
            if (i >= 2) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times.Percentile(0.5);
    }

    // Three executions a node, a few of them in trouble.
    private static IEnumerable<FleetChange> Fleet(int nodes)
    {
        for (var i = 0; i < nodes; i++)
        {
            yield return FleetChange.Of(new Node
            {
                Id = $"node-{i}", Name = $"edge-{i * 7919L % nodes:d7}", Connection = i % 50 == 0 ? "lost" : "connected",
                Labels = new Dictionary<string, string> { ["region"] = $"region-{i % 20}", ["rack"] = $"rack-{i % Groups}", ["tier"] = i % 10 == 0 ? "gold" : "tin" },
            });
            for (var e = 0; e < 3; e++)
            {
                yield return FleetChange.Of(new Execution
                {
                    Id = $"execution-{i}-{e}", JobId = $"job-{e}", JobVersion = 1, NodeId = $"node-{i}", Revision = 1, CreatedAt = Start, UpdatedAt = Start.AddMilliseconds(i),
                    Actual = new(ExecutionState.Of((i + e) % 40 == 0 ? KnownExecutionState.Failed : (i + e) % 25 == 0 ? KnownExecutionState.Degraded : KnownExecutionState.Running)),
                });
            }
        }
    }
}
