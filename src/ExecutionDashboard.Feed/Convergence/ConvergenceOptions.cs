using System.Globalization;
using ExecutionDashboard.Fleet.Filters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed.Convergence;

/// <summary>What convergence is measured against.</summary>
/// <param name="Objective">What a change should take at most, where the job's <c>meta</c> has none; 1 second – 7 days.</param>
/// <param name="Target">Share of changes that should, 0.5 – 1.</param>
internal sealed record ConvergenceOptions(TimeSpan Objective, double Target)
{
    /// <summary>Somebody set <see cref="Objective"/>: a job that is slower is a problem. The default is only what is measured against.</summary>
    public bool IsSet { get; init; }

    private const string ObjectiveSetting = "Convergence:Objective", TargetSetting = "Convergence:Target";
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromDays(7);

    /// <summary>The settings.</summary>
    public static IReadOnlyList<string> Keys { get; } = [ObjectiveSetting, TargetSetting];

    /// <summary>The defaults.</summary>
    public static ConvergenceOptions Usual { get; } = new(TimeSpan.FromMinutes(5), 0.95);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">One makes no sense; the message names it.</exception>
    public static ConvergenceOptions Read(IConfiguration configuration)
    {
        var options = Usual;
        if (configuration[ObjectiveSetting]?.Trim() is { Length: > 0 } text)
            options = options with
            {
                IsSet = true,
                Objective = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var objective) && objective >= Shortest && objective <= Longest ? objective
                    : throw Problem(ObjectiveSetting, $"{ObjectiveSetting} is '{text}': it must be 00:00:01 to 7.00:00:00 (days.hours:minutes:seconds)."),
            };
        if (configuration[TargetSetting]?.Trim() is { Length: > 0 } share)
            options = options with
            {
                Target = double.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var target) && target is >= 0.5 and <= 1 ? target
                    : throw Problem(TargetSetting, $"{TargetSetting} is '{share}': it must be 0.5 to 1, such as 0.95."),
            };
        return options;
    }

    /// <summary>The objective in a job's <c>meta</c>; null for one that is none, or out of range.</summary>
    public static TimeSpan? OfMeta(string? text) => FilterTime.TrySpan(text?.Trim() ?? "", out var span) && span >= Shortest && span <= Longest ? span : null;

    private static OptionsValidationException Problem(string key, string message) => new(key, typeof(ConvergenceOptions), [message]);
}
