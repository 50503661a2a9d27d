using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Fleet.Changes;

/// <summary>What is different at the end of a range of time from its beginning, and what happened in between and is over, from the change log.</summary>
public sealed record FleetChanges
{
    /// <summary>Most groups of a section, rollouts, jobs, commands and problems that are named; the counts are of all.</summary>
    public const int MostGroups = 50;
    /// <summary>Most things of a group that are named.</summary>
    public const int MostNamed = 20;
    /// <summary>Most changes of the log that are read for one answer: of a range with more, the newest.</summary>
    public const int MostChanges = 1_000_000;

    /// <summary>Start of the range as asked for, UTC.</summary>
    public DateTimeOffset From { get; init; }
    /// <summary>End of the range, UTC; never after now.</summary>
    public DateTimeOffset To { get; init; }
    /// <summary>Start of the change log, UTC; null when it is empty.</summary>
    public DateTimeOffset? KnownSince { get; init; }
    /// <summary>What is compared with <see cref="To"/>: <see cref="From"/>, or a later time where the log begins later or the range has more than <see cref="MostChanges"/> changes. UTC.</summary>
    public DateTimeOffset ComparedFrom { get; init; }
    /// <summary>The range has more than <see cref="MostChanges"/> changes, so that <see cref="ComparedFrom"/> is later than asked for.</summary>
    public bool IsCut { get; init; }
    /// <summary>Number of changes read.</summary>
    public int Changes { get; init; }
    /// <summary>Times within the range when the feed did not watch: of changes in them only the result is known.</summary>
    public IReadOnlyList<WatchGap> Gaps { get; init; } = [];
    /// <summary>Executions and nodes, by kind of change; none that is empty.</summary>
    public IReadOnlyList<ChangeSection> Sections { get; init; } = [];
    /// <summary>Deployments that started, ended or changed their state, newest first.</summary>
    public IReadOnlyList<RolloutChange> Rollouts { get; init; } = [];
    /// <summary>Number of them.</summary>
    public int RolloutCount { get; init; }
    /// <summary>Jobs with another version, another state, or that are new or gone.</summary>
    public IReadOnlyList<JobChange> Jobs { get; init; } = [];
    /// <summary>Number of them.</summary>
    public int JobCount { get; init; }
    /// <summary>Commands that people gave, newest first.</summary>
    public IReadOnlyList<AuditAct> Commands { get; init; } = [];
    /// <summary>There were more commands.</summary>
    public bool MoreCommands { get; init; }
    /// <summary>Problems that were opened, newest first; those that are over have <see cref="ProblemRecord.ResolvedAt"/>.</summary>
    public IReadOnlyList<ProblemRecord> Opened { get; init; } = [];
    /// <summary>Problems that were open before and were resolved, newest first.</summary>
    public IReadOnlyList<ProblemRecord> Resolved { get; init; } = [];

    /// <summary>Nothing is different, and nothing happened in between.</summary>
    public bool IsEmpty => this is { Sections: [], Rollouts: [], Jobs: [], Commands: [], Opened: [], Resolved: [] };
}

/// <summary>Kinds of changes of executions and nodes. An execution stands for the job on its node: the newest that nothing has replaced.</summary>
public enum ChangeKind
{
    /// <summary>Failed or lost at the end, and not at the beginning.</summary>
    Failed,
    /// <summary>Failed or lost at the beginning, and running or completed at the end.</summary>
    Recovered,
    /// <summary>Failed or lost in between only.</summary>
    FailedMeanwhile,
    /// <summary>The job has another version on its node.</summary>
    Moved,
    /// <summary>Nodes connected at the beginning, and not at the end.</summary>
    NodesLost,
    /// <summary>Nodes connected at the end, and not at the beginning.</summary>
    NodesBack,
    /// <summary>Nodes that were not connected in between only.</summary>
    NodesLostMeanwhile,
    /// <summary>New nodes.</summary>
    NodesAdded,
    /// <summary>Nodes that were removed.</summary>
    NodesRemoved,
}

/// <summary>All changes of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">Number of jobs on nodes, or of nodes.</param>
/// <param name="Groups">Largest first; at most <see cref="FleetChanges.MostGroups"/>.</param>
/// <param name="GroupCount">Number of groups.</param>
public sealed record ChangeSection(ChangeKind Kind, int Count, IReadOnlyList<ChangeGroup> Groups, int GroupCount);

/// <summary>Changes with something in common.</summary>
/// <param name="Name">What they have in common: an id of a job, a cause, a value of a label; empty for those that have none.</param>
/// <param name="Count">Their number.</param>
/// <param name="Named">Some of them, newest first; at most <see cref="FleetChanges.MostNamed"/>.</param>
public sealed record ChangeGroup(string Name, int Count, IReadOnlyList<ChangedThing> Named);

/// <summary>A job on a node, or a node.</summary>
public sealed record ChangedThing
{
    /// <summary>The execution that stands there now; empty for a node, or when its id is not kept any more.</summary>
    public string ExecutionId { get; init; } = "";
    /// <summary>The node.</summary>
    public string NodeId { get; init; } = "";
    /// <summary>The job; empty for a node.</summary>
    public string JobId { get; init; } = "";
    /// <summary>Version at the beginning; 0 where it is not known.</summary>
    public int FromVersion { get; init; }
    /// <summary>Version at the end.</summary>
    public int ToVersion { get; init; }
    /// <summary>State at the end.</summary>
    public string State { get; init; } = "";
    /// <summary>Error code or message, secrets masked; empty without.</summary>
    public string Cause { get; init; } = "";
    /// <summary>When it changed last within the range, UTC.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>When the feed saw that, UTC: from then on the fleet of a moment has it.</summary>
    public DateTimeOffset SeenAt { get; init; }
}

/// <summary>What became of a deployment within a range.</summary>
/// <param name="Id">The deployment.</param>
/// <param name="JobId">Its job.</param>
/// <param name="Version">The version that it rolls out; 0 when not sent.</param>
/// <param name="From">State at the beginning; empty when it started within the range.</param>
/// <param name="To">State at the end; empty when it was removed.</param>
/// <param name="At">When it changed last within the range, UTC.</param>
public sealed record RolloutChange(string Id, string JobId, int Version, string From, string To, DateTimeOffset At)
{
    /// <summary>When the feed saw that, UTC: from then on the fleet of a moment has it.</summary>
    public DateTimeOffset SeenAt { get; init; }
}

/// <summary>What became of a job within a range.</summary>
/// <param name="Id">The job.</param>
/// <param name="FromVersion">Version at the beginning; 0 when it is new, or not known any more.</param>
/// <param name="ToVersion">Version at the end.</param>
/// <param name="From">State at the beginning; empty when it is new.</param>
/// <param name="To">State at the end; empty when it was removed.</param>
/// <param name="At">When it changed last within the range, UTC.</param>
public sealed record JobChange(string Id, int FromVersion, int ToVersion, string From, string To, DateTimeOffset At)
{
    /// <summary>When the feed saw its last change, UTC: from then on the fleet of a moment has it.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>It has another spec than at the beginning.</summary>
    public bool HasOtherSpec => FromVersion > 0 && ToVersion > 0 && FromVersion != ToVersion;
}
