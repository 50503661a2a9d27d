using ExecutionDashboard.Live.Past;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>Limits for clients of the dashboard: section <c>Limits</c>. The defaults allow 300 viewers behind one proxy.</summary>
public sealed class LimitsOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Limits";

    /// <summary>Open tabs (circuits) per client address, at least 1.</summary>
    public int CircuitsPerAddress { get; set; } = 400;

    /// <summary>Open tabs in total, at least 1.</summary>
    public int Circuits { get; set; } = 1_000;

    /// <summary>Disconnected tabs that are kept for a reconnect, 0 – 10,000, in addition to the open ones.</summary>
    public int DisconnectedCircuits { get; set; } = 100;

    /// <summary>How long a disconnected tab is kept, 0 – 1 h.</summary>
    public TimeSpan DisconnectedCircuitTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Longest message from a tab, bytes, 16 KB – 4 MB.</summary>
    public int CircuitMessageBytes { get; set; } = 32 * 1024;

    /// <summary>Sustained requests per second of one client address, at least 1.</summary>
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>Requests of one client address in a burst, before <see cref="RequestsPerSecond"/> applies; at least 1.</summary>
    public int RequestBurst { get; set; } = 5_000;

    /// <summary>Concurrent exports, at least 1. Twice as many can wait.</summary>
    public int Exports { get; set; } = 8;

    /// <summary>Executions of all past moments that are looked at at once, at least 1: some 250 bytes each. One moment is always possible.</summary>
    public long PastExecutions { get; set; } = PastStores.MostExecutions;
}

/// <summary>Validates the limits; an error names the setting.</summary>
internal sealed class LimitsOptionsCheck : IValidateOptions<LimitsOptions>
{
    private const int Most = 1_000_000;
    private static readonly TimeSpan LongestKept = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, LimitsOptions options)
    {
        var problems = new List<string>();
        Check(nameof(options.CircuitsPerAddress), options.CircuitsPerAddress, 1, Most);
        Check(nameof(options.Circuits), options.Circuits, 1, Most);
        Check(nameof(options.DisconnectedCircuits), options.DisconnectedCircuits, 0, 10_000);
        Check(nameof(options.CircuitMessageBytes), options.CircuitMessageBytes, 16 * 1024, 4 * 1024 * 1024);
        Check(nameof(options.RequestsPerSecond), options.RequestsPerSecond, 1, Most);
        Check(nameof(options.RequestBurst), options.RequestBurst, 1, Most);
        Check(nameof(options.Exports), options.Exports, 1, 1_000);
        Check(nameof(options.PastExecutions), options.PastExecutions, 1, 1_000_000_000);
        if (options.DisconnectedCircuitTime < TimeSpan.Zero || options.DisconnectedCircuitTime > LongestKept)
            problems.Add($"{LimitsOptions.Section}:{nameof(options.DisconnectedCircuitTime)} is {options.DisconnectedCircuitTime}: it must be 00:00:00 to 01:00:00 (hours:minutes:seconds).");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Check(string key, long value, long least, long most)
        {
            if (value < least || value > most) problems.Add($"{LimitsOptions.Section}:{key} is {value}: it must be {least} to {most}.");
        }
    }
}
