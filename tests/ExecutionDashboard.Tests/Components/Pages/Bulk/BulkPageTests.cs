using Bunit;
using ExecutionDashboard.Components.Pages.Bulk;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Live.Bulk;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Pages.Bulk;

/// <summary>The pages of bulk runs.</summary>
public sealed class BulkPageTests : IDisposable
{
    private static readonly BulkItem[] Items =
    [
        new() { Number = 0, Id = "e0", JobId = "job-1", NodeId = "node-1", Phase = BulkPhase.Seen, Note = "stopping", Attempts = 1, Version = 1 },
        new() { Number = 1, Id = "e1", JobId = "job-1", NodeId = "node-2", Phase = BulkPhase.Conflict, Note = "Not now.", Attempts = 1, Version = 1 },
        new() { Number = 2, Id = "e2", JobId = "job-1", NodeId = "node-3", Wave = 1, Version = 1 },
    ];

    private static readonly BulkRun Run = new()
    {
        Id = "r1", State = BulkState.Halted, StateReason = "1 failed, 0 may.", StartedBy = "Ann", StartedAs = "admin", Reason = "Maintenance", WaveSize = 2, Waves = 2, Executions = 3, Nodes = 3,
        CreatedAt = PageRig.Start, Counts = BulkCounts.Of(Items), Version = 1,
    };

    private readonly KeptRuns _feed = new();
    private readonly PageRig _rig;

    public BulkPageTests()
    {
        _rig = new(services => services.AddSingleton<IBulkFeed>(_feed));
        _rig.Load(PageRig.Good, PageRig.Execution("e0"), PageRig.Execution("e1", node: "node-2"), PageRig.Execution("e2", node: "node-3"));
        _rig.Services.GetRequiredService<BulkRuns>().Show([Run], isWhole: true);
    }

    [Fact]
    public void List_Run_ShowsStateProgressAndFailures()
    {
        var cut = _rig.Render<BulkRunsPage>();

        cut.WaitForAssertion(() => Assert.Equal("bulk/r1", cut.Find("a.row-link").GetAttribute("href")));
        Assert.Contains("Stop 3 executions", cut.Markup, StringComparison.Ordinal);
        Assert.Contains("1 (limit 0)", cut.Markup, StringComparison.Ordinal);
        Assert.Equal("1 conflict, 1 stop in effect, 1 waiting", cut.Find(".bulk-progress").GetAttribute("aria-label"));
    }

    [Fact]
    public void Run_Halted_ListsFailuresFirstAndOffersWhatHelps()
    {
        var cut = _rig.Render<BulkBoard>(p => p.Add(b => b.Id, "r1"));

        cut.WaitForAssertion(() => Assert.Equal(3, cut.FindAll(".bulk-items tbody tr").Count));
        Assert.Equal("executions/e1", cut.Find(".bulk-items tbody a.row-link").GetAttribute("href"));
        Assert.Contains("It halted by itself: 1 failed, 0 may.", cut.Markup, StringComparison.Ordinal);
        Assert.Equal(["Resume", "Retry 1 failed", "Cancel the run"], cut.FindAll(".bulk-head .mud-button-root").Select(b => b.TextContent.Trim()));
    }

    // A stop is in effect when the execution is on its way; it has stopped only when its state says so.
    [Theory]
    [InlineData(BulkAction.StopExecutions, "stopping", "stop in effect")]
    [InlineData(BulkAction.StopExecutions, "running", "stop in effect")]
    [InlineData(BulkAction.StopExecutions, "failed", "stop in effect")]
    [InlineData(BulkAction.StopExecutions, "stopped", "stopped")]
    [InlineData(BulkAction.StopJobs, "gone", "stopped")]
    [InlineData(BulkAction.StopJobs, "stopping", "stop in effect")]
    [InlineData(BulkAction.RerunJobs, "restarting", "rerun")]
    public void Outcome_OfWhatWasSeen_IsNoMoreThanTheStateSays(BulkAction action, string state, string label) =>
        Assert.Equal(label, BulkLabels.Outcome(new BulkItem { Id = "e", Phase = BulkPhase.Seen, Note = state }, action));

    [Fact]
    public void Run_Unknown_SaysSo()
    {
        var cut = _rig.Render<BulkBoard>(p => p.Add(b => b.Id, "none"));

        cut.WaitForAssertion(() => Assert.Contains("Bulk run not found", cut.Markup, StringComparison.Ordinal));
    }

    public void Dispose() => _rig.Dispose();

    private sealed class KeptRuns : IBulkFeed
    {
        public Task<BulkReply<BulkRun>> StartAsync(BulkStart start, CancellationToken cancel) => throw new NotSupportedException();
        public Task<BulkReply<BulkRunList>> RunsAsync(long since, CancellationToken cancel) => Task.FromResult(new BulkReply<BulkRunList>(new(1, [Run])));
        public Task<BulkReply<BulkRunItems>> ItemsAsync(string id, long since, CancellationToken cancel) =>
            Task.FromResult(id == "r1" ? new BulkReply<BulkRunItems>(new(Run, Items)) : new(null, "There is no bulk run 'none'.", true));
        public Task<BulkReply<BulkLease>> LeaseAsync(string driver, CancellationToken cancel) => throw new NotSupportedException();
        public Task<BulkReply<BulkRun>> WriteAsync(string id, BulkWrite write, CancellationToken cancel) => throw new NotSupportedException();
        public Task<BulkReply<BulkRun>> OrderAsync(string id, BulkOrder order, CancellationToken cancel) => Task.FromResult(new BulkReply<BulkRun>(Run));
    }
}
