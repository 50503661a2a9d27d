namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>What goes wrong in a scenario.</summary>
internal enum TroubleKind
{
    /// <summary>An execution is placed on its node, and the message to start it gets lost.</summary>
    LostStart,
    /// <summary>An execution is placed on a node that falls silent in the same moment.</summary>
    StartOnSilentNode,
    /// <summary>An execution is started again and stays starting.</summary>
    SlowStart,
    /// <summary>An execution of the new version stays starting, in the middle of the rollout.</summary>
    SlowRollout,
    /// <summary>An execution is started again and stays in validation (rollout generation).</summary>
    SlowValidation,
    /// <summary>An execution is stopped and stays stopping.</summary>
    SlowStop,
    /// <summary>An execution is stopped and goes on as if nothing had been said.</summary>
    IgnoredStop,
    /// <summary>An execution gets degraded and stays so.</summary>
    Degraded,
    /// <summary>An execution fails and is not placed again.</summary>
    Failure,
    /// <summary>Whatever runs on a node fails there.</summary>
    BadNode,
    /// <summary>An execution fails as soon as it runs, and is placed again at once.</summary>
    RestartLoop,
    /// <summary>A job is deployed whose selector no node matches.</summary>
    NoMatch,
    /// <summary>Executions are started again with the version before.</summary>
    OldVersion,
    /// <summary>Somebody pauses the rollout in its second wave.</summary>
    Pause,
    /// <summary>A node's disk is nearly full.</summary>
    FullDisk,
    /// <summary>A node's memory is nearly full.</summary>
    FullMemory,
    /// <summary>A node's credential ends in two days (rollout generation).</summary>
    EndingCredential,
    /// <summary>A node's heartbeats are stamped ten minutes ahead.</summary>
    FastClock,
    /// <summary>A node runs an agent of long ago.</summary>
    OldAgent,
    /// <summary>The control plane answers nothing but 503.</summary>
    Silence,
    /// <summary>The list of executions has an entry that cannot be read.</summary>
    Unreadable,
}

/// <summary>Something that goes wrong, is over after a while, and comes again.</summary>
/// <param name="Kind">What.</param>
/// <param name="First">When it first does, from the start.</param>
/// <param name="Lasts">How long it lasts.</param>
internal sealed record Trouble(TroubleKind Kind, TimeSpan First, TimeSpan Lasts)
{
    /// <summary>How many nodes it is on, from the first by name on that run the scenario's job.</summary>
    public int Nodes { get; init; } = 1;
    /// <summary>Silence after which a node counts as disconnected; null is as the settings say.</summary>
    public TimeSpan? DisconnectedAfter { get; init; }
    /// <summary>Time from one to the next.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(30);
    /// <summary>The scenario's new version is rolled out; without it the fleet is quiet but for the trouble.</summary>
    public bool InRollout => Kind is TroubleKind.SlowRollout or TroubleKind.Pause;
}
