using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Fleet.Presence;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Live.Presence;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Tests.Feed;
using ExecutionDashboard.Tests.Operations;
using ExecutionDashboard.Tests.Operations.Access;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components;

/// <summary>
/// A fleet of teams that share a node, and somebody who looks at it. Every text of a team has the team's name, so that what is told of it can be found.
/// </summary>
internal sealed class Teams : IAsyncDisposable
{
    /// <summary>The team that the person may see, one that the person may not, and one that does not exist.</summary>
    public const string Own = "cow", Other = "zebra", None = "lion";

    private readonly TestUser _user = new();

    /// <param name="grants">What the person may do.</param>
    /// <param name="teams">The teams that exist.</param>
    public Teams(AccessGrants grants, params string[] teams)
    {
        _user.Show(new DashboardUser("Ann", grants.Highest, grants.Highest == AccessRole.None ? "Your sign-in ended." : "") { Grants = grants, Key = "ann" });
        Rig = new PageRig(services => services.AddScoped<ICurrentUser>(_ => _user).AddSingleton(new DemoFleet(false)));
        // Owners of views are hidden behind keys.
        foreach (var team in teams) Rig.UserData.Put(new SavedView { Id = $"{team}view", Page = "executions", Name = $"{team} view", Query = $"q={team}", Owner = $"{team} owner", IsShared = true, Author = team });
        // What a tab is given is its part: the feed sends to the whole.
        Assert.True(Whole.GetRequiredService<Replica>().Apply(new FeedBatch { Reset = true, Previous = 1, Sequence = 1, Status = PageRig.Good, Changes = [FleetChange.Of(new Node { Id = "shared-n", Name = "shared-node", Connection = "connected", Labels = new Dictionary<string, string> { ["site"] = "both" } }), .. teams.SelectMany(Fleet)] }));
    }

    /// <summary>Part of the fleet with the team's things alone.</summary>
    public static AccessGrants PartOf(AccessRole role, string team) => new(AccessRole.None, [(role, ScopedRig.Rule($"namespace={team}s"))]);

    public PageRig Rig { get; }

    /// <summary>The control plane of all teams.</summary>
    public TestControlPlane Server => (TestControlPlane)Whole.GetRequiredService<IControlPlane>();

    private FleetServices Whole => Rig.Services.GetRequiredService<ScopedFleets>().Whole;

    /// <summary>What others do and keep: views, runs, open dialogs, commands that were sent.</summary>
    public async Task OthersActAsync(params string[] teams)
    {
        await Rig.ReadUserDataAsync();
        var services = Rig.Services;
        services.GetRequiredService<BulkRuns>().Show([.. teams.Select(team => new BulkRun { Id = $"{team}run", StartedBy = team, Reason = team, WaveSize = 1, Waves = 1, Counts = BulkCounts.Of([new BulkItem { Id = $"{team}-e1" }]), Version = 1, CreatedAt = PageRig.Start })], isWhole: true);
        services.GetRequiredService<OpenCommands>().Take(new(1, [.. teams.Select(team => new IntendedCommand { Id = $"{team}:1", By = $"{team} operator", Command = "Promote", Kind = FleetKind.Deployment, TargetId = $"{team}-d", JobId = $"{team}-j", Since = PageRig.Start })]));
        foreach (var team in teams) Whole.GetRequiredService<OperationLog>().Begin(OperationKind.StopExecution, new(AuditTarget.Execution, $"{team}-e1"), $"{team} reason", $"{team} operator");
        Whole.GetRequiredService<Problems>().Show([.. teams.Select(team => new FoundProblem(new Problem { Id = $"stuck-starting/{team}-j@1", Cause = ProblemCause.StuckStarting, Severity = ProblemSeverity.Warning, Since = PageRig.Start, Summary = $"{team} is stuck." }))], known: true, PageRig.Start);
        // A part looks for problems on a thread of its own.
        Assert.True(SpinWait.SpinUntil(() => Rig.Services.GetRequiredService<Problems>().AsOf is not null, TimeSpan.FromSeconds(30)));
    }

    private static FleetChange[] Fleet(string team) =>
    [
        FleetChange.Of(new JobSpec { Hash = $"{team}-spec", Name = $"{team}-job", Json = $$$"""{"name":"{{{team}}}-job","config":{"note":"{{{team}}}"}}""" }),
        FleetChange.Of(new Node { Id = $"{team}-n1", Name = $"{team}-node", Connection = "connected", Labels = new Dictionary<string, string> { ["herd"] = team }, AgentVersion = $"{team}-1.0", Message = $"{team} node says so" }),
        FleetChange.Of(new Job { Id = $"{team}-j", Name = $"{team}-job", Namespace = $"{team}s", Type = "pipeline", State = "running", Version = 2, SpecHash = $"{team}-spec", Labels = new Dictionary<string, string> { ["team"] = team }, DeploymentId = $"{team}-d" }),
        FleetChange.Of(new Deployment
        {
            Id = $"{team}-d", JobId = $"{team}-j", Namespace = $"{team}s", Type = "update", State = "in_progress", Message = $"{team} wave", FromVersion = 1, ToVersion = 2, TotalNodes = 2, CanaryNodes = [$"{team}-n1"], CanaryPromoted = false, RollbackToVersion = 1,
            CreatedAt = PageRig.Start - TimeSpan.FromMinutes(2),
        }),
        FleetChange.Of(Execution(team, 1, $"{team}-n1", KnownExecutionState.Failed)), FleetChange.Of(Execution(team, 2, "shared-n", KnownExecutionState.Running)), FleetChange.Of(Execution(team, 3, $"{team}-n1", KnownExecutionState.Starting)),
    ];

    private static Execution Execution(string team, int number, string node, KnownExecutionState state) => new()
    {
        Id = $"{team}-e{number}", JobId = $"{team}-j", JobVersion = 2, Namespace = $"{team}s", NodeId = node, DeploymentId = $"{team}-d", SpecHash = $"{team}-spec", Revision = 1, JobType = "pipeline",
        Actual = new(ExecutionState.Of(state), $"{team} says {state}"), Desired = new(ExecutionState.Of(KnownExecutionState.Running)), CreatedAt = PageRig.Start - TimeSpan.FromHours(1), UpdatedAt = PageRig.Start - TimeSpan.FromMinutes(50),
    };

    public ValueTask DisposeAsync() => Rig.DisposeAsync();
}
