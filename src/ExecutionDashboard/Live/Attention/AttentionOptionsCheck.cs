using ExecutionDashboard.Fleet.Attention;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Live.Attention;

/// <summary>Refuses what makes no sense, by the name of the key.</summary>
internal sealed class AttentionOptionsCheck : IValidateOptions<AttentionOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromDays(7);

    private static readonly (string Name, Func<AttentionOptions, TimeSpan> Of, TimeSpan Least, TimeSpan Most)[] Spans =
    [
        (nameof(AttentionOptions.StaleHeartbeat), o => o.StaleHeartbeat, TimeSpan.FromSeconds(45), Longest),
        (nameof(AttentionOptions.DispatchLost), o => o.DispatchLost, Shortest, Longest),
        (nameof(AttentionOptions.StuckStarting), o => o.StuckStarting, Shortest, Longest),
        (nameof(AttentionOptions.StuckValidating), o => o.StuckValidating, Shortest, Longest),
        (nameof(AttentionOptions.StuckStopping), o => o.StuckStopping, Shortest, Longest),
        (nameof(AttentionOptions.StuckDegraded), o => o.StuckDegraded, Shortest, Longest),
        (nameof(AttentionOptions.IgnoresStop), o => o.IgnoresStop, Shortest, Longest),
        (nameof(AttentionOptions.OutageSpan), o => o.OutageSpan, Shortest, Longest),
        (nameof(AttentionOptions.RestartLoopSpan), o => o.RestartLoopSpan, Shortest, Longest),
        (nameof(AttentionOptions.FlappingSpan), o => o.FlappingSpan, Shortest, Longest),
        (nameof(AttentionOptions.NoMatchingNode), o => o.NoMatchingNode, Shortest, Longest),
        (nameof(AttentionOptions.RolloutStalled), o => o.RolloutStalled, Shortest, Longest),
        (nameof(AttentionOptions.RolloutDeadline), o => o.RolloutDeadline, Shortest, Longest),
        (nameof(AttentionOptions.RolledBack), o => o.RolledBack, Shortest, TimeSpan.FromDays(30)),
        (nameof(AttentionOptions.Outdated), o => o.Outdated, Shortest, Longest),
        (nameof(AttentionOptions.CredentialEnding), o => o.CredentialEnding, Shortest, TimeSpan.FromDays(365)),
        (nameof(AttentionOptions.ClockSkew), o => o.ClockSkew, TimeSpan.FromSeconds(2), Longest),
        (nameof(AttentionOptions.ControlPlaneUnreachable), o => o.ControlPlaneUnreachable, Shortest, Longest),
        (nameof(AttentionOptions.FeedLost), o => o.FeedLost, Shortest, Longest),
        (nameof(AttentionOptions.LogUnwritable), o => o.LogUnwritable, Shortest, Longest),
        (nameof(AttentionOptions.ListIncomplete), o => o.ListIncomplete, Shortest, Longest),
    ];

    private static readonly (string Name, Func<AttentionOptions, int> Of, int Least, int Most)[] Counts =
    [
        (nameof(AttentionOptions.OutageNodes), o => o.OutageNodes, 2, 100_000),
        (nameof(AttentionOptions.NodeFaultJobs), o => o.NodeFaultJobs, 2, 1_000),
        (nameof(AttentionOptions.SpecFaultNodes), o => o.SpecFaultNodes, 2, 100_000),
        (nameof(AttentionOptions.SpecFaultPercent), o => o.SpecFaultPercent, 50, 100),
        (nameof(AttentionOptions.CohortNodes), o => o.CohortNodes, 2, 100_000),
        (nameof(AttentionOptions.RestartLoopLinks), o => o.RestartLoopLinks, 2, 50),
        (nameof(AttentionOptions.FlappingConnects), o => o.FlappingConnects, 2, 16),
        (nameof(AttentionOptions.RolloutNearLimit), o => o.RolloutNearLimit, 1, 100),
        (nameof(AttentionOptions.DiskPercent), o => o.DiskPercent, 50, 100),
        (nameof(AttentionOptions.MemoryPercent), o => o.MemoryPercent, 50, 100),
        (nameof(AttentionOptions.AgentBehindPercent), o => o.AgentBehindPercent, 50, 100),
    ];

    public ValidateOptionsResult Validate(string? name, AttentionOptions options)
    {
        string[] refused =
        [
            .. Spans.Where(s => s.Of(options) < s.Least || s.Of(options) > s.Most)
                .Select(s => $"{AttentionOptions.Section}:{s.Name} is {s.Of(options)}: it must be {s.Least} to {s.Most} (days.hours:minutes:seconds)."),
            .. Counts.Where(c => c.Of(options) < c.Least || c.Of(options) > c.Most)
                .Select(c => $"{AttentionOptions.Section}:{c.Name} is {c.Of(options)}: it must be {c.Least} to {c.Most}."),
        ];
        return refused.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(refused);
    }
}
