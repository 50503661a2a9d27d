using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine.Stories;

/// <summary>What a fleet does when nobody touches it: about so many execution changes a second, and now and then something bigger.</summary>
internal sealed class Story(World world, ExecutionLife executions, NodeLife nodes, Rollouts rollouts, JobCommands commands)
{
    private double _owed;
    private long _seen;

    /// <summary>UTC ticks of the next chapters: a new version, a query, a node that falls silent.</summary>
    public long[] Next { get; } = new long[3];

    /// <summary>Begins, or goes on after a restart: chapters that were due meanwhile are not made up for.</summary>
    public void Begin()
    {
        _seen = world.Change;
        for (var chapter = 0; chapter < Next.Length; chapter++)
            if (Next[chapter] <= world.Now) Next[chapter] = world.Now + Pause(chapter);
    }

    /// <summary>Does what belongs into the next stretch of time.</summary>
    public void Advance(TimeSpan stretch)
    {
        if (world.Options.Rate <= 0) return;
        var rate = world.Options.Rate * world.Options.Speed;
        // A rollout's own changes count, but a large one must not silence the rest of the fleet for long.
        _owed = Math.Clamp(_owed + rate * stretch.TotalSeconds - (world.Change - _seen), -3 * rate, 3 * rate);
        _seen = world.Change;
        for (var chapter = 0; chapter < Next.Length; chapter++)
        {
            if (world.Now < Next[chapter]) continue;
            Next[chapter] = world.Now + Pause(chapter);
            Turn(chapter);
        }
        for (var tries = 0; _owed >= 1 && world.Live.Count > 0 && tries < 20 + rate; tries++)
        {
            var before = world.Change;
            Disturb(world.Live[world.Random.Next(world.Live.Count)]);
            _owed -= world.Change - before;
            _seen += world.Change - before;
        }
    }

    private long Pause(int chapter) => chapter switch
    {
        0 => world.Seconds(45, 120),
        1 => world.Seconds(30, 90),
        _ => world.Seconds(20, 60),
    };

    private void Turn(int chapter)
    {
        switch (chapter)
        {
            case 0: NewVersion(); break;
            case 1: RunQuery(); break;
            // A scenario loses the nodes it means to lose, and no other.
            case 2 when world.Scenario is not null: break;
            default:
                for (var i = 0; i <= world.Nodes.Count / 2000; i++) LoseSight();
                break;
        }
    }

    private void Disturb(SimExecution execution)
    {
        if (execution.Node.SilentSince != 0 || execution.Desired != DesiredState.Running || execution.Job.IsOneShot) return;
        if (execution.Job.LeftAlone && world.Scenario is not null) return;
        if (execution.Actual == ActualState.Degraded && execution.Stable && execution.Plan == ExecutionPlan.Recover)
        {
            if (world.Random.Chance(0.5)) world.Say(execution, Faults.Passing(world.Random, execution));
            return;
        }
        if (execution.Actual != ActualState.Running || !execution.Stable || execution.Plan != ExecutionPlan.None) return;
        switch (world.Random.Fraction())
        {
            case < 0.35: executions.Degrade(execution, Faults.Passing(world.Random, execution), world.Seconds(5, 90)); break;
            case < 0.75: world.Say(execution, Faults.Progress(world.Random)); break;
            case < 0.87: executions.Fail(execution, Faults.Fatal(world.Random, execution)); break;
            default:
                world.Evaluation++;
                executions.Create(execution.Version, execution.Node, null, "Restarted: the agent was updated", world.Seconds(1, 3));
                break;
        }
    }

    private void NewVersion()
    {
        var candidates = world.Jobs.FindAll(j => j is { Deleted: false, Stopped: false, IsOneShot: false, LeftAlone: false, Deployment.IsOpen: false });
        if (candidates.Count == 0) return;
        var job = world.Random.Pick(candidates);
        var version = job.Versions.Count + 1;
        var spec = Fleet.SpecEdit.Of(job.Version.Spec, version, world.Random);
        using var document = System.Text.Json.JsonDocument.Parse(spec);
        var reading = SpecReading.Of(document.RootElement, world.Face);
        rollouts.Start(job, DeploymentKind.Update, commands.AddVersion(job, spec, reading, world.Random.Chance(0.25) ? 0.6 : 0.005));
    }

    private void RunQuery()
    {
        var candidates = world.Jobs.FindAll(j => j is { Deleted: false, Stopped: false, IsOneShot: true, LeftAlone: false, Deployment.IsOpen: false });
        if (candidates.Count > 0) commands.Rerun(world.Random.Pick(candidates));
    }

    private void LoseSight()
    {
        if (world.Nodes.Count == 0) return;
        var node = world.Random.Pick(world.Nodes);
        // Most are only away for a moment; some are missed, few are given up.
        var away = world.Random.Fraction() switch { < 0.5 => world.Seconds(20, 80), < 0.85 => world.Seconds(100, 300), _ => world.Seconds(420, 900) };
        if (node.IsOpen) nodes.Silence(node, away);
    }
}
