using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Components.Pages.Jobs;

/// <summary>The filters of jobs, as the list shows them.</summary>
public static class JobFilterList
{
    /// <summary>States and types have toggles and no chip.</summary>
    public static FilterList List { get; } = new(JobQuery.Vocabulary)
    {
        HasToggle = (condition, value, _) => condition is { Field: FilterField.State or FilterField.Type, Not: false } && !value.IsPattern,
        Choices = (field, store) => field switch
        {
            FilterField.Job => store.Jobs.Select(j => j.DisplayName).Distinct().Select(name => new FilterChoice(name)),
            FilterField.State => store.Jobs.CountBy(j => j.State).Select(s => new FilterChoice(s.Key, "", s.Value)),
            FilterField.Type => store.Jobs.CountBy(j => j.Type).Select(t => new FilterChoice(t.Key, "", t.Value)),
            FilterField.Namespace => store.Jobs.CountBy(j => j.Namespace).Select(n => new FilterChoice(n.Key, "", n.Value)),
            FilterField.Label => store.Jobs.SelectMany(j => j.Labels).Where(l => Masked.Pair(l.Key, l.Value) == l.Value).CountBy(l => $"{l.Key}={l.Value}").OrderBy(l => l.Key, Fleet.NaturalOrder.Instance).Select(l => new FilterChoice(l.Key, "", l.Value)),
            _ => null,
        },
        FieldName = field => field == FilterField.For ? "unchanged" : null,
        ValueName = (field, value) => field switch
        {
            FilterField.State => JobLabels.State(value),
            FilterField.Type when value.Length == 0 => "no type",
            _ => null,
        },
    };
}
