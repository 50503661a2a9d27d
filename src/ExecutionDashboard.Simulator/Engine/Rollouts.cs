using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>Rolls versions out: all nodes at once, in waves, or with a canary.</summary>
internal sealed class Rollouts(World world, ExecutionLife executions)
{
    private readonly List<SimDeployment> _open = [];

    /// <summary>Deployments that have not ended.</summary>
    public IReadOnlyList<SimDeployment> Open => _open;

    /// <summary>Continues a deployment that was loaded or seeded.</summary>
    public void Adopt(SimDeployment deployment)
    {
        if (deployment.IsOpen) _open.Add(deployment);
    }

    /// <summary>Starts a deployment; it replaces one that is still open.</summary>
    public SimDeployment Start(SimJob job, DeploymentKind kind, SimJobVersion to, string reason = "")
    {
        var from = job.Deployment is null ? 0 : job.Version.Number;
        if (job.Deployment is { IsOpen: true } before)
            Close(before, kind == DeploymentKind.Rollback ? DeploymentState.RolledBack : DeploymentState.Canceled,
                kind == DeploymentKind.Rollback ? RolloutMessages.With($"Rolled back to version {to.Number}", reason) : $"Superseded by version {to.Number}");
        job.Version = to;
        job.Stopped = false;
        var deployment = new SimDeployment
        {
            Ordinal = world.Deployments.Count, Job = job, Kind = kind, From = kind == DeploymentKind.Create ? 0 : from, To = to, CreatedAt = world.Now,
            UpdatedAt = world.Now, LastProgressAt = world.Now,
            RollbackTo = kind switch { DeploymentKind.Create => 0, DeploymentKind.Rollback => from, _ => job.LastGood },
        };
        job.Deployment = deployment;
        world.Evaluation++;
        world.Deployments.Add(deployment);
        _open.Add(deployment);
        foreach (var execution in world.Nodes.Select(n => n.CurrentOf(job)))
            if (execution is { IsTerminal: false, Desired: not DesiredState.Stopped } && !to.Reading.Selector.Matches(execution.Node)) executions.Stop(execution, "Node no longer selected");
        Begin(deployment);
        world.Tell(job, $"Deployment of version {to.Number} started ({StateNames.Of(kind)}) on {deployment.Targets.Length} nodes",
            ("deployment_id", world.DeploymentIds.Of(deployment.Ordinal).ToString()), ("type", StateNames.Of(kind)));
        return deployment;
    }

    /// <summary>Advances every open deployment.</summary>
    public void Advance()
    {
        for (var i = _open.Count - 1; i >= 0; i--)
            if (_open[i].State == DeploymentState.InProgress) Advance(_open[i]);
        _open.RemoveAll(d => !d.IsOpen);
    }

    /// <summary>Places executions on a node that became available.</summary>
    public void PlaceOn(SimNode node)
    {
        foreach (var job in world.Jobs)
        {
            if (job.Deleted || job.Stopped || job.Version is null || !job.Version.Reading.Selector.Matches(node)) continue;
            if (job.Deployment is { State: DeploymentState.Pending } waiting) Begin(waiting);
            var current = node.CurrentOf(job);
            // Its wave is still to come, or passed while the node was away: the next wave includes it.
            if (job.IsOneShot || job.Deployment is { IsOpen: true } open && open.Targets.Contains(node) && !HasReached(open, current)) continue;
            var version = PlacedVersion(job, current);
            var again = current is null or { Actual: ActualState.Lost or ActualState.Failed or ActualState.Completed };
            if (again || current is { IsTerminal: false, Desired: DesiredState.Running } && current.Version != version)
            {
                world.Evaluation++;
                executions.Create(version, node, null, again ? "Placed again" : $"Replaced by version {version.Number}: its node had been away");
                continue;
            }
            // The scheduler sees an execution and does nothing, even if its start was lost.
        }
    }

    /// <summary>Updates the deployment of an execution after one of its steps.</summary>
    public void Observe(SimExecution execution)
    {
        if (execution.Deployment is not { IsOpen: true } deployment || !ReferenceEquals(execution.Node.CurrentOf(execution.Job), execution)) return;
        var verdict = execution.Actual switch
        {
            ActualState.Failed or ActualState.Lost => 2,
            ActualState.Completed => 1,
            ActualState.Stopped => 3,
            ActualState.Running when !deployment.ChecksHealth && !deployment.Job.IsOneShot => 1,
            _ => execution.Stable ? 1 : 0,
        };
        if (verdict == 0 || verdict == execution.Settled || execution.Settled == 3) return;
        if (execution.Settled == 0) deployment.Outstanding--;
        if (execution.Settled == 1) deployment.Updated--;
        if (execution.Settled == 2) deployment.Failed--;
        execution.Settled = (byte)verdict;
        if (verdict == 1) deployment.Updated++;
        if (verdict == 2) deployment.Failed++;
        deployment.LastProgressAt = world.Now;
        world.Touch(deployment);
    }

