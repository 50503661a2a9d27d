using Microsoft.Extensions.Hosting.Systemd;

namespace ExecutionDashboard.Hosting.Systemd;

/// <summary>Tells systemd three times within its limit that timers and the thread pool of this process work. When it does not, systemd restarts the service.</summary>
internal sealed class SystemdWatchdog(ISystemdNotifier systemd, TimeSpan limit, TimeProvider time) : BackgroundService
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(limit / 3, time);
        do systemd.Notify(Alive);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
