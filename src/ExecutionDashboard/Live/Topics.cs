namespace ExecutionDashboard.Live;

/// <summary>What a page can subscribe to.</summary>
[Flags]
public enum Topics
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>An execution was added, changed or removed.</summary>
    Executions = 1,
    /// <summary>A node was added, changed or removed.</summary>
    Nodes = 2,
    /// <summary>A job was added, changed or removed.</summary>
    Jobs = 4,
    /// <summary>A deployment was added, changed or removed.</summary>
    Deployments = 8,
    /// <summary>The connection to the feed or the control plane, or the progress of a load, changed.</summary>
    Status = 16,
    /// <summary>A command of an operator changed.</summary>
    Operations = 32,
    /// <summary>Every ten seconds, for texts that depend on the time.</summary>
    Clock = 64,
    /// <summary>What needs attention did.</summary>
    Problems = 128,
    /// <summary>The audit has new rows.</summary>
    Audit = 256,
    /// <summary>Saved views or preferences did.</summary>
    UserData = 1024,
    /// <summary>Somebody began or ended to ask for a command.</summary>
    Presence = 2048,
    /// <summary>A bulk run or one of its items did.</summary>
    Bulk = 512,
    /// <summary>Any entity.</summary>
    Fleet = Executions | Nodes | Jobs | Deployments,
}
