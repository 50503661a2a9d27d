using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Components.Pages.Attention;

/// <summary>The filters of problems, as the list shows them.</summary>
public static class AttentionFilterList
{
    /// <summary>Severities, what is mine to decide and what is not acknowledged have toggles and no chip.</summary>
    public static FilterList List { get; } = new(AttentionQuery.Vocabulary)
    {
        HasToggle = (condition, _, _) => condition switch
        {
            { Field: FilterField.Severity, Not: false } => true,
            { Field: FilterField.Is, Values.Count: 1, Value: "mine", Not: false } or { Field: FilterField.Is, Values.Count: 1, Value: "acknowledged", Not: true } => true,
            _ => false,
        },
        Choices = (field, store) => field switch
        {
            FilterField.Cause => ProblemCauses.All.Select(cause => new FilterChoice(ProblemCauses.CodeOf(cause), ProblemLabels.Title(cause))),
            FilterField.Job => JobFilterList.List.Choices(field, store),
            _ => null,
        },
        FieldName = field => field switch { FilterField.For => "open", FilterField.Created => "began", _ => null },
        ValueName = (field, value) => field switch
        {
            FilterField.Cause when ProblemCauses.Find(value) is { } cause => ProblemLabels.Title(cause),
            FilterField.Is when value == "mine" => "mine to decide",
            _ => null,
        },
    };
}
