using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine.Stories;

/// <summary>Takes a scenario's nodes off the network while their wave is on its way.</summary>
internal sealed class StagedOutage(World world, NodeLife nodes)
{
    private bool _over = world.Scenario?.Outage is null;

    /// <summary>Begins the outage when its time has come.</summary>
    public void Advance()
    {
        if (_over) return;
        var outage = world.Scenario!.Outage!;
        var deployment = world.Jobs.Find(j => j.LeftAlone)?.Deployment;
        // After a restart in the middle of it, what fell silent for good is silent still.
        if (deployment is not { IsOpen: true } || deployment.CurrentWave > outage.Wave || world.Nodes.Exists(n => n.SilentSince != 0))
        {
            _over = true;
            return;
        }
        if (deployment.CurrentWave < outage.Wave || !HasBegun(deployment)) return;
        _over = true;
        for (var i = 0; i < outage.InWave.Count; i++) Silence(deployment, deployment.Cursor - 1 - i, outage.InWave[i]);
        Silence(deployment, deployment.WaveStart - 1, outage.Before);
        Silence(deployment, deployment.Cursor, outage.After);
    }

    private static bool HasBegun(SimDeployment deployment)
    {
        for (var i = deployment.WaveStart; i < deployment.Cursor; i++)
            if (deployment.Targets[i].CurrentOf(deployment.Job) is { } execution && execution.Deployment == deployment && execution.Actual != ActualState.Pending) return true;
        return false;
    }

    private void Silence(SimDeployment deployment, int target, TimeSpan away)
    {
        if (target >= 0 && target < deployment.Targets.Length) nodes.Silence(deployment.Targets[target], world.Span(away));
    }
}
