namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>Actual state of an execution, in the order of <see cref="StateNames"/>.</summary>
internal enum ActualState : byte { Pending, Starting, Validating, Running, Degraded, Completed, Failed, Lost, Stopping, Stopped }

/// <summary>Desired state of an execution.</summary>
internal enum DesiredState : byte { Pending, Running, Stopped }

/// <summary>The planned step of an execution.</summary>
internal enum ExecutionPlan : byte { None, Start, Run, Stabilise, Fail, Degrade, Recover, Complete, Stop, Stopped, Replace }

/// <summary>Connection state of a node.</summary>
internal enum Connection : byte { Connected, Connecting, Disconnected, Lost }

/// <summary>The planned step of a node.</summary>
internal enum NodePlan : byte { None, Disconnect, Lose, Return, Settle }

/// <summary>State of a deployment.</summary>
internal enum DeploymentState : byte { Pending, InProgress, Paused, Completed, Failed, Canceled, RolledBack }

/// <summary>Kind of a deployment.</summary>
internal enum DeploymentKind : byte { Create, Update, Restart, Rollback }

/// <summary>Kind of a rollout strategy.</summary>
internal enum StrategyKind : byte { Immediate, Rolling, Canary }

/// <summary>Names of states in the API.</summary>
internal static class StateNames
{
    private static readonly string[] Actual =
        ["pending", "starting", "validating", "running", "degraded", "completed", "failed", "lost", "stopping", "stopped"];

    /// <summary>Number of states of an execution.</summary>
    public static int Count => Actual.Length;

    /// <summary>Name of an execution's state in a generation.</summary>
    public static string Of(ActualState state, Generation face) =>
        state == ActualState.Completed && face == Generation.Deployment ? "complete" : Actual[(int)state];

    /// <summary>Name of a desired state.</summary>
    public static string Of(DesiredState state) =>
        state switch { DesiredState.Pending => "pending", DesiredState.Running => "running", _ => "stopped" };

    /// <summary>Name of a connection.</summary>
    public static string Of(Connection state) =>
        state switch { Connection.Connected => "connected", Connection.Connecting => "connecting", Connection.Disconnected => "disconnected", _ => "lost" };

    /// <summary>Name of a deployment's state.</summary>
    public static string Of(DeploymentState state) => state switch
    {
        DeploymentState.Pending => "pending",
        DeploymentState.InProgress => "in_progress",
        DeploymentState.Paused => "paused",
        DeploymentState.Completed => "completed",
        DeploymentState.Failed => "failed",
        DeploymentState.Canceled => "canceled",
        _ => "rolled_back",
    };

    /// <summary>Name of a deployment's kind.</summary>
    public static string Of(DeploymentKind kind) =>
        kind switch { DeploymentKind.Create => "create", DeploymentKind.Update => "update", DeploymentKind.Restart => "restart", _ => "rollback" };

    /// <summary>Whether an execution in this state has ended.</summary>
    public static bool IsTerminal(ActualState state) =>
        state is ActualState.Completed or ActualState.Failed or ActualState.Lost or ActualState.Stopped;
}
