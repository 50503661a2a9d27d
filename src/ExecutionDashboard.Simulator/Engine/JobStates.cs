using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>Derives a job's state from its deployment and its executions.</summary>
internal sealed class JobStates(World world)
{
    /// <summary>Updates the states of jobs that changed.</summary>
    public void Settle()
    {
        foreach (var job in world.Jobs)
            if (job.Unsettled) Settle(job);
    }

    private void Settle(SimJob job)
    {
        job.Unsettled = false;
        var (state, message) = StateOf(job);
        if (state == job.State && message == job.Message) return;
        if (state != job.State)
            world.Tell(job, $"Job {state}: {message}", ("old_state", job.State), ("new_state", state));
        job.State = state;
        job.Message = message;
        world.Touch(job);
    }

    private (string State, string Message) StateOf(SimJob job)
    {
        var live = job.LiveCount;
        if (job.Deleted) return ("deleted", "Job deleted");
        if (job.Stopped) return live == 0 ? ("stopped", "Job stopped") : (job.State is "stopped" ? "running" : job.State, $"Stopping, {live} executions left");
        var rollout = world.Face == Generation.Rollout;
        switch (job.Deployment)
        {
            case { State: DeploymentState.Pending }: return ("queued", "No connected node matches the selector");
            case { State: DeploymentState.Paused } paused: return (rollout ? "rollout_paused" : "running", paused.Message);
            case { State: DeploymentState.InProgress } open when rollout: return ("deploying", open.Message);
            case { State: DeploymentState.InProgress, From: 0, Updated: 0 } first: return ("pending", first.Message);
            case { State: DeploymentState.InProgress } open: return ("running", open.Message);
            case { State: DeploymentState.Failed } failed when rollout: return ("rollout_failed", failed.Message);
            case { State: DeploymentState.Failed, From: 0 } failed: return ("failed", failed.Message);
            case { } done when job.IsOneShot && live == 0:
                return done.Updated == 0 && done.Failed > 0 ? ("failed", $"Failed on {done.Failed} nodes")
                    : ("completed", $"Completed on {done.Updated} nodes" + (done.Failed > 0 ? $", failed on {done.Failed}" : ""));
            default: break;
        }
        var degraded = job.Live[(int)ActualState.Degraded];
        if (degraded > 0) return (rollout ? "degraded" : "running", $"{degraded} of {live} executions degraded");
        return ("running", $"Job running on {live} nodes");
    }
}
