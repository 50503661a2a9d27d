using ExecutionDashboard.Simulator.Engine.Entities;
using ExecutionDashboard.Simulator.Engine.Stories;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>
/// The simulated control plane. Time passes only in <see cref="AdvanceTo"/>, in steps of fixed length, so that the same seed and calls always have the same result,
/// however late the caller is. Reading or changing the world requires <see cref="Gate"/>.
/// </summary>
internal sealed class SimulatorEngine
{
    /// <summary>Length of one step.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    /// <summary>A longer gap (a machine that slept) is skipped instead of simulated.</summary>
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromSeconds(30);

    private readonly JobStates _states;
    private readonly StagedOutage _outage;
    private readonly StagedBreakdown _breakdown;

    /// <summary>Creates an engine for a populated world.</summary>
    public SimulatorEngine(World world)
    {
        World = world;
        Executions = new(world);
        Nodes = new(world, Executions);
        Rollouts = new(world, Executions);
        Commands = new(world, Rollouts, Executions);
        Story = new(world, Executions, Nodes, Rollouts, Commands);
        _states = new(world);
        _outage = new(world, Nodes);
        _breakdown = new(world, Nodes);
        Trouble = new(world, Executions, Nodes, Commands);
        Executions.Moved = Rollouts.Observe;
        Executions.Replace = Replace;
        Nodes.Opened = Rollouts.PlaceOn;
    }

    /// <summary>The lock for the world.</summary>
    public Lock Gate { get; } = new();
    public World World { get; }
    public ExecutionLife Executions { get; }
    public NodeLife Nodes { get; }
    public Rollouts Rollouts { get; }
    public JobCommands Commands { get; }
    public Story Story { get; }
    public StagedTrouble Trouble { get; }

    /// <summary>Advances the time; less than a step is left for the next call.</summary>
    public void AdvanceTo(DateTimeOffset now)
    {
        var target = now.UtcTicks;
        while (true)
        {
            lock (Gate)
            {
                if (target - World.Now > LongestCatchUp.Ticks) Skip(target - Step.Ticks);
                if (target - World.Now < Step.Ticks) return;
                World.Now += Step.Ticks;
                OneStep();
            }
        }
    }

    /// <summary>Updates the states of jobs after a command.</summary>
    public void Settle() => _states.Settle();

    /// <summary>Skips time without simulating it: plans are postponed by the same time.</summary>
    public void Skip(long to)
    {
        var gap = to - World.Now;
        if (gap == 0) return;
        World.Now = to;
        foreach (var execution in World.Live)
            if (execution.Plan != ExecutionPlan.None) World.Plan(execution, execution.Plan, Math.Max(0, execution.Due + gap - to));
        foreach (var node in World.Nodes)
        {
            if (node.ReturnsAt != 0) node.ReturnsAt += gap;
            if (node.Plan != NodePlan.None) World.Plan(node, node.Plan, node.Due + gap);
            foreach (var execution in node.Current)
                if (execution is { IsTerminal: true, Plan: not ExecutionPlan.None }) World.Plan(execution, execution.Plan, Math.Max(0, execution.Due + gap - to));
        }
        foreach (var deployment in Rollouts.Open)
            if (deployment.HealthDeadline != 0) deployment.HealthDeadline += gap;
        for (var i = 0; i < Story.Next.Length; i++) Story.Next[i] += gap;
        _breakdown.Skip(gap);
        Trouble.Skip(gap);
    }

    private void OneStep()
    {
        while (World.Schedule.TryTake(World.Now, out var what, out var due))
        {
            // The entry of an earlier plan, which has changed.
            if (what is SimExecution execution && execution.Due == due && execution.Plan != ExecutionPlan.None) Executions.Advance(execution);
            else if (what is SimNode node && node.Due == due && node.Plan != NodePlan.None) Nodes.Advance(node);
        }
        Rollouts.Advance();
        _outage.Advance();
        _breakdown.Advance();
        Trouble.Advance();
        Story.Advance(Step);
        _states.Settle();
        World.Trim();
    }

    private void Replace(SimExecution failed)
    {
        // The rollback reaches the node in its wave, so the failed version is not restarted.
        if (failed.Job.Deployment is { IsOpen: true, Kind: DeploymentKind.Rollback } back && back.Targets.AsSpan(back.Cursor).Contains(failed.Node)) return;
        if (failed.Job.Stopped || failed.Job.Deleted || !failed.Node.IsOpen || !ReferenceEquals(failed.Node.CurrentOf(failed.Job), failed)) return;
        World.Evaluation++;
        var next = Executions.Create(failed.Version, failed.Node, null, "");
        next.Attempt = (byte)(failed.Attempt + 1);
    }
}
