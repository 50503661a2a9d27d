using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>The live list of deployments, newest first.</summary>
public sealed partial class DeploymentsPage
{
    private DeploymentQuery _query = new();
    private IReadOnlyList<string> _states = [];
    private IReadOnlyList<string> _strategies = [];

    [Inject]
    private RolloutSummaries Summaries { get; set; } = null!;

    /// <inheritdoc/>
    protected override string Path => DeploymentQuery.Path;

    /// <inheritdoc/>
    protected override Topics Watched => base.Watched | Topics.Clock;

    /// <inheritdoc/>
    protected override void Read(string address) => _query = DeploymentQuery.Parse(address);

    /// <inheritdoc/>
    protected override IEnumerable<string> Find(FleetStore store)
    {
        _states = [.. store.Deployments.Select(d => d.State).Where(s => s.Length > 0).Concat(_query.States).Distinct().Order(NaturalOrder.Instance)];
        _strategies = [.. store.Deployments.Select(d => RolloutSummary.StrategyOf(d, store)?.Kind ?? "").Where(s => s.Length > 0).Concat(_query.Strategies).Distinct().Order(NaturalOrder.Instance)];
        // Deployments that wait for an operator come first: most visits are for them.
        return store.Deployments.Where(_query.Matcher(store, Summaries.Waits))
            .OrderBy(d => Summaries.Waits(d) ? 0 : d.IsOpen ? 1 : 2).Select(d => d.Id);
    }

    /// <inheritdoc/>
    protected override int CountNew(FleetStore store, IReadOnlySet<string> listed)
    {
        var matches = _query.Matcher(store, Summaries.Waits);
        return store.Deployments.Count(d => !listed.Contains(d.Id) && matches(d));
    }

    /// <inheritdoc/>
    protected override IEnumerable<DeploymentRow> RowsOf(FleetStore store, IEnumerable<string> ids) =>
        ids.Select(store.FindDeployment).OfType<Deployment>().Select(d => DeploymentRow.Of(d, store, Summaries, Operations));

    /// <inheritdoc/>
    protected override string IdOf(DeploymentRow row) => row.Deployment.Id;

    private void Go(DeploymentQuery query, bool replace = false) => Navigation.NavigateTo(ViewAddress.Keep(query.ToString(), Here), replace: replace);

    private ViewWords ReadView(string address)
    {
        var query = DeploymentQuery.Parse(address);
        return new(query.ToString(), DeploymentFilterList.List.Words(query, Replica.Store));
    }

    // Servers may have other states, so one is unknown only if no deployment has it.
    private bool IsOdd(string state) => Replica.Store.Deployments.Count > 0 && !Replica.Store.Deployments.Any(d => d.State == state);

    private static string Or(string text) => text.Length > 0 ? text : "–";
}
