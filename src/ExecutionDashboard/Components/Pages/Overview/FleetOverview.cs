using ExecutionDashboard.Components.Pages.Deployments;
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

    /// <summary>Most deployments shown.</summary>
    public const int MostDeployments = 8;

    /// <summary>Address of the list of all deployments in progress.</summary>
    public static string DeploymentsAddress { get; } = new DeploymentQuery { States = ["pending", "in_progress", "paused"] }.ToString();

    /// <summary>The fleet has been loaded: what is none is none.</summary>
    public required bool IsLoaded { get; init; }
    /// <summary>How many there are of what, each with the address of its list.</summary>
    public required IReadOnlyList<(string Text, string Address)> Sizes { get; init; }
    /// <summary>Counts of executions.</summary>
    public required IReadOnlyList<CountTile> Tiles { get; init; }
    /// <summary>The newest deployments in progress, each the content of its place in the list.</summary>
    public required IReadOnlyList<(string Id, MarkupString Item)> Deployments { get; init; }
    /// <summary>Deployments in progress.</summary>
    public required int DeploymentCount { get; init; }

    /// <summary>The overview of a fleet.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="isLoaded">It has been loaded whole.</param>
    /// <param name="summaries">Its deployments.</param>
    public static FleetOverview Of(FleetStore store, bool isLoaded, RolloutSummaries summaries)
    {
        var counts = store.Counts(ExecutionScope.Current);
        var nodes = store.Nodes;
        var down = nodes.Where(n => !n.IsConnected).ToList();
        var deployments = store.Deployments.Where(d => d.IsOpen).ToList();
        return new()
        {
            IsLoaded = isLoaded,
            Sizes = [.. SizesOf(store, counts.Total, down, isLoaded)],
            Tiles = CountTile.Of(counts, LastKnownAddress(down), isLoaded),
            Deployments = [.. deployments.Take(MostDeployments).Select(d => (d.Id, Draw(summaries.Of(d).Bar, store)))],
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

    private static MarkupString Draw(DeploymentProgress progress, FleetStore store) => Markup.Of(
        $"""<a href="{DeploymentLabels.Address(progress.Deployment.Id)}"><span class="deployment-head"><span class="name">{DeploymentLabels.JobName(progress.Deployment, store)}</span> <span class="quiet">{progress.Versions}</span> <span class="deployment-state {progress.Deployment.State}">{progress.Phase}</span></span> {StateBar.Of(progress.Parts, progress.Rest, progress.Words, isRestUnknown: progress.IsRestUnknown)}</a>""");
}
