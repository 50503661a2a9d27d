namespace ExecutionDashboard.Simulator.Engine;

/// <summary>What a node reports about an execution's state. Immutable; common ones are shared by many executions.</summary>
/// <param name="Message">The message; may be empty.</param>
internal sealed record Report(string Message)
{
    /// <summary>Error code; empty without one.</summary>
    public string ErrorCode { get; init; } = "";
    /// <summary>A hint for the operator.</summary>
    public string Hint { get; init; } = "";
    /// <summary>The component it comes from, such as <c>output.kafka</c>.</summary>
    public string Component { get; init; } = "";
    /// <summary>Share of messages that failed in the last window, 0–1.</summary>
    public double ErrorRate { get; init; }
    /// <summary>Further details by name; null without any.</summary>
    public KeyValuePair<string, string>[]? Details { get; init; }

    public static readonly Report Placed = new("Execution created, waiting for the node");
    public static readonly Report Starting = new("Pipeline starting");
    public static readonly Report Validating = new("Pipeline started, watching its health");
    public static readonly Report Running = new("Pipeline running");
    public static readonly Report Healthy = new("Pipeline running, healthy");
    public static readonly Report QueryRunning = new("Query running");
    public static readonly Report Recovered = new("Pipeline recovered, error rate back to normal");
    public static readonly Report Completed = new("Query completed");
    public static readonly Report Stopping = new("Stopping, draining in-flight messages");
    public static readonly Report Stopped = new("Stopped on request");
    public static readonly Report Canceled = new("Stopped before it was started");
    public static readonly Report NodeLost = new("Node lost")
    {
        ErrorCode = "NODE_LOST", Component = "scheduler", Hint = "Check the node's power and network; the work is placed again when it returns.",
    };
    public static readonly Report NodeDisconnected = new("Node disconnected while a one-shot execution was running")
    {
        ErrorCode = "NODE_DISCONNECTED", Component = "scheduler", Hint = "Run the query again when the node is back.",
    };
    public static readonly Report DeadlineMissed = new("Not healthy before the deployment's deadline")
    {
        ErrorCode = "HEALTH_DEADLINE_EXCEEDED", Component = "deployment", Hint = "Look into the execution's messages, or allow more time in health_check.deadline.",
    };
}
