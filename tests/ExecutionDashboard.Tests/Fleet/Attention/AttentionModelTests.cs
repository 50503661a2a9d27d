using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using static ExecutionDashboard.Tests.Fleet.Attention.AttentionFleet;

namespace ExecutionDashboard.Tests.Fleet.Attention;

/// <summary>What is kept as things change, against what is computed from nothing.</summary>
public class AttentionModelTests
{
    private const int Nodes = 8, Jobs = 3;

    // Small thresholds, so that everything happens within a story of some minutes.
    private static AttentionOptions Hasty => new()
    {
        DispatchLost = TimeSpan.FromSeconds(20), StuckStarting = TimeSpan.FromSeconds(30), StuckValidating = TimeSpan.FromSeconds(40), StuckStopping = TimeSpan.FromSeconds(10),
        StuckDegraded = TimeSpan.FromSeconds(25), IgnoresStop = TimeSpan.FromSeconds(15), OutageNodes = 3, OutageSpan = TimeSpan.FromSeconds(30), NodeFaultJobs = 2,
        SpecFaultNodes = 2, SpecFaultPercent = 60, CohortNodes = 2, RestartLoopLinks = 3, RestartLoopSpan = TimeSpan.FromSeconds(60), FlappingConnects = 3, FlappingSpan = TimeSpan.FromSeconds(60),
        Outdated = TimeSpan.FromSeconds(20), NoMatchingNode = TimeSpan.FromSeconds(15), RolloutStalled = TimeSpan.FromSeconds(30), RolledBack = TimeSpan.FromSeconds(40), RolloutDeadline = TimeSpan.FromSeconds(20),
    };

    private static readonly string[] States = ["pending", "starting", "validating", "running", "running", "degraded", "failed", "failed", "lost", "stopping", "stopped", "completed", "odd"];

    /// <summary>A step of a story at a moment, by small numbers: what of it happens.</summary>
    private static readonly Gen<(int Kind, int Which, int What, int More, int Seconds)> Step = Gen.Select(Gen.Int[0, 13], Gen.Int[0, 199], Gen.Int[0, 199], Gen.Int[0, 199], Gen.Int[0, 9]);

    [Fact]
    public void Update_AfterAnyStory_KeepsWhatIsComputedFromNothing() => Gen.Select(Step.List[1, 80], Gen.Int[1, 5]).Sample((steps, pace) =>
    {
        var fleet = new AttentionFleet(Hasty).Has(Enumerable.Range(0, Nodes).Select(i => Node($"n{i}", i % 2 == 0 ? "eu" : "us", architecture: i < 3 ? "arm64" : "amd64")));
        fleet.Apply(FleetChange.Of(new JobSpec { Hash = "spec", Json = "{}", Selector = new NodeSelector { Labels = new Dictionary<string, string> { ["region"] = "ap" } } }));
        var seconds = 0.0;
        for (var i = 0; i < steps.Count; i++)
        {
            seconds += steps[i].Seconds;
            fleet.Apply(Changes(steps[i], i, seconds));
            if (i % pace == 0) fleet.ProblemsAt(seconds);
        }
        // What is due goes by, one by one, without any change.
        for (var later = 0; later < 8; later++) fleet.ProblemsAt(seconds += 13);
    }, iter: 60);

