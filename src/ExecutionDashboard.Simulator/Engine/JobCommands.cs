using System.Text.Json;
using System.Text.Json.Nodes;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>The commands of operators. A refusal is a <see cref="RefusedException"/> with the HTTP status.</summary>
internal sealed class JobCommands(World world, Rollouts rollouts, ExecutionLife executions)
{
    /// <summary>Creates a job, or a new version of the one with that name (or id).</summary>
    /// <returns>The job, and whether it is new. A dry run changes nothing.</returns>
    public (SimJob Job, bool Created) Put(JsonObject spec, SimJob? known, bool force, bool dryRun)
    {
        if (known is not null && !spec.ContainsKey("name")) spec["name"] = known.Name;
        var bytes = Complete(spec);
        using var document = JsonDocument.Parse(bytes);
        var reading = SpecReading.Of(document.RootElement, world.Face);
        var job = known ?? world.Jobs.Find(j => !j.Deleted && j.Name == reading.Name && j.Namespace == reading.Namespace);
        if (job is not null && job.Type != reading.Type) throw new RefusedException(400, $"job '{job.Name}' is a {job.Type} and cannot become a {reading.Type}");
        if (known is not null && world.Jobs.Exists(j => j != known && !j.Deleted && j.Name == reading.Name && j.Namespace == known.Namespace))
            throw new RefusedException(409, $"a job named '{reading.Name}' exists already");
        if (job is not null && !force && !job.Stopped && job.Version.Spec.AsSpan().SequenceEqual(bytes)) return (job, false);
        var created = job is null;
        if (dryRun) return (job ?? NewJob(reading), created);
        if (job is null)
        {
            job = NewJob(reading);
            world.Jobs.Add(job);
            world.JobsById.Add(job.Id, job);
        }
        job.Name = reading.Name;
        var version = AddVersion(job, bytes, reading, reading.FailureRate);
        rollouts.Start(job, created ? DeploymentKind.Create : DeploymentKind.Update, version);
        return (job, created);
    }

    /// <summary>Adds a version without deploying it.</summary>
    public SimJobVersion AddVersion(SimJob job, byte[] spec, SpecReading reading, double failureRate)
    {
        var version = new SimJobVersion { Job = job, Number = job.Versions.Count + 1, Spec = spec, Reading = reading, CreatedAt = world.Now, FailureRate = failureRate };
        job.Versions.Add(version);
        world.Soil(version);
        return version;
    }

    /// <summary>Stops a job on every node.</summary>
    public void Stop(SimJob job, string reason)
    {
        if (job.Stopped) throw new RefusedException(409, $"job '{job.Name}' is already stopped");
        job.Stopped = true;
        if (job.Deployment is { IsOpen: true } open) rollouts.Close(open, DeploymentState.Canceled, "Canceled: the job was stopped");
        StopAll(job, reason.Length > 0 ? reason : "Job stopped");
        world.Tell(job, "Job stop requested" + (reason.Length > 0 ? $": {reason}" : ""));
        world.Touch(job);
        job.Unsettled = true;
    }

    /// <summary>Deletes a job; without force only one that has ended.</summary>
    public void Delete(SimJob job, bool force)
    {
        if (!force && job.State is not ("stopped" or "completed" or "failed"))
            throw new RefusedException(409, $"job '{job.Name}' is {job.State}; stop it first, or delete with force");
        if (job.Deployment is { IsOpen: true } open) rollouts.Close(open, DeploymentState.Canceled, "Canceled: the job was deleted");
        StopAll(job, "Job deleted");
        job.Stopped = job.Deleted = job.Unsettled = true;
        world.Touch(job);
    }

    /// <summary>Reruns a job.</summary>
    public SimDeployment Rerun(SimJob job) => rollouts.Start(job, DeploymentKind.Restart, job.Version);

    /// <summary>Rolls back to a version; 0 for the previous one.</summary>
    /// <returns>The version's number.</returns>
    public int Rollback(SimJob job, int version, bool dryRun, string reason = "")
    {
        if (version == 0) version = job.Deployment is { RollbackTo: > 0 } last && last.RollbackTo != job.Version.Number ? last.RollbackTo : job.Version.Number - 1;
        if (version == 0) throw new RefusedException(409, $"job '{job.Name}' has no version to go back to");
        if (version < 0 || version > job.Versions.Count) throw new RefusedException(400, $"job '{job.Name}' has no version {version}");
        if (version == job.Version.Number) throw new RefusedException(409, $"job '{job.Name}' is at version {version} already");
        if (!dryRun) rollouts.Start(job, DeploymentKind.Rollback, job.Versions[version - 1], reason);
        return version;
    }

