namespace ExecutionDashboard.Fleet.Presence;

/// <summary>A command that somebody is about to give: its dialog is open, or it waits to be sent. What the person types is not part of it.</summary>
public sealed record IntendedCommand
{
    /// <summary>Unique among all dashboards: the id of the process and a number.</summary>
    public required string Id { get; init; }
    /// <summary>Who, as the sign-in names the person; empty where nobody signs in.</summary>
    public string By { get; init; } = "";
    /// <summary>The command, by the name of its kind: <c>Promote</c>.</summary>
    public required string Command { get; init; }
    /// <summary>Kind of what it is for: execution, job or deployment.</summary>
    public FleetKind Kind { get; init; }
    /// <summary>Id of what it is for.</summary>
    public required string TargetId { get; init; }
    /// <summary>The job that the target is of, or the target itself.</summary>
    public string JobId { get; init; } = "";
    /// <summary>Since when, UTC, by the clock of that person's dashboard.</summary>
    public DateTimeOffset Since { get; init; }
}

/// <summary>What dashboards tell the feed of their viewers and open dialogs; of the dialogs it tells all of them.</summary>
/// <param name="Version">Grows with each change in the feed; 0 in what a dashboard tells.</param>
/// <param name="Commands">All that are open, of the dashboard or of all dashboards.</param>
public sealed record PresenceList(long Version, IReadOnlyList<IntendedCommand> Commands)
{
    /// <summary>Whether somebody looks at the dashboard that tells this: the feed then asks the control plane more often. False in what the feed tells.</summary>
    public bool IsWatched { get; init; }
}

/// <summary>Limits of what is shared. The feed cuts what is more.</summary>
public static class PresenceLimits
{
    /// <summary>Commands of one dashboard.</summary>
    public const int PerDashboard = 200;
    /// <summary>Commands of all dashboards.</summary>
    public const int All = 1_000;
    /// <summary>Characters of a name or a command.</summary>
    public const int Name = 100;
    /// <summary>Characters of an id.</summary>
    public const int Id = 512;
    /// <summary>How long the feed keeps what a dashboard told without hearing of it again, when its connection is not closed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    /// <summary>How often a dashboard tells it again.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(3);
}