    private static IEnumerable<FleetChange> Changes((int Kind, int Which, int What, int More, int Seconds) step, int number, double at)
    {
        var (node, job) = ($"n{step.Which % Nodes}", $"job-{step.Which / Nodes % Jobs}");
        var version = 1 + step.More % 2;
        switch (step.Kind)
        {
            // A chain goes on: what was there is replaced.
            case <= 3:
                var previous = step.More % 3 == 0 ? "" : $"{job}/{node}/{version}/{step.What % 3}";
                yield return FleetChange.Of(Run($"{job}/{node}/{version}/{(step.What + 1) % 3}", node, States[step.More % States.Length], at, job, version, previous: previous,
                    message: step.What % 2 == 0 ? $"boom {step.What}" : "", created: at - step.More % 20));
                break;
            case <= 6:
                yield return FleetChange.Of(Run($"{job}/{node}/{version}/{step.What % 3}", node, States[step.More % States.Length], at - step.What % 15, job, version, step.What % 4 == 0 ? "stopped" : "running", "broke", created: at - 20));
                break;
            case 7:
                yield return FleetChange.Gone(FleetKind.Execution, $"{job}/{node}/{version}/{step.What % 3}");
                break;
            case 8:
                yield return FleetChange.Of(Node(node, step.What % 5 == 0 ? "ap" : "eu", step.More % 3 == 0 ? "disconnected" : "connected", at - step.What % 10));
                break;
            // A region falls, or comes back.
            case 9:
                for (var i = step.Which % 2; i < Nodes; i += 2) yield return FleetChange.Of(Node($"n{i}", i % 2 == 0 ? "eu" : "us", step.More % 2 == 0 ? "disconnected" : "connected", at - i));
                break;
            // A version fails on all nodes.
            case 10:
                for (var i = 0; i < Nodes; i++) yield return FleetChange.Of(Run($"{job}/n{i}/{version}/0", $"n{i}", step.More % 2 == 0 ? "failed" : "running", at, job, version, message: "bad codec"));
                break;
            case 11:
                yield return FleetChange.Gone(FleetKind.Node, node);
                break;
            case 12:
                yield return FleetChange.Of(new Job
                {
                    Id = job, Name = $"name-{step.What % 3}", Version = version, State = step.What % 4 == 0 ? "queued" : "running", SpecHash = "spec", CreatedAt = At(at - 50), UpdatedAt = At(at), Revision = number,
                });
                break;
            default:
                yield return step.What % 5 == 0 ? FleetChange.Gone(FleetKind.Deployment, Deployment.IdOf(job, version)) : FleetChange.Of(new Deployment
                {
                    Id = Deployment.IdOf(job, version), JobId = job, FromVersion = version - 1, ToVersion = version, IsRollout = true, Strategy = new RolloutStrategy { Kind = "rolling", MaxFailedNodes = 4 },
                    State = (step.More % 6) switch { 0 => "completed", 1 => "failed", 2 => "paused", 3 => "rolled_back", _ => "in_progress" }, TotalNodes = Nodes, UpdatedNodes = step.What % Nodes,
                    CreatedAt = At(at - 30), UpdatedAt = At(at), LastProgressAt = At(at - step.What % 20), HealthDeadline = At(at + step.What % 90), CompletedAt = step.More % 6 is 0 or 1 or 3 ? At(at) : null, Revision = number,
                });
                break;
        }
    }

    [Fact]
    public void Update_NothingChanged_GivesTheSameList()
    {
        var fleet = new AttentionFleet().Has(Node("n1")).Has(Run("e1", "n1", "failed"));
        fleet.ProblemsAt(10);
        var before = fleet.Found;

        fleet.Has(Node("n2")).Has(Run("e2", "n2", "running"));
        fleet.ProblemsAt(20);
        Assert.Same(before, fleet.Found);
    }

    [Fact]
    public void Update_AnotherStore_StartsFromNothing()
    {
        var (one, other) = (new AttentionFleet().Has(Node("n1")).Has(Run("e1", "n1", "failed")), new AttentionFleet().Has(Node("n1")).Has(Run("e1", "n1", "running")));
        var model = new AttentionModel(new());

        Assert.True(model.Update(one.Store, At(10)));
        Assert.True(model.Update(other.Store, At(10)));
        Assert.Empty(model.Problems);
    }

    [Fact]
    public void Update_ManyThatStartAndRun_LetsGoOfTheirDeadlines()
    {
        var fleet = new AttentionFleet().Has(Node("n1"));
        for (var i = 0; i < 4_500; i++)
        {
            fleet.Has(Run($"e{i}", "n1", "starting", i * 0.01, $"job-{i}"));
            if (i % 1_000 == 0) fleet.ProblemsAt(i * 0.01);
            if (i != 4_000) fleet.Has(Run($"e{i}", "n1", "running", i * 0.01 + 0.001, $"job-{i}"));
        }

        Assert.Equal("stuck-starting/job-4000@1", fleet.ProblemAt(40 + 300).Id);
    }
}
