using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Overview;

/// <summary>
/// What the overview shows of the fleet at one moment, drawn as far as it is the same for all viewers. Cost does not grow with the number of
/// executions.
/// </summary>
public sealed record FleetOverview
{
    // An address has its limits; past them the list is of every execution that has not ended.
    private const int MostNodesInAddress = 40;
    private const int MostFailures = 12;

    /// <summary>Most deployments shown.</summary>
    public const int MostDeployments = 8;

    // What counts as a failure: failed, degraded and lost, and nothing has replaced it; newest first.
    private static readonly ExecutionQuery Failing = new()
    {
        Scope = ExecutionScope.Current,
        States = [ExecutionState.Of(KnownExecutionState.Failed), ExecutionState.Of(KnownExecutionState.Degraded), ExecutionState.Of(KnownExecutionState.Lost)],
    };

    /// <summary>Address of the list of all deployments in progress.</summary>
    public static string DeploymentsAddress { get; } = new DeploymentQuery { States = ["pending", "in_progress", "paused"] }.ToString();

    /// <summary>Address of the list of all failures.</summary>
    public static string FailuresAddress { get; } = ExecutionListUrl.For(Failing);

    /// <summary>The fleet has been loaded: what is none is none.</summary>
    public required bool IsLoaded { get; init; }
    /// <summary>How many there are of what, each with the address of its list.</summary>
    public required IReadOnlyList<(string Text, string Address)> Sizes { get; init; }
    /// <summary>Counts of executions.</summary>
    public required IReadOnlyList<CountTile> Tiles { get; init; }
    /// <summary>The newest failures, each the content of its place in the list.</summary>
    public required IReadOnlyList<(string Id, MarkupString Item)> Failures { get; init; }
    /// <summary>Failures there are.</summary>
    public required int FailureCount { get; init; }
    /// <summary>The newest deployments in progress, each the content of its place in the list.</summary>
    public required IReadOnlyList<(string Id, MarkupString Item)> Deployments { get; init; }
    /// <summary>Deployments in progress.</summary>
    public required int DeploymentCount { get; init; }

    /// <summary>The overview of a fleet.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="isLoaded">It has been loaded whole.</param>
    /// <param name="standings">Its deployments.</param>
    public static FleetOverview Of(FleetStore store, bool isLoaded, RolloutSummaries standings)
    {
        var counts = store.Counts(ExecutionScope.Current);
        var nodes = store.Nodes;
        var down = nodes.Where(n => !n.IsConnected).ToList();
        var failures = store.Page(Failing, MostFailures);
        var deployments = store.Deployments.Where(d => d.IsOpen).ToList();
        return new()
        {
            IsLoaded = isLoaded,
            Sizes = [.. SizesOf(store, counts.Total, down, isLoaded)],
            Tiles = CountTile.Of(counts, LastKnownAddress(down), isLoaded),
            Failures = [.. failures.Items.Select(e => (e.Id, Draw(e, store)))],
            FailureCount = failures.Total,
            Deployments = [.. deployments.Take(MostDeployments).Select(d => (d.Id, Draw(standings.Of(d).Bar, store)))],
            DeploymentCount = deployments.Count,
        };
    }

    private static IEnumerable<(string Text, string Address)> SizesOf(FleetStore store, int executions, List<Node> down, bool isLoaded)
    {
        string Count(int number, string noun) => number == 0 && !isLoaded ? $"– {noun}s" : Format.Count(number, noun);
        string Nodes(NodeQuery query) => new NodeListUrl(query, NodeColumns.Default).ToString();
        yield return (Count(executions, "current execution"), ExecutionListUrl.For(new() { Scope = ExecutionScope.Current }));
        yield return (Count(store.NodeCount, "node"), Nodes(NodeQuery.All));
        if (down.Count > 0) yield return ($"{Format.Count(down.Count)} not connected", Nodes(new() { Connections = [.. down.Select(n => n.Connection).Distinct(StringComparer.OrdinalIgnoreCase)] }));
        if (store.NodesByConnection.GetValueOrDefault(FleetStore.StaleConnection) is > 0 and var stale)
            yield return (Format.Count(stale, "stale heartbeat"), Nodes(new() { Connections = [FleetStore.StaleConnection] }));
        yield return (Count(store.Jobs.Count, "job"), "jobs");
    }

    // What has not ended on the nodes that are not connected.
    private static string LastKnownAddress(List<Node> down) => ExecutionListUrl.For(new()
    {
        Scope = ExecutionScope.Current, States = [.. ExecutionState.All.Where(s => !s.IsTerminal)],
        Nodes = down.Count is > 0 and <= MostNodesInAddress ? [.. down.Select(n => n.Id)] : [],
    });

    private static MarkupString Draw(Execution failure, FleetStore store)
    {
        var job = store.FindJob(failure.JobId)?.DisplayName ?? failure.JobId;
        var node = store.FindNode(failure.NodeId)?.DisplayName ?? failure.NodeId;
        return Markup.Of(
            $"""<a href="{ExecutionView.Address(failure.Id)}">{StateChip.Of(failure.Actual.State, false)} <span class="name">{job} v{failure.JobVersion}</span> <span class="quiet">on {node}</span> <span class="failure-time quiet">{At.Of(failure.UpdatedAt)}</span> <span class="failure-reason">{Masked.Text(Reason(failure))}</span></a>""");
    }

    private static MarkupString Draw(DeploymentProgress progress, FleetStore store) => Markup.Of(
        $"""<a href="{DeploymentLabels.Address(progress.Deployment.Id)}"><span class="deployment-head"><span class="name">{DeploymentLabels.JobName(progress.Deployment, store)}</span> <span class="quiet">{progress.Versions}</span> <span class="deployment-state {progress.Deployment.State}">{progress.Phase}</span></span> {StateBar.Of(progress.Parts, progress.Rest, progress.Words, isRestUnknown: progress.IsRestUnknown)}</a>""");

    // Why it failed, as far as the server says.
    private static string Reason(Execution execution)
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
