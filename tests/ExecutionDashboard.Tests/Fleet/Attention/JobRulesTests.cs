using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Attention;

public class JobRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AttentionOptions Options = new();

    private static Node NodeOf(string id, string labels, string connection = "connected") => new()
    {
        Id = id, Name = id, Connection = connection, ConnectedSince = Noon.AddHours(-1),
        Labels = labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')).ToDictionary(l => l[0], l => l[1]),
    };

    private static FleetStore Queued(NodeSelector selector, params Node[] nodes)
    {
        var store = new FleetStore();
        store.Apply([
            FleetChange.Of(new JobSpec { Hash = "spec", Json = "{}", Selector = selector }),
            FleetChange.Of(new Job { Id = "job", Name = "vision", State = "queued", Type = "pipeline", SpecHash = "spec", Version = 1, CreatedAt = Noon, UpdatedAt = Noon.AddSeconds(5) }),
            .. nodes.Select(FleetChange.Of)]);
        return store;
    }

    private static IReadOnlyList<Problem> Find(FleetStore store, DateTimeOffset now, out DateTimeOffset? next) => JobRules.Of(store.FindJob("job")!, store, Options, now, out next);

    [Fact]
    public void Of_QueuedWithoutMatch_CountsWhatEachExpressionLeaves()
    {
        var store = Queued(new() { Labels = new Dictionary<string, string> { ["region"] = "us-east" }, Expressions = ["tier in (edge,gateway)", "gpu"] },
            NodeOf("a", "region=us-east,tier=edge"), NodeOf("b", "region=us-east,tier=gateway"), NodeOf("c", "region=us-east,tier=core"), NodeOf("d", "region=eu,gpu=l4,tier=core"));
        Assert.Empty(Find(store, Noon.AddSeconds(29), out var next));
        Assert.Equal(Noon.AddSeconds(30), next);
        var problem = Assert.Single(Find(store, Noon.AddSeconds(30), out next));
        Assert.Null(next);
        Assert.Equal((ProblemCause.NoMatchingNode, Noon, "vision is queued: no connected node matches its selector."), (problem.Cause, problem.Since, problem.Summary));
        Assert.Equal("4 nodes → region=us-east 3 → tier in (edge,gateway) 2 → gpu 0 → connected 0.", problem.Evidence[0].Text);
        Assert.Equal("Nearest miss: 2 nodes, such as a, meet all but gpu.", problem.Evidence[1].Text);
        Assert.Equal([("jobs/job?tab=spec", StepAction.Open), ("nodes/a", StepAction.Open), ("job", StepAction.StopJob)], problem.NextSteps.Select(s => (s.Target, s.Action)));
    }

    [Fact]
    public void Of_OnlyAnUnreachableNodeMatches_SaysThatItIsNotConnected()
    {
        var problem = Assert.Single(Find(Queued(new() { Expressions = ["gpu=l4"] }, NodeOf("a", "gpu=l4", "lost"), NodeOf("b", "")), Noon.AddMinutes(1), out _));
        Assert.Equal("2 nodes → gpu=l4 1 → connected 0.", problem.Evidence[0].Text);
        Assert.Equal("Nearest miss: a meets all but connected.", problem.Evidence[1].Text);
    }

    [Fact]
    public void Of_ExpressionNoNodeMeets_IsNamed() =>
        Assert.Contains(Assert.Single(Find(Queued(new() { Ids = ["gone"], Expressions = ["region=mars"] }, NodeOf("a", "region=eu")), Noon.AddMinutes(1), out _)).Evidence, e => e.Text == "No node meets region=mars.");

    [Fact]
    public void Of_NoNodesAtAll_IsNamed() => Assert.Equal("0 nodes → connected 0.", Assert.Single(Find(Queued(new()), Noon.AddMinutes(1), out _)).Evidence[0].Text);

    [Fact]
    public void Of_NodeThatComesToMatch_EndsIt()
    {
        var store = Queued(new() { Expressions = ["gpu"] }, NodeOf("a", ""));
        Assert.Single(Find(store, Noon.AddMinutes(1), out _));
        Assert.True(JobRules.DependsOnNodes(store.FindJob("job")!, store));
        store.Apply([FleetChange.Of(NodeOf("a", "gpu=l4"))]);
        Assert.Empty(Find(store, Noon.AddMinutes(1), out _));
    }

    [Fact]
    public void Of_QueuedWithExecutions_NamesNothing()
    {
        var store = Queued(new() { Expressions = ["gpu"] }, NodeOf("a", ""));
        store.Apply([FleetChange.Of(new Execution { Id = "e", JobId = "job", NodeId = "a", Actual = new(ExecutionState.Parse("running")) })]);
        Assert.Empty(Find(store, Noon.AddMinutes(1), out _));
    }

    [Fact]
    public void Of_SpecOrTimesNotSent_NamesNothing()
    {
        var store = Queued(new() { Expressions = ["gpu"] }, NodeOf("a", ""));
        store.Apply([FleetChange.Of(new Job { Id = "job", State = "queued", SpecHash = "spec" })]);
        Assert.Empty(Find(store, Noon.AddMinutes(1), out _));
        store.Apply([FleetChange.Of(new Job { Id = "job", State = "queued", CreatedAt = Noon })]);
        Assert.Empty(Find(store, Noon.AddMinutes(1), out _));
    }

    private static Execution Running(string node, int version, string desired = "running") => new()
    {
        Id = $"{node}-{version}", JobId = "job", NodeId = node, JobVersion = version, CreatedAt = Noon.AddMinutes(version), Actual = new(ExecutionState.Parse("running")), Desired = new(ExecutionState.Parse(desired)),
    };

    private static FleetStore Completed(int total, int updated, params FleetChange[] changes)
    {
        var store = new FleetStore();
        store.Apply([
            FleetChange.Of(new JobSpec { Hash = "spec", Json = "{}", Selector = new() { Expressions = ["region=eu"] } }),
            FleetChange.Of(new Job { Id = "job", Name = "ingest", State = "running", Type = "pipeline", SpecHash = "spec", Version = 2, CreatedAt = Noon, UpdatedAt = Noon }),
            FleetChange.Of(new Deployment { Id = "dep", JobId = "job", State = "completed", FromVersion = 1, ToVersion = 2, TotalNodes = total, UpdatedNodes = updated, CreatedAt = Noon, CompletedAt = Noon.AddMinutes(5) }),
            .. changes]);
        return store;
    }

    [Fact]
    public void Of_OlderVersionAfterTheRollout_IsOutdated()
    {
        var store = Completed(3, 3, FleetChange.Of(NodeOf("a", "region=eu")), FleetChange.Of(NodeOf("b", "region=eu")), FleetChange.Of(Running("a", 2)), FleetChange.Of(Running("b", 1)), FleetChange.Of(Running("c", 1)));
        Assert.Empty(Find(store, Noon.AddMinutes(9), out var next));
        Assert.Equal(Noon.AddMinutes(10), next);
        var problem = Assert.Single(Find(store, Noon.AddMinutes(10), out _));
        Assert.Equal((ProblemCause.Outdated, ProblemSeverity.Warning, 2, Noon.AddMinutes(5)), (problem.Cause, problem.Severity, problem.Executions, problem.Since));
        Assert.Equal("ingest: 2 nodes run an older version after the rollout of v2 completed.", problem.Summary);
        Assert.Contains(problem.Evidence, e => e.Text == "2 nodes on v1." && e.Address == "nodes?job=job&version=1");
        Assert.Equal(StepAction.RerunJob, problem.NextSteps[0].Action);
        store.Apply([FleetChange.Of(Running("b", 2)), FleetChange.Of(Running("c", 2))]);
        Assert.Empty(Find(store, Noon.AddMinutes(10), out _));
    }

    [Fact]
    public void Of_RolloutThatTheServerForgot_CountsFromTheFirstExecutionOfTheVersion()
    {
        var store = Completed(3, 3, FleetChange.Gone(FleetKind.Deployment, "dep"), FleetChange.Of(Running("a", 2)), FleetChange.Of(Running("b", 1)));
        Assert.Empty(Find(store, Noon.AddMinutes(6), out var next));
        Assert.Equal(Noon.AddMinutes(7), next);
        Assert.Equal((Noon.AddMinutes(2), 1), Assert.Single(Find(store, Noon.AddMinutes(7), out _)) is var problem ? (problem.Since, problem.Executions) : default);
    }

    [Fact]
    public void Of_OlderVersionOnUnreachableNodesAlone_IsANotice()
    {
        var problem = Assert.Single(Find(Completed(1, 1, FleetChange.Of(NodeOf("b", "region=eu", "lost")), FleetChange.Of(Running("b", 1))), Noon.AddMinutes(10), out _));
        Assert.Equal(ProblemSeverity.Notice, problem.Severity);
        Assert.Contains(problem.Evidence, e => e.Text == "1 of them is unreachable: what they run is the last known.");
    }

    [Fact]
    public void Of_NodesThatTheRolloutSkipped_AreNamedOnceTheyAreThere()
    {
        var back = NodeOf("b", "region=eu") with { ConnectedSince = Noon.AddMinutes(20) };
        var store = Completed(2, 1, FleetChange.Of(NodeOf("a", "region=eu")), FleetChange.Of(back), FleetChange.Of(NodeOf("c", "region=us")), FleetChange.Of(NodeOf("d", "region=eu", "lost")), FleetChange.Of(Running("a", 2)));
        Assert.True(JobRules.DependsOnNodes(store.FindJob("job")!, store));
        Assert.Empty(Find(store, Noon.AddMinutes(21), out var next));
        Assert.Equal(Noon.AddMinutes(25), next);
        var problem = Assert.Single(Find(store, Noon.AddMinutes(25), out _));
        Assert.Equal("ingest: 1 node was skipped after the rollout of v2 completed.", problem.Summary);
        Assert.Contains(problem.Evidence, e => e.Text == "b matches the selector and has no execution of v2.");
        store.Apply([FleetChange.Of(Running("b", 2))]);
        Assert.Empty(Find(store, Noon.AddMinutes(25), out _));
    }

    [Fact]
    public void Of_WhatIsNoVersionToKeepUp_NamesNothing()
    {
        var store = Completed(1, 1, FleetChange.Of(Running("b", 1, "stopped")));
        Assert.Empty(Find(store, Noon.AddHours(1), out _));
        store.Apply([FleetChange.Of(Running("b", 1))]);
        Assert.Single(Find(store, Noon.AddHours(1), out _));
        store.Apply([FleetChange.Of(store.FindJob("job")! with { State = "deploying" })]);
        Assert.Empty(Find(store, Noon.AddHours(1), out _));
        store.Apply([FleetChange.Of(store.FindJob("job")! with { State = "running", Type = "query" })]);
        Assert.Empty(Find(store, Noon.AddHours(1), out _));
        store.Apply([FleetChange.Of(store.FindJob("job")! with { Type = "pipeline" }), FleetChange.Of(store.FindDeployment("dep")! with { State = "failed" })]);
        Assert.Empty(Find(store, Noon.AddHours(1), out _));
    }
}