    /// <summary>Ends a deployment.</summary>
    public void Close(SimDeployment deployment, DeploymentState state, string message)
    {
        deployment.State = state;
        deployment.Message = message;
        deployment.AwaitsPromotion = false;
        deployment.HealthDeadline = 0;
        deployment.CompletedAt = world.Now;
        world.Touch(deployment);
        world.Tell(deployment.Job, message, ("deployment_id", world.DeploymentIds.Of(deployment.Ordinal).ToString()), ("new_state", StateNames.Of(state)));
        if (state == DeploymentState.Completed) deployment.Job.LastGood = deployment.To.Number;
        // Tolerated and remaining failures are now restarted by the scheduler.
        foreach (var node in deployment.Targets)
            if (node.CurrentOf(deployment.Job) is { Actual: ActualState.Failed, Plan: ExecutionPlan.None } failed && failed.Deployment == deployment)
                executions.ReplaceLater(failed);
    }

    /// <summary>Promotes a canary.</summary>
    public void Promote(SimDeployment deployment, string by)
    {
        deployment.CanaryPromoted = true;
        deployment.AwaitsPromotion = false;
        deployment.Message = by;
        deployment.LastProgressAt = world.Now;
        world.Touch(deployment);
        world.Tell(deployment.Job, by, ("deployment_id", world.DeploymentIds.Of(deployment.Ordinal).ToString()));
    }

    /// <summary>The version for a node outside of a wave; the previous one if the deployment is paused or failed.</summary>
    private static SimJobVersion PlacedVersion(SimJob job, SimExecution? current) =>
        job.Deployment is { From: > 0 } last && (last.IsOpen && last.InCanaryPhase || last.State is DeploymentState.Paused or DeploymentState.Failed)
            ? current?.Version ?? job.Versions[last.From - 1] : job.Version;

    private bool HasReached(SimDeployment deployment, SimExecution? current)
    {
        for (var execution = current; execution is not null; execution = world.Executions.Find(execution.Previous))
        {
            if (execution.Deployment == deployment) return true;
            if (execution.CreatedAt < deployment.CreatedAt) return false;
        }
        return false;
    }

    /// <summary>The nodes that were away during their wave and are back.</summary>
    private List<SimNode> Returned(SimDeployment deployment)
    {
        List<SimNode> returned = [];
        foreach (var node in deployment.Targets.AsSpan(0, deployment.Cursor))
            if (node.IsOpen && !HasReached(deployment, node.CurrentOf(deployment.Job))) returned.Add(node);
        return returned;
    }

    private void Begin(SimDeployment deployment)
    {
        var job = deployment.Job;
        var selector = deployment.To.Reading.Selector;
        SimNode[] targets = [.. world.Nodes.Where(n => n.IsOpen && selector.Matches(n)
            && (deployment.Kind != DeploymentKind.Rollback || n.CurrentOf(job) is not { IsTerminal: false } now || now.Version != deployment.To))];
        world.Random.Shuffle(targets.AsSpan());
        // Prefer nodes that were healthy before, so that the canary tests the version.
        targets = [.. targets.OrderBy(n => n.CurrentOf(job) is { Actual: ActualState.Running } or null && n.SilentSince == 0 ? 0 : 1)];
        deployment.Targets = targets;
        // A rollback must not wait for a promotion.
        deployment.CanarySize = deployment.Kind == DeploymentKind.Rollback || job.IsOneShot ? 0 : deployment.Strategy.CanarySize(targets.Length);
        deployment.WaveSize = job.IsOneShot ? Math.Max(1, targets.Length) : deployment.Strategy.WaveSize(targets.Length);
        deployment.TotalWaves = (deployment.CanarySize > 0 ? 1 : 0) + (targets.Length - deployment.CanarySize + deployment.WaveSize - 1) / deployment.WaveSize;
        if (targets.Length == 0 && deployment.Kind != DeploymentKind.Rollback)
        {
            deployment.State = DeploymentState.Pending;
            deployment.Message = "No connected node matches the selector";
            world.Touch(deployment);
            return;
        }
        deployment.State = DeploymentState.InProgress;
        if (targets.Length > 0) NextWave(deployment);
    }

