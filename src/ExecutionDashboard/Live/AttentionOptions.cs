using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Live;

/// <summary>From when on something is marked as needing a person: section <c>Attention</c> of the configuration.</summary>
public sealed class AttentionOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Attention";

    /// <summary>
    /// Age of the last heartbeat of a connected node from which on it is marked, 45 s – 7 days. The control plane's documented default after which a
    /// silent node counts as disconnected; heartbeats come every 15 s, and those of large fleets are passed on every 30 s.
    /// </summary>
    public TimeSpan StaleHeartbeat { get; set; } = TimeSpan.FromSeconds(90);
}

/// <summary>Refuses what makes no sense, by the name of the key.</summary>
internal sealed class AttentionOptionsCheck : IValidateOptions<AttentionOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(45), Longest = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, AttentionOptions options) =>
        options.StaleHeartbeat >= Shortest && options.StaleHeartbeat <= Longest ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{AttentionOptions.Section}:{nameof(options.StaleHeartbeat)} is {options.StaleHeartbeat}: it must be 00:00:45 to 7.00:00:00 (days.hours:minutes:seconds).");
}
