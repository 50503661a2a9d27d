using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed.Audit;

/// <summary>Options of the audit.</summary>
/// <param name="Retention">How long rows are kept at least, 1 day – 100 years. Up to a day longer, since they are deleted once a day.</param>
internal sealed record AuditOptions(TimeSpan Retention)
{
    private const string RetentionKey = "Audit:Retention";
    private static readonly TimeSpan Usual = TimeSpan.FromDays(365), Shortest = TimeSpan.FromDays(1), Longest = TimeSpan.FromDays(36_500);

    /// <summary>The settings.</summary>
    public static IReadOnlyList<string> Keys { get; } = [RetentionKey];

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">One makes no sense; the message names it.</exception>
    public static AuditOptions Read(IConfiguration configuration)
    {
        if (configuration[RetentionKey]?.Trim() is not { Length: > 0 } text) return new(Usual);
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var retention) && retention >= Shortest && retention <= Longest ? new(retention)
            : throw new OptionsValidationException(RetentionKey, typeof(AuditOptions), [$"{RetentionKey} is '{text}': it must be 1.00:00:00 to 36500.00:00:00 (days.hours:minutes:seconds)."]);
    }
}