    /// <summary>Pauses a deployment: started executions go on, no new ones start, and no deadline runs.</summary>
    public void Pause(SimDeployment? deployment, string what, string reason = "")
    {
        if (deployment is not { State: DeploymentState.InProgress })
            throw new RefusedException(409, deployment is null ? $"{what} has not begun" : $"{what} is {StateNames.Of(deployment.State)} and cannot be paused");
        deployment.State = DeploymentState.Paused;
        deployment.HealthDeadline = 0;
        deployment.Message = RolloutMessages.With(RolloutMessages.Paused(deployment), reason);
        world.Touch(deployment);
        world.Tell(deployment.Job, deployment.Message, ("new_state", "paused"));
    }

    /// <summary>Resumes a paused deployment; deadlines start again.</summary>
    public void Resume(SimDeployment? deployment, string what)
    {
        if (deployment is not { State: DeploymentState.Paused })
            throw new RefusedException(409, deployment is null ? $"{what} has not begun" : $"{what} is {StateNames.Of(deployment.State)}, not paused");
        deployment.State = DeploymentState.InProgress;
        deployment.HealthDeadline = deployment.ChecksHealth && deployment.Outstanding > 0 ? world.Now + world.Span(deployment.Strategy.Deadline) : 0;
        deployment.AwaitsPromotion = false;
        deployment.LastProgressAt = world.Now;
        deployment.Message = RolloutMessages.Place(deployment);
        world.Touch(deployment);
        world.Tell(deployment.Job, "Resumed", ("new_state", "in_progress"));
    }

    /// <summary>Promotes a canary.</summary>
    public void Promote(SimDeployment deployment)
    {
        if (deployment is { State: DeploymentState.Paused, InCanaryPhase: true }) throw new RefusedException(409, "deployment is paused; resume it before promoting its canary");
        if (deployment is not { State: DeploymentState.InProgress, InCanaryPhase: true })
            throw new RefusedException(409, $"deployment is not in its canary phase: {(deployment.CanarySize == 0 ? "it has no canary"
                : deployment.CanaryPromoted ? "its canary was promoted already" : $"it is {StateNames.Of(deployment.State)}")}");
        rollouts.Promote(deployment, "Canary promoted by an operator");
    }

    /// <summary>Rolls a deployment back with a new deployment.</summary>
    public SimDeployment RollbackDeployment(SimDeployment deployment, int version, string reason = "")
    {
        var job = deployment.Job;
        if (!ReferenceEquals(job.Deployment, deployment))
            throw new RefusedException(409, $"deployment is {StateNames.Of(deployment.State)} and not the last of its job; roll that one back");
        if (deployment.State is DeploymentState.RolledBack or DeploymentState.Canceled || job.Deleted)
            throw new RefusedException(409, $"deployment is {StateNames.Of(deployment.State)} and cannot be rolled back");
        if (version == 0) version = deployment.From;
        if (version == 0) throw new RefusedException(409, "the first deployment of a job cannot be rolled back");
        if (version < 0 || version > job.Versions.Count) throw new RefusedException(400, $"job '{job.Name}' has no version {version}");
        if (version == job.Version.Number) throw new RefusedException(409, $"job '{job.Name}' is at version {version} already");
        if (!deployment.IsOpen) rollouts.Close(deployment, DeploymentState.RolledBack, RolloutMessages.With($"Rolled back to version {version}", reason));
        return rollouts.Start(job, DeploymentKind.Rollback, job.Versions[version - 1], reason);
    }

    /// <summary>Stops one execution.</summary>
    public void StopExecution(SimExecution execution, string reason)
    {
        if (execution.IsTerminal) throw new RefusedException(409, $"execution has already ended: {StateNames.Of(execution.Actual, world.Face)}");
        if (execution.Desired == DesiredState.Stopped) return;
        executions.Stop(execution, reason.Length > 0 ? reason : "Stopped on request");
    }

    private void StopAll(SimJob job, string reason)
    {
        foreach (var execution in world.Live.Where(e => ReferenceEquals(e.Job, job) && e.Desired != DesiredState.Stopped).ToArray()) executions.Stop(execution, reason);
        foreach (var node in world.Nodes)
            if (node.CurrentOf(job) is { Plan: ExecutionPlan.Replace } waiting) world.Plan(waiting, ExecutionPlan.None, 0);
    }

    private static byte[] Complete(JsonObject spec)
    {
        if (spec["namespace"] is null) spec["namespace"] = "default";
        if (spec["type"] is null) spec["type"] = "pipeline";
        return JsonSerializer.SerializeToUtf8Bytes(spec);
    }

    private SimJob NewJob(SpecReading reading) => new()
    {
        Ordinal = world.Jobs.Count,
        Id = $"job-{reading.Name}-{SeededRandom.Mix((ulong)world.Options.Seed * 1_000_003 + (ulong)world.Jobs.Count) >> 48:x4}",
        Name = reading.Name, Namespace = reading.Namespace, Type = reading.Type, CreatedAt = world.Now, UpdatedAt = world.Now,
    };
}
