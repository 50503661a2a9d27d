using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Attention;

public class NodeRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AttentionOptions Options = new();
    private static readonly Node Healthy = new() { Id = "a", Name = "edge-1", Connection = "connected", LastHeartbeat = Noon, Resources = new(99.9, 60, null, null, 50, null, null) };

    private static Problem Only(params Node[] nodes) => Assert.Single(NodeRules.Together(nodes.SelectMany(n => NodeRules.Of(n, Options, Noon.AddSeconds(10), out _)), Options));

    [Fact]
    public void Of_HealthyNode_NamesNothingUntilItsHeartbeatWouldBeStale()
    {
        Assert.Empty(NodeRules.Of(Healthy, Options, Noon, out var next));
        Assert.Equal(Noon.AddSeconds(90), next);
        Assert.Same(NodeRules.Of(Healthy, Options, Noon, out _), NodeRules.Of(new Node { Id = "bare", Connection = "connected" }, Options, Noon, out next));
        Assert.Null(next);
    }

    [Fact]
    public void Of_ConnectedNodeWithoutHeartbeat_IsStale()
    {
        var finding = Assert.Single(NodeRules.Of(Healthy, Options, Noon.AddSeconds(90), out _));
        Assert.Equal((ProblemCause.StaleHeartbeat, Noon.AddSeconds(90), Noon), (finding.Cause, finding.Since, finding.At));
        Assert.Empty(NodeRules.Of(Healthy with { Connection = "disconnected" }, Options, Noon.AddDays(1), out _));
        var problem = Only(Healthy with { LastHeartbeat = Noon.AddHours(-1) });
        Assert.Equal(("edge-1 is called connected, but sent no heartbeat for 1 min 30 s.", "nodes/a"), (problem.Summary, problem.Address));
        var many = Only([.. Enumerable.Range(1, 60).Select(i => Healthy with { Id = $"n{i}", Name = $"n{i}", LastHeartbeat = Noon.AddHours(-i) })]);
        Assert.Equal(("60 nodes are called connected, but sent no heartbeat for 1 min 30 s.", 60, 50, "nodes?connection=stale"), (many.Summary, many.Nodes, many.Subjects.Count, many.Address));
        Assert.Equal("n60", many.Subjects[0].Id);
        Assert.Equal("And 55 more nodes.", many.Evidence[^1].Text);
    }

    [Fact]
    public void Of_DiskOrMemory_IsNearlyFullFromItsThresholdOn()
    {
        Assert.Empty(NodeRules.Of(Healthy with { Resources = new(null, 94.9, null, null, 89.9, null, null) }, Options, Noon, out _));
        var full = Healthy with { Resources = new(null, 95, null, null, 97.4, 62L << 30, 64L << 30) };
        var problems = NodeRules.Together(NodeRules.Of(full, Options, Noon, out _), Options);
        Assert.Equal([(ProblemCause.DiskNearlyFull, "The disk of edge-1 is nearly full."), (ProblemCause.MemoryNearlyFull, "The memory of edge-1 is nearly full.")], problems.Select(p => (p.Cause, p.Summary)));
        Assert.Equal(("edge-1: disk 97 % (62.0 of 64.0 GiB).", "node", Noon), (problems[0].Evidence[0].Text, problems[0].Evidence[0].Source, problems[0].Evidence[0].At));
    }

    [Fact]
    public void Of_DiskThatStaysFull_KeepsItsBeginning()
    {
        var full = Healthy with { Resources = new(null, null, null, null, 97, null, null) };
        var before = NodeRules.Of(full, Options, Noon, out _);
        Assert.Equal(Noon, Assert.Single(NodeRules.Of(full with { LastHeartbeat = Noon.AddSeconds(15) }, Options, Noon.AddSeconds(15), out _, before)).Since);
    }

    [Fact]
    public void Of_Credential_EndsSoonOrHasEnded()
    {
        Node Until(DateTimeOffset end) => Healthy with { LastHeartbeat = null, Identity = new Dictionary<string, string> { ["credential_valid_until"] = end.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture) } };
        Assert.Empty(NodeRules.Of(Until(Noon.AddDays(8)), Options, Noon, out var next));
        Assert.Equal(Noon.AddDays(1), next);
        var soon = Assert.Single(NodeRules.Of(Until(Noon.AddDays(6)), Options, Noon, out next));
        Assert.Equal((ProblemCause.CredentialEnding, Noon.AddDays(-1), "its credential ends", Noon.AddDays(6), Noon.AddDays(6)), (soon.Cause, soon.Since, soon.Fact, soon.At!.Value, next!.Value));
        Assert.Equal("its credential ended", Assert.Single(NodeRules.Of(Until(Noon), Options, Noon, out next)).Fact);
        Assert.Null(next);
        Assert.Empty(NodeRules.Of(Until(DateTimeOffset.MinValue), Options, Noon, out _));
        Assert.Empty(NodeRules.Of(Healthy with { Identity = new Dictionary<string, string> { ["credential_valid_until"] = "soon" } }, Options, Noon, out _));
    }

    [Fact]
    public void Of_CredentialInAStore_IsNotMaskedAway()
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(Healthy with { Identity = new Dictionary<string, string> { ["credential_valid_until"] = "2026-11-02T12:00:00Z", ["public_key"] = "abc" } })]);
        Assert.Equal(ProblemCause.CredentialEnding, Assert.Single(NodeRules.Of(store, Options, Noon)).Cause);
    }

    [Fact]
    public void Of_HeartbeatOfTheFuture_IsAClockThatIsAhead()
    {
        Assert.Empty(NodeRules.Of(Healthy with { LastHeartbeat = Noon.AddSeconds(30) }, Options, Noon, out _));
        var finding = Assert.Single(NodeRules.Of(Healthy with { LastHeartbeat = Noon.AddSeconds(31) }, Options, Noon, out var next));
        Assert.Equal((ProblemCause.ClockSkew, Noon.AddSeconds(1)), (finding.Cause, next));
        Assert.Equal("The clock of edge-1 is ahead of the control plane's.", Only(Healthy with { LastHeartbeat = Noon.AddHours(1) }).Summary);
    }

    private static FleetStore Agents(params (string Version, int Nodes)[] agents)
    {
        var store = new FleetStore();
        store.Apply([.. agents.SelectMany(a => Enumerable.Range(1, a.Nodes).Select(i => FleetChange.Of(new Node { Id = $"{a.Version}-{i}", AgentVersion = a.Version, Connection = "connected", ConnectedSince = Noon })))]);
        return store;
    }

    [Fact]
    public void Agents_MinorVersionBehindNineOfTen_IsFarBehind()
    {
        var problem = AgentRules.Of(Agents(("2.1.21", 50), ("2.1.9", 40), ("2.0.30", 2)), Options)!;
        Assert.Equal((ProblemCause.AgentBehind, 2, "nodes?agent=2.0.30", Noon), (problem.Cause, problem.Nodes, problem.Address, problem.Since));
        Assert.Equal("The agents of 2 nodes are far behind the fleet's: most run 2.1.21.", problem.Summary);
        Assert.Contains(problem.Evidence, e => e.Text == "2.0.30 on 2 nodes.");
    }

    [Fact]
    public void Agents_InTheMiddleOfAnUpdateOrFew_NamesNothing()
    {
        Assert.Null(AgentRules.Of(Agents(("2.1.21", 60), ("2.0.30", 30)), Options));
        Assert.Null(AgentRules.Of(Agents(("2.1.21", 99), ("2.1.19", 1)), Options));
        Assert.Null(AgentRules.Of(Agents(("2.1.21", 8), ("1.0.0", 1)), Options));
        Assert.Null(AgentRules.Of(Agents(("2.1.21", 95), ("3.0.0", 5)), Options));
        Assert.Null(AgentRules.Of(Agents(("", 95), ("3.0.0", 5)), Options));
    }

    [Fact]
    public void Agents_ThreeVersionsBehind_IsFarBehindWhateverTheirNames()
    {
        Assert.Equal(1, AgentRules.Of(Agents(("nightly-40", 96), ("nightly-39", 1), ("nightly-38", 1), ("nightly-9", 1)), Options)!.Nodes);
        Assert.Equal(1, AgentRules.Of(Agents(("2.1.21", 96), ("2.1.20", 1), ("2.1.19", 1), ("2.1.9", 1)), Options)!.Nodes);
    }
}
