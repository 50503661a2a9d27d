using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>Fields of nodes that can be filtered.</summary>
public enum NodeFilterField
{
    /// <summary>Label.</summary>
    Label,
    /// <summary>Connection.</summary>
    Connection,
    /// <summary>Worst state of its executions.</summary>
    State,
    /// <summary>Operating system.</summary>
    System,
    /// <summary>Architecture.</summary>
    Architecture,
    /// <summary>Version of the agent.</summary>
    Agent,
    /// <summary>Load.</summary>
    Load,
    /// <summary>Job that it runs.</summary>
    Job,
}

/// <summary>A chip for a filter that is set.</summary>
/// <param name="Field">The filtered field.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Without">The query without it.</param>
/// <param name="Problem">Why it cannot be parsed; empty when it can.</param>
public sealed record NodeFilterChip(string Field, string Value, NodeQuery Without, string Problem = "");

/// <summary>How each field parses a value, which values it suggests, and how it is displayed.</summary>
public static class NodeFilterFields
{
    private const int MostSuggestions = 60;

    /// <summary>Placeholder of the input.</summary>
    public static string Placeholder(NodeFilterField field) => field == NodeFilterField.Label ? "region=eu-west, tier in (a,b), !debug" : "";

    /// <summary>Suggested values with their names.</summary>
    public static IEnumerable<(string Value, string Name)> Suggestions(NodeFilterField field, string typed, FleetStore store)
    {
        var facets = store.NodeFacets;
        var all = field switch
        {
            NodeFilterField.Connection => store.NodesByConnection.Select(c => (c.Key, Nodes(c.Value))),
            NodeFilterField.State => ExecutionState.All.Select(s => (s.Name, "")).Append(("none", "no executions")),
            NodeFilterField.System => facets.Systems.Select(f => (f.Value, Nodes(f.Nodes))),
            NodeFilterField.Architecture => facets.Architectures.Select(f => (f.Value, Nodes(f.Nodes))),
            NodeFilterField.Agent => facets.Agents.Select(f => (f.Value, Nodes(f.Nodes))),
            NodeFilterField.Load => NodeLoads.All.Select(l => (NodeLoads.Name(l), NodeLoads.Words(l))),
            NodeFilterField.Job => store.Jobs.Select(j => (j.DisplayName, j.Id)),
            _ => facets.Labels.SelectMany(l => l.Values.Where(v => Masked.Pair(l.Key, v.Value) == v.Value).Select(v => ($"{l.Key}={v.Value}", Nodes(v.Nodes)))),
        };
        return all.Where(s => s.Item1.Contains(typed, StringComparison.OrdinalIgnoreCase) || s.Item2.Contains(typed, StringComparison.OrdinalIgnoreCase)).Take(MostSuggestions);
    }

    /// <summary>The query with the filter added, or null with the reason.</summary>
    public static (NodeQuery? Query, string Problem) Add(NodeQuery query, NodeFilterField field, string value, FleetStore store)
    {
        if (value.Length == 0) return (null, "A value is missing.");
        switch (field)
        {
            case NodeFilterField.Label:
                return LabelExpression.TryParse(value, out _, out var problem) ? (query with { Labels = With(query.Labels, value) }, "") : (null, problem);
            case NodeFilterField.Load:
                return NodeLoads.Parse(value) is { } load ? (query with { Loads = [.. query.Loads.Append(load).Distinct()] }, "")
                    : (null, $"Load is one of {string.Join(", ", NodeLoads.All.Select(NodeLoads.Name))}.");
            case NodeFilterField.Job:
                var job = store.Jobs.FirstOrDefault(j => j.Id == value) ?? store.Jobs.FirstOrDefault(j => j.DisplayName.Equals(value, StringComparison.OrdinalIgnoreCase));
                return job is null ? (null, $"No job is called '{value}'.") : (query with { Job = job.Id, Versions = [] }, "");
            case NodeFilterField.State:
                var state = value == "none" ? default : ExecutionState.Parse(value);
                return (query with { Worst = [.. query.Worst.Append(state).Distinct()] }, "");
            case NodeFilterField.Connection: return (query with { Connections = With(query.Connections, value) }, "");
            case NodeFilterField.System: return (query with { Systems = With(query.Systems, value) }, "");
            case NodeFilterField.Architecture: return (query with { Architectures = With(query.Architectures, value) }, "");
            default: return (query with { Agents = With(query.Agents, value) }, "");
        }
    }

    /// <summary>The chips of a query. Connection states have toggles and no chip.</summary>
    public static IEnumerable<NodeFilterChip> Chips(NodeQuery query, FleetStore store)
    {
        foreach (var pair in query.NotUnderstood)
            yield return new(pair.Key, pair.Value, query with { NotUnderstood = [.. query.NotUnderstood.Where(p => p != pair)] }, "This value cannot be read and filters nothing.");
        foreach (var connection in query.Connections)
            if (store.NodeCount > 0 && !IsKnown(connection, store)) yield return new("connection", connection, query with { Connections = Except(query.Connections, connection) }, "The dashboard does not know this connection, and no node has it.");
        foreach (var state in query.Worst)
            yield return new("worst state", state.IsNone ? "no executions" : state.Name, query with { Worst = [.. query.Worst.Where(s => s != state)] },
                state.Known == KnownExecutionState.Other && !state.IsNone && store.ExecutionCount > 0 && store.Count(new ExecutionQuery { States = [state] }) == 0 ? "The dashboard does not know this state, and no execution is in it." : "");
        foreach (var label in query.Labels)
            yield return new("label", Masked.Text(label), query with { Labels = Except(query.Labels, label) }, LabelExpression.TryParse(label, out _, out var problem) ? "" : problem);
        foreach (var system in query.Systems) yield return new("system", Said(system), query with { Systems = Except(query.Systems, system) });
        foreach (var architecture in query.Architectures) yield return new("architecture", Said(architecture), query with { Architectures = Except(query.Architectures, architecture) });
        foreach (var agent in query.Agents) yield return new("agent", Said(agent), query with { Agents = Except(query.Agents, agent) });
        foreach (var load in query.Loads) yield return new("load", NodeLoads.Words(load), query with { Loads = [.. query.Loads.Where(l => l != load)] });
        if (query.Job.Length > 0) yield return new("job", JobLabels(query, store), query with { Job = "", Versions = [] });
        if (query.Text.Length > 0) yield return new("text", query.Text, query with { Text = "" });
    }

    private static bool IsKnown(string connection, FleetStore store) =>
        NodeFilters.Usual.Contains(connection, StringComparer.OrdinalIgnoreCase) || store.NodesByConnection.Keys.Contains(connection, StringComparer.OrdinalIgnoreCase);

    private static string JobLabels(NodeQuery query, FleetStore store)
    {
        var versions = string.Join(", ", query.Versions.Select(v => v == 0 ? "not there" : $"v{v}"));
        return $"{store.FindJob(query.Job)?.DisplayName ?? query.Job}{(versions.Length > 0 ? ": " + versions : "")}";
    }

    private static string Said(string value) => value.Length > 0 ? value : "not sent";

    private static string Nodes(int count) => Format.Count(count, "node");

    private static IReadOnlyList<string> With(IReadOnlyList<string> values, string value) => values.Contains(value) ? values : [.. values, value];

    private static string[] Except(IReadOnlyList<string> values, string value) => [.. values.Where(v => v != value)];
}
