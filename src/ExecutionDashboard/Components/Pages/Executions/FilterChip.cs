using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>A chip for a filter that is set.</summary>
/// <param name="Field">The filtered field.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Without">The query without it.</param>
/// <param name="Problem">Why it cannot be parsed; empty when it can.</param>
public sealed record FilterChip(string Field, string Value, ExecutionQuery Without, string Problem = "")
{
    /// <summary>The chips of a query. States, drift and scope have toggles of their own and no chip, except for "does not drift" and unknown states.</summary>
    public static IEnumerable<FilterChip> Of(ExecutionQuery query, FleetStore store)
    {
        foreach (var pair in query.NotUnderstood)
            yield return new(pair.Key.Replace('_', ' '), pair.Value, query with { NotUnderstood = [.. query.NotUnderstood.Where(p => p != pair)] }, "This value cannot be read and filters nothing.");
        foreach (var state in query.States)
            if (IsOdd(state, new ExecutionQuery { States = [state] }, store))
                yield return new("state", state.Name, query with { States = [.. query.States.Where(s => s != state)] }, NoSuchState);
        foreach (var desired in query.Desired)
            yield return new("desired", desired.Name, query with { Desired = [.. query.Desired.Where(d => d != desired)] }, IsOdd(desired, new ExecutionQuery { Desired = [desired] }, store) ? NoSuchState : "");
        if (query.Drift == false) yield return new("not in desired state", "no", query with { Drift = null });
        foreach (var job in query.Jobs)
            yield return new("job", store.FindJob(job)?.DisplayName ?? job, query with { Jobs = Except(query.Jobs, job) });
        foreach (var version in query.Versions)
            yield return new("version", version.ToString(), query with { Versions = [.. query.Versions.Where(v => v != version)] });
        foreach (var node in query.Nodes)
            yield return new("node", node.Length == 0 ? "not placed" : store.FindNode(node)?.DisplayName ?? node, query with { Nodes = Except(query.Nodes, node) });
        foreach (var deployment in query.Deployments)
            yield return new("deployment", deployment, query with { Deployments = Except(query.Deployments, deployment) });
        foreach (var name in query.Namespaces)
            yield return new("namespace", name, query with { Namespaces = Except(query.Namespaces, name) });
        foreach (var type in query.Types)
            yield return new("type", type, query with { Types = Except(query.Types, type) });
        foreach (var label in query.Labels)
            yield return new("label", label, query with { Labels = Except(query.Labels, label) }, LabelExpression.TryParse(label, out _, out var problem) ? "" : problem);
        if (query.Text.Length > 0) yield return new("text", query.Text, query with { Text = "" });
        if (query.CreatedFrom is { } createdFrom) yield return new("created from", Moment(createdFrom), query with { CreatedFrom = null });
        if (query.CreatedTo is { } createdTo) yield return new("created before", Moment(createdTo), query with { CreatedTo = null });
        if (query.UpdatedFrom is { } updatedFrom) yield return new("updated from", Moment(updatedFrom), query with { UpdatedFrom = null });
        if (query.UpdatedTo is { } updatedTo) yield return new("updated before", Moment(updatedTo), query with { UpdatedTo = null });
    }

    /// <summary>All filters of a query as text; empty without any.</summary>
    public static string Words(ExecutionQuery query, FleetStore store)
    {
        IEnumerable<string> toggles =
        [
            .. query.States.Select(s => s.Name),
            .. query.Scope == ExecutionScope.All ? [] : new[] { query.Scope.ToString().ToLowerInvariant() },
            .. query.Drift == true ? ["not in desired state"] : Array.Empty<string>(),
        ];
        return string.Join(", ", toggles.Concat(Of(query, store).Select(c => c.Field == "label" ? c.Value : $"{c.Field} {c.Value}")));
    }

    private const string NoSuchState = "The dashboard does not know this state, and no execution is in it.";

    // Servers may have other states, so one is unknown only if no execution has it.
    private static bool IsOdd(ExecutionState state, ExecutionQuery query, FleetStore store) =>
        state.Known == KnownExecutionState.Other && store.ExecutionCount > 0 && store.Count(query) == 0;

    private static string[] Except(IReadOnlyList<string> values, string value) => [.. values.Where(v => v != value)];

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'");
}
