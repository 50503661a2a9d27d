namespace ExecutionDashboard.Fleet.Attention;

/// <summary>Kinds of problems. Their codes (<see cref="ProblemCauses.CodeOf"/>) are stable: they are in addresses, metrics and notifications.</summary>
public enum ProblemCause
{
    /// <summary>Wanted running and pending too long on a connected node: the control plane's message got lost.</summary>
    DispatchLost,
    /// <summary>Pending or starting on a node that is disconnected or lost.</summary>
    UnreachableNode,
    /// <summary>A job is queued, and no node matches its selector.</summary>
    NoMatchingNode,
    /// <summary>Starting for too long.</summary>
    StuckStarting,
    /// <summary>Validating for too long.</summary>
    StuckValidating,
    /// <summary>Stopping for too long.</summary>
    StuckStopping,
    /// <summary>Degraded for too long.</summary>
    StuckDegraded,
    /// <summary>Wanted stopped, and still running.</summary>
    IgnoresStop,
    /// <summary>Failed, and no common cause explains it.</summary>
    Failed,
    /// <summary>One error on nearly all nodes of a version.</summary>
    SpecFault,
    /// <summary>Many jobs fail on one node and run elsewhere.</summary>
    NodeFault,
    /// <summary>Failures share a trait of their nodes that the healthy have not.</summary>
    CohortFault,
    /// <summary>Many nodes lost contact within two minutes.</summary>
    Outage,
    /// <summary>A node is disconnected or lost, by itself.</summary>
    NodeUnreachable,
    /// <summary>An execution is replaced again and again.</summary>
    RestartLoop,
    /// <summary>A node connects again and again.</summary>
    FlappingNode,
    /// <summary>A canary is healthy and waits for its promotion.</summary>
    AwaitingPromotion,
    /// <summary>A rollout is paused.</summary>
    RolloutPaused,
    /// <summary>A rollout does not move at its own pace.</summary>
    RolloutStalled,
    /// <summary>A rollout is near its limit of failures.</summary>
    RolloutNearLimit,
    /// <summary>The health deadline of a rollout is near.</summary>
    RolloutDeadline,
    /// <summary>A rollout failed and was not rolled back.</summary>
    RolloutFailed,
    /// <summary>A rollout was rolled back.</summary>
    RolledBack,
    /// <summary>Runs an older version after its rollout completed.</summary>
    Outdated,
    /// <summary>A connected node whose last heartbeat is stale.</summary>
    StaleHeartbeat,
    /// <summary>A node's disk is nearly full.</summary>
    DiskNearlyFull,
    /// <summary>A node's memory is nearly full.</summary>
    MemoryNearlyFull,
    /// <summary>A node's credential ends soon.</summary>
    CredentialEnding,
    /// <summary>A node's clock, or the control plane's, is off.</summary>
    ClockSkew,
    /// <summary>A node's agent is far behind the fleet's.</summary>
    AgentBehind,
    /// <summary>The changes of a job become real too slowly for its objective.</summary>
    ConvergenceSlow,
    /// <summary>The control plane does not answer.</summary>
    ControlPlaneUnreachable,
    /// <summary>The feed is gone.</summary>
    FeedLost,
    /// <summary>The change log cannot be written.</summary>
    LogUnwritable,
    /// <summary>Objects could not be read, or the list is not complete.</summary>
    ListIncomplete,
}

/// <summary>The codes of the causes.</summary>
public static class ProblemCauses
{
    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<ProblemCause> All { get; } = Enum.GetValues<ProblemCause>();

    private static readonly string[] Codes = [.. All.Select(cause => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(cause.ToString()))];

    /// <summary>The code of a cause, such as <c>dispatch-lost</c>.</summary>
    public static string CodeOf(ProblemCause cause) => Codes[(int)cause];

    /// <summary>The cause of a code; null when it is none.</summary>
    public static ProblemCause? Find(string code) => Array.IndexOf(Codes, code) is >= 0 and var index ? (ProblemCause)index : null;
}
