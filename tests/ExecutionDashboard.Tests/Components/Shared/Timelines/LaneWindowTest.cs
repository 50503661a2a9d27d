using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live;
using Microsoft.Extensions.Time.Testing;
using static ExecutionDashboard.Tests.Components.Shared.Timelines.LaneMaker;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

/// <summary>A window onto the lanes of 1,000 nodes, each with one running execution; the test answers in place of the feed.</summary>
public abstract class LaneWindowTest : IDisposable
{
    protected FakeTimeProvider Time { get; } = new(PageRig.Start);
    private readonly LiveSignals _signals;
    protected Replica Replica { get; }
    protected List<(IReadOnlyList<string> Nodes, DateTimeOffset From, DateTimeOffset To)> Asked { get; } = [];
    protected LaneWindow Window { get; }
    protected Func<IReadOnlyList<string>, FleetTimeline?> Reply { get; set; } = nodes => Answer(1, [.. nodes.Select(n => Node(n, Bar($"{n}-a", "job-1", "", Span("running", -30))))]);
    protected long Sequence { get; private set; } = 1;

    protected LaneWindowTest()
    {
        _signals = new LiveSignals(Time);
        Replica = new Replica(_signals, Time);
        Assert.True(Replica.Apply(new FeedBatch { Reset = true, Previous = 1, Sequence = 1, Status = PageRig.Good, Changes = [.. Enumerable.Range(0, 1_000).SelectMany(i => new[] { FleetChange.Of(new Node { Id = $"n{i:d4}", Connection = "connected" }), PageRig.Execution($"n{i:d4}-a", node: $"n{i:d4}") })] }));
        Window = new LaneWindow(Replica, Time, new WorstStates(Replica, Time), (nodes, from, to, _) =>
        {
            Asked.Add((nodes, from, to));
            return Task.FromResult(Reply(nodes) is { } timeline ? (timeline with { From = from, To = to }, null) : ((FleetTimeline?)null, (string?)"no feed"));
        });
        Window.Show(LaneOrder.Of(Replica.Store, ExecutionQuery.All, "", LaneSort.Name, new Dictionary<string, int>()), ExecutionQuery.All);
        Window.See(100, 119, At(-60), At(0));
    }

    protected void Changed(string id, string node) => Follow(FleetChange.Of(PageRig.Execution(id, KnownExecutionState.Degraded, node: node).Execution! with { UpdatedAt = At(1), Revision = Sequence + 1 }));

    protected void Follow(params FleetChange[] changes) => Assert.True(Replica.Apply(new FeedBatch { Previous = Sequence, Sequence = ++Sequence, Changes = changes }));

    public void Dispose()
    {
        _signals.Stop();
        GC.SuppressFinalize(this);
    }
}
