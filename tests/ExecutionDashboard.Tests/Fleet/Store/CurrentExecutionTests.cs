using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store;

/// <summary>Which executions are the present and which are history. <see cref="FleetStorePropertyTests"/> has the rule for any fleet.</summary>
public class CurrentExecutionTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FleetStore _store = new();

    [Fact]
    public void Counts_FailureWhoseSuccessorRuns_AreOfThePresent()
    {
        Apply(Make("x1", "failed", 0) with { NextId = "x2" }, Make("x2", "running", 60) with { PreviousId = "x1" });
        Assert.Equal(["x2"], Current());
        Assert.Equal((0, 1), (_store.Counts(ExecutionScope.Current)[KnownExecutionState.Failed], _store.Counts(ExecutionScope.Current)[KnownExecutionState.Running]));
        Assert.Equal((1, 1), (_store.Counts(ExecutionScope.Replaced)[KnownExecutionState.Failed], _store.Counts(ExecutionScope.Replaced).Total));
        Assert.Equal((0, 1), (_store.CountsOfJob("job", ExecutionScope.Current)[KnownExecutionState.Failed], _store.CountsOfNode("n1", ExecutionScope.Replaced).Total));
        Assert.Equal(new Replacement("x2", ExecutionState.Parse("running")), _store.FindExecution("x1")!.ReplacedBy);
        Assert.Null(_store.FindExecution("x2")!.ReplacedBy);
    }

    [Fact]
    public void Drift_OfAReplacedExecution_IsNone()
    {
        Apply(Make("x1", "failed", 0), Make("x2", "stopped", 60), Make("y", "failed", 0) with { NodeId = "n2" });
        Assert.Equal((2, 2), (_store.Counts(ExecutionScope.All).Drifting, _store.Counts(ExecutionScope.Current).Drifting));
        Assert.Equal(2, _store.Count(ExecutionQuery.Parse("drift=yes")));
        Assert.Equal(["x2", "y"], Ids("drift=yes"));
        Assert.Equal([false, true, true], new[] { "x1", "x2", "y" }.Select(id => _store.FindExecution(id)!.Drifts));
    }

    [Fact]
    public void Current_OnlyTheSuccessorNamesTheLink_AndComesFirst_ReplacesAllTheSame()
    {
        // On another node, so that only the link tells.
        Apply(Make("b1r", "running", 100) with { NodeId = "n2", PreviousId = "b1" });
        Apply(Make("b1", "lost", 0));
        Assert.Equal(["b1r"], Current());
        Assert.Equal("b1r", _store.FindExecution("b1")!.ReplacedBy!.Id);
    }

    [Fact]
    public void Current_SuccessorIsGone_IsTheLastThatIsKnown()
    {
        Apply(Make("x1", "failed", 0) with { NextId = "x2" }, Make("x2", "running", 60));
        _store.Apply([FleetChange.Gone(FleetKind.Execution, "x2")]);
        Assert.Equal(["x1"], Current());
        Assert.Equal(1, _store.Counts(ExecutionScope.Current)[KnownExecutionState.Failed]);
    }

    [Fact]
    public void Current_ServersClockWentBack_FollowsTheLink()
    {
        Apply(Make("x1", "failed", 60) with { NextId = "x2" }, Make("x2", "running", 0));
        Assert.Equal(["x2"], Current());
    }

    [Fact]
    public void Current_RerunsOfOneMoment_IsTheOneThatGoesOn()
    {
        Apply(Make("a", "running", 0), Make("b", "failed", 0), Make("c", "failed", 0));
        Assert.Equal(["a"], Current());
        Apply(Make("a", "stopped", 0));
        Assert.Equal(["c"], Current());
        Apply(Make("b", "running", 0));
        Assert.Equal(["b"], Current());
    }

    [Fact]
    public void Current_WithoutANode_EndsByALinkOnly()
    {
        Apply(Make("a", "pending", 0) with { NodeId = "" }, Make("b", "pending", 1) with { NodeId = "" });
        Assert.Equal(["a", "b"], Current());
        Apply(Make("a", "pending", 0) with { NodeId = "", NextId = "c" }, Make("c", "running", 2));
        Assert.Equal(["b", "c"], Current());
    }

    [Fact]
    public void Current_LinksGoRound_IsTheNewest()
    {
        Apply(Make("a", "failed", 0) with { NextId = "b" }, Make("b", "running", 1) with { NextId = "a" });
        Assert.Equal(["b"], Current());
    }

    [Fact]
    public void Current_NodesOwnList_HasTheNewestOfEachJob()
    {
        Apply(Make("a1", "failed", 0), Make("a2", "running", 1), Make("b1", "degraded", 0) with { JobId = "other" });
        _store.Apply([FleetChange.Of(new Node { Id = "n1", Connection = "connected" })]);
        var summary = _store.FindSummary("n1")!;
        Assert.Equal((2, "degraded"), (summary.Current.Total, summary.Worst.Name));
    }

    [Fact]
    public void Rows_SuccessorChangesState_TheReplacedRowTellsIt()
    {
        Apply(Make("x1", "failed", 0), Make("x2", "pending", 1));
        var selection = _store.Select(ExecutionQuery.Parse("state=failed"));
        var version = _store.Version;
        var before = _store.Rows(selection, 0, 1)[0];
        Assert.Same(before, _store.Rows(selection, 0, 1)[0]);
        Apply(Make("x2", "running", 1));
        Assert.True(_store.AnyChanged(selection, 0, 1, version));
        Assert.Equal("running", _store.Rows(selection, 0, 1)[0]!.ReplacedBy!.State.Name);
    }

    [Fact]
    public void Select_OfTheCurrent_CountsWhatIsReplacedAsLeft()
    {
        Apply(Make("x1", "running", 0));
        var selection = _store.Select(ExecutionQuery.Parse("of=current"));
        Apply(Make("x2", "running", 1));
        _store.Refresh(selection);
        Assert.Equal((1, 1, 1), (selection.Count, selection.MatchingNow, selection.NewCount));
    }

    [Theory]
    [InlineData("of=current", ExecutionScope.Current)]
    [InlineData("of=replaced", ExecutionScope.Replaced)]
    [InlineData("of=all", ExecutionScope.All)]
    [InlineData("of=", ExecutionScope.All)]
    public void Parse_Of_IsTheScope(string url, ExecutionScope scope)
    {
        var query = ExecutionQuery.Parse(url);
        Assert.Equal(scope, query.Scope);
        Assert.Equal(query, ExecutionQuery.Parse(query.ToUrl()));
        Assert.Equal(scope == ExecutionScope.All, query.IsUnfiltered);
    }

    private string[] Current() => Ids("of=current");

    private string[] Ids(string query) => [.. _store.Enumerate(ExecutionQuery.Parse(query + "&sort=id")).Select(e => e.Id)];

    private void Apply(params Execution[] executions) => _store.Apply([.. executions.Select(FleetChange.Of)]);

    private static Execution Make(string id, string state, int seconds) => new()
    {
        Id = id, JobId = "job", NodeId = "n1", JobVersion = 1, CreatedAt = Start.AddSeconds(seconds), UpdatedAt = Start.AddSeconds(seconds),
        Desired = new StateReport(ExecutionState.Parse("running")), Actual = new StateReport(ExecutionState.Parse(state)),
    };
}
