using ExecutionDashboard.Simulator.Engine.Entities;
using ExecutionDashboard.Simulator.Engine.Stories;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>The life of executions, from pending to their end.</summary>
internal sealed class ExecutionLife(World world)
{
    private const int MostAttempts = 4;

    /// <summary>Called after every step of an execution.</summary>
    public Action<SimExecution>? Moved { get; set; }

    /// <summary>Called to place an execution's successor on its node.</summary>
    public Action<SimExecution>? Replace { get; set; }

    /// <summary>Creates an execution on a node, in the place of the job's last one there.</summary>
    public SimExecution Create(SimJobVersion version, SimNode node, SimDeployment? deployment, string reason, long delay = 0)
    {
        var old = node.CurrentOf(version.Job);
        var execution = new SimExecution
        {
            Ordinal = world.Executions.End, Version = version, Node = node, Deployment = deployment, Evaluation = world.Evaluation, CreatedAt = world.Now,
            UpdatedAt = world.Now, Desired = DesiredState.Running, Report = Report.Placed, Stable = false,
        };
        world.Add(execution);
        world.Remember(execution, ActualState.Pending, ActualState.Pending, Report.Placed);
        if (old is not null)
        {
            execution.Previous = old.Ordinal;
            old.Next = execution.Ordinal;
            node.Current.Remove(old);
            if (!old.IsTerminal) Stop(old, reason);
            else world.Touch(old);
            if (old.Plan == ExecutionPlan.Replace) world.Plan(old, ExecutionPlan.None, 0);
        }
        node.Current.Add(execution);
        // A message to a node that is silent, but not known to be, is lost and not sent again.
        if (node.SilentSince == 0) world.Plan(execution, ExecutionPlan.Start, delay + Seconds(execution, 0.4, 2.5));
        world.Soil(execution);
        return execution;
    }

    /// <summary>Requests the stop of an execution. One that was never started ends at once; one on a silent node does not receive the request.</summary>
    public void Stop(SimExecution execution, string reason)
    {
        execution.Desired = DesiredState.Stopped;
        execution.DesiredMessage = reason;
        if (execution.Actual == ActualState.Pending)
        {
            execution.Plan = ExecutionPlan.None;
            Move(execution, ActualState.Stopped, Report.Canceled);
            return;
        }
        world.Touch(execution);
        world.Plan(execution, ExecutionPlan.Stop, world.Seconds(0.05, 0.4));
    }

    /// <summary>Makes it degraded, and lets it recover after a while (0 ticks for never).</summary>
    public void Degrade(SimExecution execution, Report report, long recoversAfter)
    {
        Move(execution, ActualState.Degraded, report);
        world.Plan(execution, recoversAfter == 0 ? ExecutionPlan.None : ExecutionPlan.Recover, recoversAfter);
        // Within the allowed error rate a degraded execution still becomes healthy.
        if (!execution.Stable && report.ErrorRate <= execution.Version.Reading.Strategy.MaxErrorRate)
            world.Plan(execution, ExecutionPlan.Stabilise, world.Span(execution.Version.Reading.Strategy.HealthyAfter));
    }

    /// <summary>Ends it with a failure. A pipeline is restarted with increasing waits, unless a deployment is watching it.</summary>
    public void Fail(SimExecution execution, Report report)
    {
        Move(execution, ActualState.Failed, report);
        ReplaceLater(execution);
    }

    /// <summary>Restarts a failed execution after a while, if its job does.</summary>
    public void ReplaceLater(SimExecution execution)
    {
        var watched = execution.Deployment is { IsOpen: true } && !execution.Stable;
        if (execution.Job.IsOneShot || watched || execution.Desired == DesiredState.Stopped || execution.Next >= 0 || execution.Attempt >= MostAttempts) return;
        var patience = 3 << execution.Attempt;
        world.Plan(execution, ExecutionPlan.Replace, world.Seconds(patience, 2 * patience));
    }

    /// <summary>Ends it because its node is gone.</summary>
    public void LoseNode(SimExecution execution, ActualState to, Report report)
    {
        execution.Plan = ExecutionPlan.None;
        Move(execution, to, report);
    }

