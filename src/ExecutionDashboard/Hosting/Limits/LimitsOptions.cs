using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>How much clients of the dashboard may take of it: section <c>Limits</c> of the configuration. The defaults leave room for 300 viewers behind one proxy.</summary>
public sealed class LimitsOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Limits";

    /// <summary>Open tabs (circuits) of one client address, at least 1.</summary>
    public int CircuitsPerAddress { get; set; } = 400;

    /// <summary>Open tabs of all clients, at least 1.</summary>
    public int Circuits { get; set; } = 1_000;

    /// <summary>Tabs whose connection is lost and that are kept for it to come back, 0 – 10,000. They come on top of the open ones.</summary>
    public int DisconnectedCircuits { get; set; } = 100;

    /// <summary>How long such a tab is kept, 0 – 1 h.</summary>
    public TimeSpan DisconnectedCircuitTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Longest message from a tab, bytes, 16 KB – 4 MB.</summary>
    public int CircuitMessageBytes { get; set; } = 32 * 1024;

    /// <summary>Requests a second of one client address over a while, at least 1.</summary>
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>Requests of one client address at once, before <see cref="RequestsPerSecond"/> counts; at least 1.</summary>
    public int RequestBurst { get; set; } = 5_000;

    /// <summary>Exports that are written at the same time, at least 1. Twice as many wait for their turn.</summary>
    public int Exports { get; set; } = 8;
}

/// <summary>Refuses limits that make no sense, by the name of the key.</summary>
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
        if (options.DisconnectedCircuitTime < TimeSpan.Zero || options.DisconnectedCircuitTime > LongestKept)
            problems.Add($"{LimitsOptions.Section}:{nameof(options.DisconnectedCircuitTime)} is {options.DisconnectedCircuitTime}: it must be 00:00:00 to 01:00:00 (hours:minutes:seconds).");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Check(string key, int value, int least, int most)
        {
            if (value < least || value > most) problems.Add($"{LimitsOptions.Section}:{key} is {value}: it must be {least} to {most}.");
        }
    }
}