    private void Advance(SimDeployment deployment)
    {
        if (TooManyFailed(deployment))
        {
            Halt(deployment);
            return;
        }
        if (deployment.Outstanding > 0)
        {
            if (deployment.ChecksHealth && world.Now >= deployment.HealthDeadline) GiveUpWave(deployment);
            return;
        }
        if (deployment.CanarySize > 0 && !deployment.CanaryPromoted && deployment.CurrentWave == 1)
        {
            if (deployment.Failed > 0) Halt(deployment);
            else if (deployment.Strategy.AutoPromote) Promote(deployment, "Canary healthy, promoted automatically");
            else if (!deployment.AwaitsPromotion)
            {
                deployment.AwaitsPromotion = true;
                deployment.HealthDeadline = 0;
                deployment.Message = $"Canary healthy on {deployment.Updated} nodes, waiting for promotion";
                world.Touch(deployment);
                world.Tell(deployment.Job, deployment.Message);
            }
            if (!deployment.CanaryPromoted) return;
        }
        if (deployment.Cursor < deployment.Targets.Length || deployment.ChecksHealth && Returned(deployment).Count > 0) NextWave(deployment);
        else Close(deployment, DeploymentState.Completed, RolloutMessages.Completed(deployment));
    }

    private void NextWave(SimDeployment deployment)
    {
        var size = deployment.CurrentWave == 0 && deployment.CanarySize > 0 ? deployment.CanarySize : deployment.WaveSize;
        // Nodes that missed their wave join the next one; after the last wave they get another attempt.
        var returned = Returned(deployment);
        if (deployment.Cursor < deployment.Targets.Length) deployment.CurrentWave++;
        deployment.WaveStart = deployment.Cursor;
        world.Evaluation++;
        var end = Math.Min(deployment.Cursor + size, deployment.Targets.Length);
        var reason = deployment.Kind switch
        {
            DeploymentKind.Rollback => $"Replaced by version {deployment.To.Number} (rollback)",
            DeploymentKind.Restart => "Restarted by a rerun",
            _ => $"Replaced by version {deployment.To.Number}",
        };
        for (; deployment.Cursor < end; deployment.Cursor++)
            if (deployment.Targets[deployment.Cursor] is { IsOpen: true } node) returned.Add(node);
        foreach (var node in returned)
        {
            executions.Create(deployment.To, node, deployment, reason);
            deployment.Outstanding++;
        }
        deployment.HealthDeadline = deployment.ChecksHealth ? world.Now + world.Span(deployment.Strategy.Deadline) : 0;
        deployment.LastProgressAt = world.Now;
        deployment.Message = RolloutMessages.Place(deployment);
        world.Touch(deployment);
    }

    private void GiveUpWave(SimDeployment deployment)
    {
        for (var i = 0; i < deployment.Cursor; i++)
        {
            if (deployment.Targets[i].CurrentOf(deployment.Job) is not { Settled: 0 } late || late.Deployment != deployment) continue;
            late.Settled = 2;
            deployment.Outstanding--;
            deployment.Failed++;
            if (late.IsTerminal) continue;
            late.DesiredMessage = Report.DeadlineMissed.Message;
            world.Touch(late);
        }
        // Do not wait for nodes without an execution, because they were deleted.
        deployment.Outstanding = 0;
        world.Touch(deployment);
    }

    private static bool TooManyFailed(SimDeployment deployment) =>
        // A rollback continues whatever happens, because there is no better version.
        deployment.ChecksHealth && deployment.Kind != DeploymentKind.Rollback && (deployment.TooManyFailedNodes || deployment.TooHighShareFailed);

    private void Halt(SimDeployment deployment)
    {
        var job = deployment.Job;
        var reason = RolloutMessages.Halted(deployment);
        var back = job.LastGood;
        if (deployment.Kind == DeploymentKind.Create || back == 0) Close(deployment, DeploymentState.Failed, $"{reason}; there is no version to roll back to");
        else if (deployment.Strategy.NoAutoRollback) Close(deployment, DeploymentState.Failed, $"{reason}; automatic rollback is off");
        else if (back == deployment.To.Number) Close(deployment, DeploymentState.Failed, $"{reason}; version {back} is itself the last that was good");
        else
        {
            Close(deployment, DeploymentState.RolledBack, $"{reason}; rolled back to version {back}");
            Start(job, DeploymentKind.Rollback, job.Versions[back - 1]);
        }
    }
}
