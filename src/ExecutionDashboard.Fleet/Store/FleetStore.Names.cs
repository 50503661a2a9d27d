using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>Whether a job, node or deployment has this id or name, or one that matches; true for other fields.</summary>
    public bool Knows(FilterField field, FilterValue value) => GroupsOf(field) is not { } groups || _gate.Read(() => groups.Named(value).Length > 0);

    /// <summary>Whether a job, node or deployment meets all conditions of a filter on what it is.</summary>
    public bool Meets(Filter filter, FilterField field, string id) => GroupsOf(field) is not { } groups || _gate.Read(() =>
    {
        var number = groups.Find(id)?.Number ?? -1;
        foreach (var condition in filter)
            if (condition.Field == field && condition.Values.Any(v => groups.Named(v).Contains(number)) == condition.Not) return false;
        return true;
    });

    private GroupTable? GroupsOf(FilterField field) => field switch
    {
        FilterField.Job => _table.Jobs,
        FilterField.Node => _table.Nodes,
        FilterField.Deployment => _table.Deployments,
        _ => null,
    };
}
