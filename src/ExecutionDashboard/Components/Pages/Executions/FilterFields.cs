using System.Globalization;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>Fields that can be filtered.</summary>
public enum EditedField
{
    /// <summary>Job.</summary>
    Job,
    /// <summary>Job version.</summary>
    Version,
    /// <summary>Node.</summary>
    Node,
    /// <summary>Deployment.</summary>
    Deployment,
    /// <summary>Label of node or job.</summary>
    Label,
    /// <summary>Namespace.</summary>
    Namespace,
    /// <summary>Job type.</summary>
    Type,
    /// <summary>Actual state.</summary>
    State,
    /// <summary>Desired state.</summary>
    Desired,
    /// <summary>Whether it is not in its desired state.</summary>
    Drift,
    /// <summary>Updated within a time span.</summary>
    Updated,
    /// <summary>Created within a time span.</summary>
    Created,
}

/// <summary>How each field parses a value, and which values it suggests.</summary>
public static class FilterFields
{
    private const int MostSuggestions = 30;

    /// <summary>Time spans offered: name and length in minutes.</summary>
    public static IReadOnlyList<(string Name, string Minutes)> Spans { get; } =
        [("last 5 minutes", "5"), ("last 15 minutes", "15"), ("last hour", "60"), ("last 6 hours", "360"), ("last day", "1440"), ("last week", "10080")];

    /// <summary>The field's name.</summary>
    public static string Name(EditedField field) => field == EditedField.Drift ? "Not in desired state" : field.ToString();

    /// <summary>Whether the field takes a time span.</summary>
    public static bool IsTime(EditedField field) => field is EditedField.Updated or EditedField.Created;

    /// <summary>Placeholder of the input.</summary>
    public static string Placeholder(EditedField field) => field switch
    {
        EditedField.Label => "region=eu-west, tier in (a,b), !debug",
        EditedField.Version => "7",
        EditedField.Drift => "yes or no",
        _ => "",
    };

    /// <summary>Suggested values with their names.</summary>
    public static IEnumerable<(string Value, string Name)> Suggestions(EditedField field, string typed, FleetStore store)
    {
        IEnumerable<(string Value, string Name)> all = field switch
        {
            EditedField.Job => store.Jobs.Select(j => (j.DisplayName, j.Id)),
            EditedField.Node => store.Nodes.Select(n => (n.DisplayName, n.Id)),
            EditedField.Deployment => store.Deployments.Select(d => (d.Id, store.FindJob(d.JobId)?.DisplayName ?? d.JobId)),
            EditedField.Namespace => store.Namespaces.Select(n => (n, "")),
            EditedField.Type => store.Types.Select(t => (t, "")),
            EditedField.State or EditedField.Desired => ExecutionState.All.Select(s => (s.Name, "")),
            EditedField.Drift => [("yes", ""), ("no", "")],
            EditedField.Label => store.Nodes.Take(2_000).SelectMany(n => n.Labels).Select(l => $"{l.Key}={l.Value}").Distinct().Select(l => (l, "")),
            _ => [],
        };
        return all.Where(s => s.Value.Contains(typed, StringComparison.OrdinalIgnoreCase) || s.Name.Contains(typed, StringComparison.OrdinalIgnoreCase)).Take(MostSuggestions);
    }

    /// <summary>The query with the filter added, or null with the reason. A name adds every job or node that has it.</summary>
    public static (ExecutionQuery? Query, string Problem) Add(ExecutionQuery query, EditedField field, string value, FleetStore store, DateTimeOffset now)
    {
        if (value.Length == 0) return (null, "A value is missing.");
        switch (field)
        {
            case EditedField.Job:
                var jobs = store.Jobs.Where(j => j.Id == value || j.DisplayName.Equals(value, StringComparison.OrdinalIgnoreCase)).Select(j => j.Id).ToArray();
                return jobs.Length == 0 ? (null, $"No job is called '{value}'.") : (query with { Jobs = With(query.Jobs, jobs) }, "");
            case EditedField.Node:
                var nodes = store.Nodes.Where(n => n.Id == value || n.DisplayName.Equals(value, StringComparison.OrdinalIgnoreCase)).Select(n => n.Id).ToArray();
                return nodes.Length == 0 ? (null, $"No node is called '{value}'.") : (query with { Nodes = With(query.Nodes, nodes) }, "");
            case EditedField.Version:
                return int.TryParse(value.TrimStart('v'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                    ? (query with { Versions = [.. query.Versions.Append(version).Distinct()] }, "") : (null, "A version is a whole number.");
            case EditedField.Label:
                return LabelExpression.TryParse(value, out _, out var problem) ? (query with { Labels = With(query.Labels, value) }, "") : (null, problem);
            case EditedField.Drift:
                return value is "yes" or "no" ? (query with { Drift = value == "yes" }, "") : (null, "Not in desired state is yes or no.");
            case EditedField.Deployment:
                return (query with { Deployments = With(query.Deployments, value) }, "");
            case EditedField.Namespace:
                return (query with { Namespaces = With(query.Namespaces, value) }, "");
            case EditedField.Type:
                return (query with { Types = With(query.Types, value) }, "");
            case EditedField.State:
                return (query with { States = [.. query.States.Append(ExecutionState.Parse(value)).Distinct()] }, "");
            case EditedField.Desired:
                return (query with { Desired = [.. query.Desired.Append(ExecutionState.Parse(value)).Distinct()] }, "");
            default:
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)) return (null, "Choose a span.");
                var from = now.AddMinutes(-minutes);
                return (field == EditedField.Updated ? query with { UpdatedFrom = from } : query with { CreatedFrom = from }, "");
        }
    }

    private static IReadOnlyList<string> With(IReadOnlyList<string> values, params string[] more) => [.. values.Concat(more).Distinct(StringComparer.Ordinal)];
}
