using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Planes;

public sealed class FleetPlanesTests
{
    private static readonly FleetPlanes Two = FleetPlanes.Of(["eu", "us"]);

    [Theory]
    [InlineData("eu~e1", "eu", "e1")]
    [InlineData("us~a~b", "us", "a~b")]
    [InlineData("ap~e1", "", "ap~e1")]
    [InlineData("~e1", "", "~e1")]
    [InlineData("eu", "", "eu")]
    [InlineData("", "", "")]
    public void Of_Id_IsThePlaneInFrontOfIt(string id, string plane, string own) => Assert.Equal((plane, own), (Two.Of(id), Two.OwnId(id)));

    [Fact]
    public void Of_OnePlane_LeavesIdsAlone() => Assert.Equal(("", "eu~e1"), (FleetPlanes.One.Of("eu~e1"), FleetPlanes.One.OwnId("eu~e1")));

    [Theory]
    [InlineData("eu", true)]
    [InlineData("edge-eu-1", true)]
    [InlineData("1", true)]
    [InlineData("", false)]
    [InlineData("EU", false)]
    [InlineData("-eu", false)]
    [InlineData("eu-", false)]
    [InlineData("e u", false)]
    [InlineData("eu~1", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456", false)]
    public void IsName_DnsLabel(string name, bool expected) => Assert.Equal(expected, FleetPlanes.IsName(name));

    [Fact]
    public void In_AnyEntity_HasThePlaneInAllItsIdsAndNothingElse()
    {
        var execution = new Execution { Id = "e", JobId = "j", NodeId = "n", DeploymentId = "d", PreviousId = "p", NextId = "", EvaluationId = "v", SpecHash = "s" };
        Assert.Equal(execution with { Id = "eu~e", JobId = "eu~j", NodeId = "eu~n", DeploymentId = "eu~d", PreviousId = "eu~p" }, PlaneEntities.In("eu", execution));
        Assert.Equal(new Job { Id = "eu~j", DeploymentId = "eu~d" }, PlaneEntities.In("eu", new Job { Id = "j", DeploymentId = "d" }));
        Assert.Equal(new Deployment { Id = "eu~d", JobId = "eu~j", CanaryNodes = ["eu~n"] }, PlaneEntities.In("eu", new Deployment { Id = "d", JobId = "j", CanaryNodes = ["n"] }));
        // A deployment that is made from a rollout has its job's id in its own.
        Assert.Equal(Deployment.IdOf("eu~j", 3), PlaneEntities.In("eu", new Deployment { Id = Deployment.IdOf("j", 3) }).Id);
        Assert.Equal("s", PlaneEntities.In("eu", FleetChange.Of(new JobSpec { Hash = "s", Name = "", Json = "{}" })).Id);
    }

    [Theory]
    [InlineData("plane:eu", "eu~e1 eu~e2")]
    [InlineData("-plane:eu", "us~e1")]
    [InlineData("plane:e*", "eu~e1 eu~e2")]
    [InlineData("plane:EU,us", "eu~e1 eu~e2 us~e1")]
    [InlineData("plane:ap", "")]
    [InlineData("plane:us job:same", "us~e1")]
    [InlineData("job:same", "eu~e1 us~e1")]
    public void Filter_ByPlane_FindsItsExecutions(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Fleet().Enumerate(new ExecutionQuery { Filter = FilterParser.Parse(text, FilterVocabulary.Executions).Filter }).Select(e => e.Id).Order(StringComparer.Ordinal)));

    [Fact]
    public void Filter_ByPlane_FindsItsNodes()
    {
        var store = Fleet();
        var selection = store.SelectNodes(NodeQuery.All with { Filter = FilterParser.Parse("plane:us", NodeQuery.All.Address.Vocabulary).Filter });
        Assert.Equal(["us~n1"], store.NodesOf(selection, 0, 9).Select(node => node!.Node.Id));
    }

    [Fact]
    public void Filter_WithOnePlane_IsNotOffered()
    {
        Assert.DoesNotContain(FilterVocabulary.Executions.OfferedFor(new FleetStore()), term => term.Field == FilterField.Plane);
        Assert.Contains(FilterVocabulary.Executions.OfferedFor(Fleet()), term => term.Name == "plane");
    }

    [Fact]
    public void Groups_ByPlane_CountItsExecutionsAndNarrowToThem()
    {
        var (store, grouping) = (Fleet(), ExecutionGrouping.Parse("plane"));
        var groups = store.Groups(ExecutionQuery.All, grouping);

        Assert.Equal([("eu", 2), ("us", 1)], groups.All.Select(group => (group.Name, group.Counts.Total)));
        Assert.All(groups.All, group => Assert.Equal(group.Counts.Total, store.Count(grouping.Narrow(ExecutionQuery.All, group))));
    }

    [Fact]
    public void Scope_ByPlane_SeesItsJobsNodesAndExecutionsWhole()
    {
        var whole = Fleet();
        var scope = FleetScope.Of([Rule("plane=eu")]);
        var seen = new FleetStore { Planes = Two };
        seen.Apply(new ScopedChanges(scope).All(whole));

        Assert.Equal(["eu~e1", "eu~e2"], seen.Enumerate(ExecutionQuery.All).Select(e => e.Id).Order());
        // Also a node on which nothing runs; and a job of the plane may be commanded as a whole.
        Assert.Equal(["eu~idle", "eu~n1"], seen.Nodes.Select(n => n.Id).Order());
        Assert.True(scope.SeesWhole(whole.FindJob("eu~j")));
        Assert.False(scope.SeesWhole(whole.FindJob("us~j")));
        Assert.Equal((true, false), (scope.SeesPlane("eu"), scope.SeesPlane("us")));
    }

    [Fact]
    public void Scope_ByPlaneAndLabel_NeedsBoth()
    {
        var rule = Rule("plane!=us, job.team=a");
        Assert.True(rule.Matches(new Job { Id = "eu~j", Labels = new Dictionary<string, string> { ["team"] = "a" } }));
        Assert.False(rule.Matches(new Job { Id = "us~j", Labels = new Dictionary<string, string> { ["team"] = "a" } }));
        Assert.False(rule.Matches(new Job { Id = "eu~j" }));
    }

    [Fact]
    public void Scope_WithOnePlane_TakesPlaneForALabelOfTheNode()
    {
        Assert.True(ScopeRule.TryParse("plane=eu", out var rule, out _));
        Assert.True(rule.LimitsNodes);
        Assert.True(rule.Matches(new Node { Id = "n", Labels = new Dictionary<string, string> { ["plane"] = "eu" } }));
    }

    private static ScopeRule Rule(string text) => ScopeRule.TryParse(text, out var rule, out var problem, Two) ? rule : throw new ArgumentException(problem);

    private static FleetStore Fleet()
    {
        var store = new FleetStore { Planes = Two };
        foreach (var plane in Two.Names)
            store.Apply([.. new[] { FleetChange.Of(new Job { Id = "j", Name = "same" }), FleetChange.Of(new Node { Id = "n1", Name = "edge-1" }), Execution("e1", "j") }.Select(change => PlaneEntities.In(plane, change))]);
        store.Apply([.. new[] { Execution("e2", ""), FleetChange.Of(new Node { Id = "idle" }) }.Select(change => PlaneEntities.In("eu", change))]);
        // What a scope sees belongs to a job.
        store.Apply([FleetChange.Of(store.FindExecution("eu~e2")! with { JobId = "eu~other" }), FleetChange.Of(new Job { Id = "eu~other" })]);
        return store;
    }

    private static FleetChange Execution(string id, string job) => FleetChange.Of(new Execution { Id = id, JobId = job, NodeId = "n1", Actual = new(ExecutionState.Parse("running")) });
}
