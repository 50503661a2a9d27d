using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.Bulk;
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
    protected override IReadOnlyList<DeploymentColumn> Standard => Replica.Store.Planes.AreSeveral ? DeploymentColumns.DefaultWithPlane : DeploymentColumns.Default;

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

    /// <inheritdoc/>
    protected override IEnumerable<(string Code, string Word)> Groupings => [("job", "Job"), ("state", "State"), ("strategy", "Strategy"), .. Replica.Store.Planes.AreSeveral ? ((string, string)[])[("plane", "Plane")] : []];

    /// <inheritdoc/>
    protected override Func<string, GroupedEntity?>? GrouperOf(FleetStore store, string grouping)
    {
        Func<Deployment, (string Key, string Name)>? group = grouping switch
        {
            "job" => d => (d.JobId, store.FindJob(d.JobId)?.DisplayName ?? (d.JobId.Length > 0 ? d.JobId : "no job")),
            "plane" => d => (store.Planes.Of(d.Id), store.Planes.Of(d.Id)),
            "state" => d => (d.State, DeploymentLabels.State(d.State)),
            "strategy" => d => RolloutSummary.StrategyOf(d, store)?.Kind is { Length: > 0 } kind ? (kind, kind) : ("", "no strategy"),
            _ => null,
        };
        return group is null ? null : id => store.FindDeployment(id) is { } deployment && group(deployment) is var (key, name) ? new(id, key, name, deployment.State) : null;
    }

    /// <inheritdoc/>
    protected override GroupPart PartOf(string state, int count)
    {
        var (icon, css) = state switch
        {
            "failed" => ("failed", "st-failed"),
            "paused" => ("pause", "st-degraded"),
            "in_progress" or "running" => ("starting", "st-starting"),
            "pending" => ("pending", "st-pending"),
            "completed" or "complete" or "successful" => ("completed", "st-completed"),
            _ => ("other", "st-other"),
        };
        return new(css, Icon.Of(icon), DeploymentLabels.State(state), count);
    }

    /// <inheritdoc/>
    protected override string Narrowed(EntityGroup group) => ViewAddress.Keep(WithColumns((Grouping switch
    {
        "job" => _query with { Jobs = [group.Key] },
        "plane" => _query with { Filter = _query.Filter.WithValues(FilterField.Plane, [group.Key]) },
        "state" => _query with { States = [group.Key] },
        _ => _query with { Strategies = [group.Key] },
    }).ToString()), Here);

    /// <inheritdoc/>
    protected override BulkTarget TargetOf(FleetStore store, IReadOnlyList<string> ids) => BulkTarget.OfDeployments(ids);

    private void Go(DeploymentQuery query, bool replace = false) => Navigation.NavigateTo(ViewAddress.Keep(WithLook(query.ToString()), Here), replace: replace);

    private ViewWords ReadView(string address)
    {
        var query = DeploymentQuery.Parse(address);
        return Look(address, query.ToString(), DeploymentFilterList.List.Words(query, Replica.Store));
    }

    // Servers may have other states, so one is unknown only if no deployment has it.
    private bool IsOdd(string state) => Replica.Store.Deployments.Count > 0 && !Replica.Store.Deployments.Any(d => d.State == state);

    private static string Or(string text) => text.Length > 0 ? text : "–";
}
