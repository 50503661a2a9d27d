using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Tests.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Scopes;

public class ScopedChangesTests
{
    private static readonly string[] Rules = ["namespace=prod", "namespace=prod, region=eu", "job.tier=gold", "job.region!=eu, node.tier", "region in (eu,us)", "namespace notin (dev), !tier"];

    private static readonly Gen<FleetChange> Job =
        Gen.Select(One("job-a", "job-b", "job-c"), One("", "prod", "dev"), One("", "gold", "tin"), Gen.Int[0, 3], (id, space, tier, spec) => FleetChange.Of(
            new Job { Id = id, Namespace = space, Message = "on 3 nodes", SpecHash = $"spec{spec}", Labels = tier.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["tier"] = tier } }));

    private static readonly Gen<FleetChange> Other = Gen.Frequency(
        (2, Gen.Select(One("dep-1", "dep-2"), One("job-a", "job-b"), (id, job) => FleetChange.Of(new Deployment { Id = id, JobId = job, TotalNodes = 9, CanaryNodes = ["node-1", "node-2"] }))),
        (1, One("dep-1", "dep-2").Select(id => FleetChange.Gone(FleetKind.Deployment, id))),
        (2, Gen.Int[1, 3].Select(i => FleetChange.Of(new JobSpec { Hash = $"spec{i}", Json = "{}" }))));

    private static readonly Gen<List<FleetChange>> Batch = Gen.Frequency((6, FleetGen.Change), (3, Job), (2, Other)).List[1, 6];

    [Fact]
    public void Next_AfterAnyBatches_GivesWhatTheScopeSeesOfTheWhole() =>
        Gen.Select(Batch.List[0, 25], One(Rules).List[1, 3], Gen.Int[0, 25]).Sample((batches, rules, joinedAt) =>
        {
            var scope = FleetScope.Of(rules.Select(Rule));
            var (whole, seen, scoped) = (new FleetStore(), new FleetStore(), new ScopedChanges(scope));
            var joined = false;
            for (var i = 0; i < batches.Count; i++)
            {
                if (!joined && i >= joinedAt) seen.Apply(scoped.All(whole));
                joined |= i >= joinedAt;
                var changes = whole.Apply([.. batches[i].AsEnumerable().Reverse().DistinctBy(c => (c.Kind, c.Id)).Reverse()]);
                if (joined) seen.Apply(scoped.Next(whole, seen, changes));
            }
            if (!joined) seen.Apply(scoped.All(whole));
            Same(whole, seen, scope);
        }, iter: 150);

    [Fact]
    public void Shown_JobOfARuleThatNamesNodes_HasNoNumberOfTheRest()
    {
        var whole = new FleetStore();
        whole.Apply(
        [
            FleetChange.Of(new Node { Id = "n1", Labels = new Dictionary<string, string> { ["tier"] = "edge" } }), FleetChange.Of(new Node { Id = "n2" }),
            FleetChange.Of(new Job { Id = "j", Namespace = "prod", Message = "1 of 2 nodes failed" }),
            FleetChange.Of(new Deployment { Id = "d", JobId = "j", Message = "wave 1 of 2", TotalNodes = 2, UpdatedNodes = 1, FailedNodes = 1, CurrentWave = 1, TotalWaves = 2, CanaryNodes = ["n1", "n2"] }),
        ]);
        var seen = new FleetStore();
        seen.Apply(new ScopedChanges(FleetScope.Of([Rule("namespace=prod, tier=edge")])).All(whole));

        Assert.Equal("", seen.FindJob("j")!.Message);
        var deployment = seen.FindDeployment("d")!;
        Assert.Equal(("", null, null, null, null, null), (deployment.Message, deployment.TotalNodes, deployment.UpdatedNodes, deployment.FailedNodes, deployment.CurrentWave, deployment.TotalWaves));
        Assert.Equal(["n1"], deployment.CanaryNodes);
        Assert.Equal(["n1"], seen.Nodes.Select(n => n.Id));
    }

    private static Gen<string> One(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static ScopeRule Rule(string text) => ScopeRule.TryParse(text, out var rule, out var problem) ? rule : throw new ArgumentException(problem);

    private static void Same(FleetStore whole, FleetStore seen, FleetScope scope)
    {
        var executions = whole.Enumerate(ExecutionQuery.All).Where(e => scope.Sees(whole.FindJob(e.JobId), whole.FindNode(e.NodeId))).ToList();
        // What replaced an execution is known only where that is seen too, as in a fleet that has no more than this.
        var alone = new FleetStore();
        alone.Apply([.. executions.Select(e => FleetChange.Of(e with { ReplacedBy = null }))]);
        Assert.Equal(alone.Enumerate(ExecutionQuery.All), seen.Enumerate(ExecutionQuery.All));
        Assert.Equal(alone.Counts(ExecutionScope.Current).Total, seen.Counts(ExecutionScope.Current).Total);
        Assert.Equal(whole.Jobs.Where(j => scope.RulesOf(j) != 0).Select(j => j.Id).Order(), seen.Jobs.Select(j => j.Id).Order());
        var occupied = executions.Select(e => e.NodeId).ToHashSet();
        Assert.Equal(whole.Nodes.Where(n => (scope.RulesOf(n) & scope.NodeRules) != 0 || occupied.Contains(n.Id)).Select(n => n.Id).Order(), seen.Nodes.Select(n => n.Id).Order());
        Assert.Equal(whole.Deployments.Where(d => scope.RulesOf(whole.FindJob(d.JobId)) != 0).Select(d => d.Id).Order(), seen.Deployments.Select(d => d.Id).Order());
        foreach (var hash in executions.Select(e => e.SpecHash).Concat(seen.Jobs.Select(j => j.SpecHash)).Distinct()) Assert.Equal(whole.FindSpec(hash), seen.FindSpec(hash));
        Assert.All(seen.Jobs, job => Assert.Equal(scope.SeesWhole(job) ? whole.FindJob(job.Id)!.Message : "", job.Message));
    }
}
