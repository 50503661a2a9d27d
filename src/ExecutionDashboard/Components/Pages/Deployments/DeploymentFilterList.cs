using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>The filters of deployments, as the list shows them.</summary>
public static class DeploymentFilterList
{
    /// <summary>States, strategies and what needs action have toggles and no chip.</summary>
    public static FilterList List { get; } = new(DeploymentQuery.Vocabulary)
    {
        HasToggle = (condition, value, _) => condition is { Field: FilterField.State or FilterField.Strategy, Not: false } && !value.IsPattern
            || condition is { Field: FilterField.Is, Not: false, Values.Count: 1, Value: "waiting" },
        Choices = (field, store) => field switch
        {
            FilterField.Job or FilterField.Label => JobFilterList.List.Choices(field, store),
            FilterField.State => store.Deployments.CountBy(d => d.State).Select(s => new FilterChoice(s.Key, "", s.Value)),
            FilterField.Type => store.Deployments.CountBy(d => d.Type).Select(t => new FilterChoice(t.Key, "", t.Value)),
            FilterField.Namespace => store.Deployments.CountBy(d => d.Namespace).Select(n => new FilterChoice(n.Key, "", n.Value)),
            FilterField.Strategy => store.Deployments.CountBy(d => RolloutSummary.StrategyOf(d, store)?.Kind ?? "").Select(s => new FilterChoice(s.Key, "", s.Value)),
            _ => null,
        },
        FieldName = field => field switch { FilterField.For => "unchanged", FilterField.Created => "started", _ => null },
        ValueName = (field, value) => field switch
        {
            FilterField.State => DeploymentLabels.State(value),
            FilterField.Is when value == "waiting" => "needs action",
            _ => null,
        },
    };
}