    /// <summary>Does the planned step of an execution. On a silent node it is postponed until the node is back.</summary>
    public void Advance(SimExecution execution)
    {
        var plan = execution.Plan;
        if (plan == ExecutionPlan.None || execution.Node.SilentSince != 0 && plan != ExecutionPlan.Replace) return;
        execution.Plan = ExecutionPlan.None;
        execution.Due = 0;
        world.Soil(execution);
        switch (plan)
        {
            case ExecutionPlan.Start when execution.Actual == ActualState.Pending:
                Move(execution, ActualState.Starting, Report.Starting);
                world.Plan(execution, ExecutionPlan.Run, Seconds(execution, 0.8, 4));
                break;
            case ExecutionPlan.Run: Run(execution); break;
            case ExecutionPlan.Stabilise: Stabilise(execution); break;
            case ExecutionPlan.Fail: Fail(execution, Faults.Fatal(world.Random, execution)); break;
            case ExecutionPlan.Degrade: Degrade(execution, Faults.Passing(world.Random, execution), 0); break;
            case ExecutionPlan.Recover:
                Move(execution, ActualState.Running, Report.Recovered);
                if (!execution.Stable) world.Plan(execution, ExecutionPlan.Stabilise, world.Span(execution.Version.Reading.Strategy.HealthyAfter));
                break;
            case ExecutionPlan.Complete: Move(execution, ActualState.Completed, Report.Completed); break;
            case ExecutionPlan.Stop:
                if (execution.IsTerminal) break;
                Move(execution, ActualState.Stopping, Report.Stopping);
                world.Plan(execution, ExecutionPlan.Stopped, world.Seconds(0.8, 2));
                break;
            case ExecutionPlan.Stopped:
                Move(execution, ActualState.Stopped, execution.DesiredMessage.Length > 0 ? new Report(execution.DesiredMessage) : Report.Stopped);
                break;
            case ExecutionPlan.Replace: Replace?.Invoke(execution); break;
            default: break;
        }
    }

    private void Run(SimExecution execution)
    {
        var confined = execution.Version.Reading.FailsOn is { } rule && !rule.Matches(execution.Node.Label(rule.Key));
        var risk = Math.Max(confined ? 0 : execution.Version.FailureRate, execution.Node.FailureRate);
        var fails = world.Random.Chance(risk);
        if (fails && (execution.Version.Reading.FailsWith.Length > 0 || world.Random.Chance(0.5)))
        {
            Fail(execution, Faults.AtStart(world.Random, execution));
            return;
        }
        if (execution.Job.IsOneShot)
        {
            Move(execution, ActualState.Running, Report.QueryRunning);
            world.Plan(execution, fails ? ExecutionPlan.Fail : ExecutionPlan.Complete, world.Seconds(3, 30));
            return;
        }
        var validates = world.Face == Generation.Rollout;
        Move(execution, validates ? ActualState.Validating : ActualState.Running, validates ? Report.Validating : Report.Running);
        if (fails) world.Plan(execution, world.Random.Chance(0.6) ? ExecutionPlan.Fail : ExecutionPlan.Degrade, Seconds(execution, 1, 8));
        else world.Plan(execution, ExecutionPlan.Stabilise, world.Span(execution.Version.Reading.Strategy.HealthyAfter));
    }

    private void Stabilise(SimExecution execution)
    {
        execution.Stable = true;
        execution.StableAt = world.Now;
        execution.Attempt = 0;
        var state = execution.Actual == ActualState.Degraded ? ActualState.Degraded : ActualState.Running;
        if (state == ActualState.Degraded) world.Plan(execution, ExecutionPlan.Recover, world.Seconds(10, 60));
        if (execution.Actual == state && state == ActualState.Running)
        {
            execution.Report = Report.Healthy;
            world.Touch(execution);
            Moved?.Invoke(execution);
        }
        else Move(execution, state, state == ActualState.Degraded ? execution.Report : Report.Healthy);
    }

    private long Seconds(SimExecution execution, double least, double most) =>
        world.Seconds(least * execution.Version.Reading.Pace, most * execution.Version.Reading.Pace);

    private void Move(SimExecution execution, ActualState to, Report report)
    {
        world.Move(execution, to, report);
        Moved?.Invoke(execution);
    }
}
