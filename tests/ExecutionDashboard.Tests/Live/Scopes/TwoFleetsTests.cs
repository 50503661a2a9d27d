using System.Text;
using System.Text.Json;
using CsCheck;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Targets;
using ExecutionDashboard.Tests.Fleet.Store;
using ExecutionDashboard.Tests.Operations.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Live.Scopes;

/// <summary>Two fleets that differ only in what somebody does not see: nothing that can be asked tells them apart.</summary>
public class TwoFleetsTests
{
    private static readonly string[] Parts = ["namespace=prod", "namespace=prod, region=eu", "job.tier=gold, namespace=prod", "namespace=prod, region!=us"];

    private static readonly Gen<List<FleetChange>> Own = FleetGen.Change.List[1, 12].Select(changes => changes.ConvertAll(change => change.Job is { } job ? FleetChange.Of(job with { Namespace = "prod" }) : change));

    private static readonly Gen<List<FleetChange>> Others = FleetGen.Change.List[0, 12].Select(changes => changes.ConvertAll(Other));

    [Fact]
    public void Ask_Anything_FleetsThatDifferInTheRest_AnswerTheSame() =>
        Gen.Select(Own.List[1, 8], Others.List[8, 8], Others.List[8, 8], FleetGen.Query.List[2, 6], Gen.Int[0, Parts.Length - 1]).Sample((own, others, different, queries, part) =>
            Assert.Equal(Told(own, others, queries, Parts[part]), Told(own, different, queries, Parts[part])), iter: 40, threads: 1);

    // What is somebody else's: ids, names and texts of its own, on the nodes of the fleet and on others.
    private static FleetChange Other(FleetChange change) => change switch
    {
        { Kind: FleetKind.Node } => FleetChange.Of(new Node { Id = $"other-{change.Id}", Name = "zebra", Connection = change.Node?.Connection ?? "lost", Labels = new Dictionary<string, string> { ["stable"] = "zebra", ["tier"] = "gold", ["region"] = "us" } }),
        { Kind: FleetKind.Job, Removed: true } => FleetChange.Gone(FleetKind.Job, $"other-{change.Id}"),
        { Job: { } job } => FleetChange.Of(job with { Id = $"other-{job.Id}", Name = $"zebra {job.Name}", Namespace = "dev" }),
        { Execution: { } execution } => FleetChange.Of(execution with
        {
            Id = $"other-{execution.Id}", JobId = execution.JobId.Length == 0 ? "" : $"other-{execution.JobId}", Namespace = "dev", JobType = "zebra", PreviousId = "", NextId = "",
            DeploymentId = execution.DeploymentId.Length == 0 ? "" : $"other-{execution.DeploymentId}", NodeId = execution.Revision % 2 == 0 || execution.NodeId.Length == 0 ? execution.NodeId : $"other-{execution.NodeId}",
        }),
        _ => FleetChange.Gone(change.Kind, $"other-{change.Id}"),
    };

    private static string Told(List<List<FleetChange>> own, List<List<FleetChange>> others, List<ExecutionQuery> queries, string part)
    {
        using var rig = new ScopedRig();
        using var tab = rig.Open(AccessRole.Admin, part);
        var services = tab.ServiceProvider;
        var (replica, problems) = (services.GetRequiredService<Replica>(), services.GetRequiredService<Problems>());
        // The part's first look is on a thread of its own, and the clock stands still: no second one follows by itself.
        Assert.True(SpinWait.SpinUntil(() => problems.AsOf is not null, TimeSpan.FromSeconds(30)));
        for (var i = 0; i < Math.Max(own.Count, others.Count); i++)
        {
            var (mine, theirs) = (i < own.Count ? own[i] : [], i < others.Count ? others[i] : []);
            // At times together, at times in a batch of their own.
            if (theirs.Count % 2 == 0) rig.Follow(Distinct([.. theirs, .. mine]));
            else
            {
                rig.Follow(Distinct(theirs));
                rig.Follow(Distinct(mine));
            }
        }
        foreach (var id in FleetGen.AllIds)
        {
            rig.Program.GetRequiredService<OperationLog>().Begin(OperationKind.StopExecution, new(AuditTarget.Execution, id), "why", "Bob");
            if (others.Count > 0 && others[0].Count > 3) rig.Program.GetRequiredService<OperationLog>().Begin(OperationKind.StopExecution, new(AuditTarget.Execution, $"other-{id}"), "zebra", "Eve");
        }
        new AttentionWatch(replica, problems, Options.Create(new AttentionOptions().ForPart()), rig.Time, NullLogger<AttentionWatch>.Instance).Look();
        return Told(services, rig, replica.Store, queries);
    }

