using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace ExecutionDashboard.Hosting.Systemd;

/// <summary>Running as a service of systemd: it is told when the program listens and when it stops, and its watchdog that the program still works. Elsewhere nothing happens.</summary>
internal static class SystemdHosting
{
    /// <summary>Name of the variable with the watchdog's time, microseconds.</summary>
    internal const string WatchdogVariable = "WATCHDOG_USEC";

    /// <summary>Adds what a service of systemd needs.</summary>
    public static IServiceCollection AddSystemdService(this IServiceCollection services)
    {
        if (!SystemdHelpers.IsSystemdService()) return services;
        services.AddSystemd();
        if (WatchdogTime(Environment.GetEnvironmentVariable(WatchdogVariable)) is { } limit)
            services.AddHostedService(provider => new SystemdWatchdog(provider.GetRequiredService<ISystemdNotifier>(), limit, provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>The time of the variable; null when there is no watchdog.</summary>
    internal static TimeSpan? WatchdogTime(string? microseconds) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time > 0 ? TimeSpan.FromMicroseconds(time) : null;
}
