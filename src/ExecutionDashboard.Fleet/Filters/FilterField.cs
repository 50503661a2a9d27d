namespace ExecutionDashboard.Fleet.Filters;

/// <summary>What a condition of a filter is about. The order is the order in which conditions are written.</summary>
public enum FilterField
{
    /// <summary>Actual state.</summary>
    State,
    /// <summary>Desired state.</summary>
    Desired,
    /// <summary>Connection of a node.</summary>
    Connection,
    /// <summary>Severity of a problem.</summary>
    Severity,
    /// <summary>Level of a log line.</summary>
    Level,
    /// <summary>Cause of a problem, by its code.</summary>
    Cause,
    /// <summary>A property that is there or not, such as <c>current</c> or <c>unreachable</c>.</summary>
    Is,
    /// <summary>Control plane, by its name in the settings.</summary>
    Plane,
    /// <summary>Job, by id or name.</summary>
    Job,
    /// <summary>Job version.</summary>
    Version,
    /// <summary>Node, by id or name.</summary>
    Node,
    /// <summary>Deployment id.</summary>
    Deployment,
    /// <summary>Namespace.</summary>
    Namespace,
    /// <summary>Type of a job or of a deployment.</summary>
    Type,
    /// <summary>Rollout strategy.</summary>
    Strategy,
    /// <summary>Label expression: see <see cref="Store.Queries.LabelExpression"/>.</summary>
    Label,
    /// <summary>Version of the node's agent.</summary>
    Agent,
    /// <summary>Operating system of the node.</summary>
    System,
    /// <summary>Processor architecture of the node.</summary>
    Architecture,
    /// <summary>Load of a node.</summary>
    Load,
    /// <summary>Execution id.</summary>
    Id,
    /// <summary>Error code.</summary>
    Error,
    /// <summary>Text within the message.</summary>
    Message,
    /// <summary>A field that has a value.</summary>
    Has,
    /// <summary>Time since the last change, as the time in the present state.</summary>
    For,
    /// <summary>Last change.</summary>
    Changed,
    /// <summary>Creation.</summary>
    Created,
    /// <summary>Last heartbeat of a node.</summary>
    Heartbeat,
    /// <summary>When a log line was written.</summary>
    Time,
    /// <summary>Text in ids, names and messages.</summary>
    Text,
}

/// <summary>How the values of a condition are compared.</summary>
public enum FilterTest
{
    /// <summary>Equal to one of the values.</summary>
    OneOf,
    /// <summary>Less than the value; of a span: more recent.</summary>
    Below,
    /// <summary>At most the value.</summary>
    AtMost,
    /// <summary>More than the value; of a span: longer ago.</summary>
    Above,
    /// <summary>At least the value.</summary>
    AtLeast,
}