    private static FleetChange[] Distinct(List<FleetChange> changes) => [.. changes.AsEnumerable().Reverse().DistinctBy(change => (change.Kind, change.Id)).Reverse()];

    private static string Told(IServiceProvider services, ScopedRig rig, FleetStore store, List<ExecutionQuery> queries)
    {
        var told = new StringBuilder();
        void Say(string what, object? answer) => told.Append(what).Append(": ").AppendLine(answer as string ?? JsonSerializer.Serialize(answer, FeedContract.Json));
        foreach (var query in queries.Append(ExecutionQuery.All))
        {
            Say("list", store.Enumerate(query));
            Say("page", store.Page(query, 3).Items);
            Say("count", $"{store.Count(query)} {store.Select(query).Count} {Numbers(store.Counts(query))}");
            Say("nodes of", store.NodesOf(query).Order());
            Say("file", ExecutionExport.FileName("csv", query, store, rig.Time.GetUtcNow()));
        }
        foreach (var execution in store.Enumerate(ExecutionQuery.All))
        {
            Say("export", ExecutionExport.Document(execution, services.GetRequiredService<SpecFingerprints>()));
            Say("chain", store.Chain(execution.Id));
            Say("old spec", $"{store.RunsOldSpec(execution)}");
        }
        Say("things", new object[] { store.Jobs, store.Nodes, store.Deployments, store.Namespaces, store.Types, store.NodeFacets, store.NodesByConnection, store.UnlistedNodes() });
        Say("rows", store.NodesOf(store.SelectNodes(new NodeQuery()), 0, 100).Select(row => row is null ? "" : $"{row.Node.Id} {Numbers(row.Current)} {row.Worst.Name} {row.HasStaleHeartbeat}"));
        foreach (var job in store.Jobs) Say(job.Id, $"{Numbers(store.CountsOfJob(job.Id, ExecutionScope.All))} {Numbers(store.CountsOfJob(job.Id, ExecutionScope.Current))} {store.NewestDeploymentOf(job.Id)?.Id}");
        foreach (var node in store.Nodes) Say(node.Id, $"{Numbers(store.CountsOfNode(node.Id, ExecutionScope.All))} {store.WorstOn(node.Id).Name} {store.ConnectionOf(node.Id)}");
        Say("all", $"{store.ExecutionCount} {store.NodeCount} {Numbers(store.Counts(ExecutionScope.All))} {Numbers(store.Counts(ExecutionScope.Current))}");
        Say("overview", JsonSerializer.Serialize(services.GetRequiredService<FleetOverviews>().Fleet, new JsonSerializerOptions { IncludeFields = true }));
        foreach (var operation in services.GetRequiredService<OperationLog>().All.OrderBy(o => o.TargetId)) Say("operation", $"{operation.TargetId} {operation.By} {operation.Reason}");
        // As the dashboard looks at its own, at two moments.
        foreach (var later in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromHours(1)])
            Say("problems", AttentionModel.Compute(store, new AttentionOptions().ForPart(), new DateTimeOffset(2026, 5, 1, 0, 1, 0, TimeSpan.Zero) + later).Select(found => found.Problem));
        var freshness = services.GetRequiredService<Replica>().Freshness;
        Say("status", $"{freshness.Kind} {freshness.IsLoaded} {freshness.Loaded} {freshness.Total} {freshness.Warning} {services.GetRequiredService<Replica>().ProblemsVersion}");
        Say("changes", services.GetRequiredService<Replica>().Tail.CountsByNode().OrderBy(pair => pair.Key));
        foreach (var id in (string[])["exec-1", "other-exec-1", "job-a", "other-job-a", "other-node-1", "none"])
        {
            foreach (var kind in (FleetKind[])[FleetKind.Execution, FleetKind.Job, FleetKind.Deployment]) Say("target", $"{services.GetRequiredService<OperationTargets>().See(kind, id).IsKnown}");
            Say("stop", services.GetRequiredService<JobOperations>().WhyNot(OperationKind.Rerun, id));
            Say("concerns", $"{services.GetRequiredService<Problems>().Of(FleetKind.Job, id).Count}");
        }
        return told.ToString();
    }

    private static string Numbers(StateCounts counts) => $"{counts.Total}/{string.Join(',', Enum.GetValues<KnownExecutionState>().Select(state => counts[state]))}";
}
