using ExecutionDashboard.Components.Shared;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Pages.Overview;

/// <summary>What the overview shows of the fleet at one moment. Cost does not grow with the number of executions.</summary>
public sealed record FleetOverview(
    StateCounts Counts, int Nodes, IReadOnlyList<Node> Down, IReadOnlyList<Execution> Failures, int FailureCount, IReadOnlyList<DeploymentProgress> Deployments)
{
    // An address has its limits; past them the list is of every execution that has not ended.
    private const int MostNodesInAddress = 40;

    /// <summary>Most failures shown.</summary>
    public const int MostFailures = 12;

    /// <summary>Most deployments shown.</summary>
    public const int MostDeployments = 8;

    /// <summary>An empty fleet.</summary>
    public static FleetOverview Empty { get; } = new(StateCounts.Empty, 0, [], [], 0, []);

    /// <summary>What counts as a failure: failed, degraded and lost, newest first.</summary>
    public static ExecutionQuery Failing { get; } = new()
    {
        States = [ExecutionState.Of(KnownExecutionState.Failed), ExecutionState.Of(KnownExecutionState.Degraded), ExecutionState.Of(KnownExecutionState.Lost)],
    };

    /// <summary>Nodes that are not connected.</summary>
    public int NodesDown => Down.Count;

    /// <summary>What has not ended on the nodes that are not connected.</summary>
    public ExecutionQuery LastKnown => new()
    {
        States = [.. ExecutionState.All.Where(s => !s.IsTerminal)],
        Nodes = Down.Count is > 0 and <= MostNodesInAddress ? [.. Down.Select(n => n.Id)] : [],
    };

    /// <summary>A moment without its part of a second, so that an address made of it does not change with every tick.</summary>
    public static DateTimeOffset Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    /// <summary>The overview of a fleet.</summary>
    public static FleetOverview Of(FleetStore store)
    {
        var failures = store.Page(Failing, MostFailures);
        var nodes = store.Nodes;
        return new(
            store.Counts, nodes.Count, [.. nodes.Where(n => !n.IsConnected)], failures.Items, failures.Total,
            [.. store.Deployments.Where(d => d.IsOpen).Select(d => DeploymentProgress.Of(d, store))]);
    }

    /// <summary>Name of an execution's job with the version.</summary>
    public static string JobName(FleetStore store, Execution execution) =>
        $"{store.FindJob(execution.JobId)?.DisplayName ?? execution.JobId} v{execution.JobVersion}";

    /// <summary>Name of an execution's node.</summary>
    public static string NodeName(FleetStore store, Execution execution) => store.FindNode(execution.NodeId)?.DisplayName ?? execution.NodeId;

    /// <summary>Why it failed, as far as the server says.</summary>
    public static string Reason(Execution execution)
    {
        var code = execution.Details?.GetValueOrDefault("error_code") ?? execution.Actual.Details?.GetValueOrDefault("error_code");
        return (execution.Actual.Message, code) switch
        {
            ({ Length: > 0 } message, { Length: > 0 } error) => $"{message} ({error})",
            ({ Length: > 0 } message, _) => message,
            (_, { Length: > 0 } error) => error,
            _ => "The server gives no reason.",
        };
    }
}
