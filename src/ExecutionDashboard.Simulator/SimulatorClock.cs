using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Storage;
using Microsoft.Extensions.Hosting;

namespace ExecutionDashboard.Simulator;

/// <summary>Advances the simulated fleet while the host runs, and saves it about every second.</summary>
internal sealed class SimulatorClock(FleetPersistence keeper, TimeProvider clock) : BackgroundService
{
    private const int StepsPerSave = 10;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        keeper.Save();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SimulatorEngine.Step, clock);
        try
        {
            for (var step = 1; await timer.WaitForNextTickAsync(stoppingToken); step++)
            {
                keeper.Engine.AdvanceTo(clock.GetUtcNow());
                if (step % StepsPerSave == 0) keeper.Save();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: the fleet stands still.
        }
    }
}
