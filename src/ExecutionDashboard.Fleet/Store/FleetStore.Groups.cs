using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>The matches of a query by group and state. Costs the rows that must be scanned; without filters, and where counts are maintained, the groups alone.</summary>
    public ExecutionGroups Groups(ExecutionQuery query, ExecutionGrouping grouping) => grouping.IsNone ? ExecutionGroups.None : _gate.Read(() =>
    {
        var plan = new QueryPlan(_table, new RowFilter(_table, query, _catalog));
        var numbers = new GroupNumbers(_table, grouping, _catalog);
        var groups = new List<ExecutionGroup>();
        if (plan.IsWhole && Maintained(grouping.Field) is { } maintained)
        {
            for (var number = 0; number < maintained.Count; number++)
                if (maintained[number].Tally is var tally && tally.Total(plan.Scope) > 0) groups.Add(numbers.Group(number, tally.Snapshot(_table.States, plan.Scope)));
        }
        else
        {
            var parts = plan.Scan(() => new GroupTallier(_table, numbers.Of));
            foreach (var part in parts[1..]) parts[0].Add(part);
            foreach (var (number, tally) in parts[0].Tallies) groups.Add(numbers.Group(number, tally.Snapshot(_table.States, ExecutionScope.All)));
        }
        return new ExecutionGroups(grouping, query, groups);
    });

    private GroupTable? Maintained(GroupField field) => field switch
    {
        GroupField.Job => _table.Jobs,
        GroupField.Node => _table.Nodes,
        GroupField.Deployment => _table.Deployments,
        _ => null,
    };
}
