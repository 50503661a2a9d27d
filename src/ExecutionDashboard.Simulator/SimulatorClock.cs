using ExecutionDashboard.Simulator.Engine;
using Microsoft.Extensions.Hosting;

namespace ExecutionDashboard.Simulator;

/// <summary>Lets the emulated fleet live while the host runs.</summary>
internal sealed class SimulatorClock(SimulatorEngine engine, TimeProvider clock) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SimulatorEngine.Step, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) engine.AdvanceTo(clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: the fleet stands still.
        }
    }
}
