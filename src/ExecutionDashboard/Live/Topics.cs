namespace ExecutionDashboard.Live;

/// <summary>What a page can ask to be told of.</summary>
[Flags]
public enum Topics
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>An execution changed, came or went.</summary>
    Executions = 1,
    /// <summary>A node did.</summary>
    Nodes = 2,
    /// <summary>A job did.</summary>
    Jobs = 4,
    /// <summary>A deployment did.</summary>
    Deployments = 8,
    /// <summary>The connection to feed or control plane did, or the progress of a load.</summary>
    Status = 16,
    /// <summary>A command of an operator did.</summary>
    Operations = 32,
    /// <summary>The time: every ten seconds, for who shows words that depend on it.</summary>
    Clock = 64,
    /// <summary>What needs attention did.</summary>
    Problems = 128,
    /// <summary>Anything in the fleet.</summary>
    Fleet = Executions | Nodes | Jobs | Deployments,
}
