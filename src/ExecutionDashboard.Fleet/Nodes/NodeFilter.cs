using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>A node, with its executions.</summary>
internal readonly record struct NodeFacts(Node Node, Group Group, ExecutionTable Table, Catalog Catalog);

/// <summary>Tests whether nodes match a query, by their number in the table. Used for one read only.</summary>
internal sealed class NodeFilter
{
    private static readonly ListFilter<NodeFacts> Terms = new ListFilter<NodeFacts>("nodes", HasText)
        .Names(FilterField.Connection, "connected, disconnected, lost, stale or another", n => FleetStore.ConnectionOf(n.Node, n.Group))
        .States(FilterField.State, "worst state of its executions; none without any", n => NodeStates.Worst(n.Group, n.Table.States), "none")
        .Names(FilterField.Plane, "control plane", n => n.Catalog.Planes.Of(n.Node.Id))
        .Apart(FilterField.Job, FilterValueKind.Name, "a job that it runs, by name or id")
        .Apart(FilterField.Version, FilterValueKind.Number, "version of the job; 0 where it does not run")
        .Entities(FilterField.Node, "node by name or id, such as edge-*", n => [(n.Node.Id, n.Group.Name)], (n, id) => n.Catalog.FindNode(id) is not null)
        .Labels("label, such as tier=edge", n => [n.Node.Labels])
        .Version(FilterField.Agent, "version of the agent, such as <2.1.19", n => n.Node.AgentVersion)
        .Names(FilterField.System, "operating system", n => n.Node.OperatingSystem)
        .Names(FilterField.Architecture, "processor architecture", n => n.Node.Architecture)
        .Words(FilterField.Load, "load of its scarcest resource", [.. NodeLoads.All.Select(load => (NodeLoads.Name(load), NodeLoads.Words(load), (Func<NodeFacts, bool>)(n => NodeLoads.Of(n.Node.Resources) == load)))])
        .Text(FilterField.Message, "text in the message of its connection", n => n.Node.Message)
        .Words(FilterField.Has, "problems, executions, or a field that has a value",
            ("problem", "an open problem", n => n.Group.HasProblem),
            ("execution", "current executions", n => !NodeStates.Worst(n.Group, n.Table.States).IsNone),
            ("agent", "a known agent version", n => n.Node.AgentVersion.Length > 0),
            ("message", "a message of its connection", n => n.Node.Message.Length > 0),
            ("heartbeat", "a heartbeat", n => n.Node.LastHeartbeat is not null))
        .Time(FilterField.For, "time in its connection state, such as >10m", Since)
        .Time(FilterField.Changed, "last change of its connection, such as <1h or a range of times", Since)
        .Time(FilterField.Created, "registration, such as <1d or a range of times", n => n.Node.CreatedAt)
        .Time(FilterField.Heartbeat, "last heartbeat, such as >5m", n => n.Node.LastHeartbeat);

    private readonly ExecutionTable _table;
    private readonly Catalog _catalog;
    private readonly Func<NodeFacts, bool> _matches;
    private readonly HashSet<string>? _ids;
    private readonly int[]? _jobs, _excluded;
    private readonly FilterCondition[] _versions;

    public NodeFilter(NodeQuery query, ExecutionTable table, Catalog catalog)
    {
        (_table, _catalog) = (table, catalog);
        _matches = Terms.Compile(query.Filter, ExecutionTable.ToTime(table.Moment));
        if (query.Ids.Count > 0) _ids = new(query.Ids, StringComparer.Ordinal);
        _jobs = JobsOf(not: false);
        _excluded = JobsOf(not: true);
        _versions = [.. query.Filter.Where(c => c.Field == FilterField.Version)];

        int[]? JobsOf(bool not) => query.Filter.FirstOrDefault(c => c.Field == FilterField.Job && c.Not == not) is { } jobs ? [.. jobs.Values.SelectMany(table.Jobs.Named).Distinct()] : null;
    }

    /// <summary>The terms of nodes.</summary>
    public static FilterVocabulary Vocabulary => Terms.Vocabulary;

    /// <summary>The node with a number, if it exists and matches.</summary>
    public Node? Find(int number)
    {
        if (number == 0) return null;
        var group = _table.Nodes[number];
        return _catalog.FindNode(group.Id) is { } node && (_ids is null || _ids.Contains(node.Id)) && RunsThem(group) && _matches(new(node, group, _table, _catalog)) ? node : null;
    }

    // A version is one of the jobs that are asked for; without any, of whatever runs there.
    private bool RunsThem(Group group)
    {
        if (_excluded is not null)
            foreach (var job in _excluded)
                if (NodeStates.VersionOn(group, job, _table) != 0) return false;
        if (_jobs is not null)
        {
            foreach (var job in _jobs)
                if (IsVersion(NodeStates.VersionOn(group, job, _table))) return true;
            return _jobs.Length == 0 && IsVersion(0);
        }
        if (_versions.Length == 0) return true;
        foreach (var row in group.Rows)
            if (_table.IsCurrent(row) && _table.Node[row] == group.Number && IsVersion(Math.Max(1, _table.JobVersion[row]))) return true;
        return false;
    }

    // Version 0 is that the job does not run there, which only those who name it ask for.
    private bool IsVersion(int version)
    {
        if (_versions.Length == 0) return version != 0;
        var isNamed = version != 0;
        foreach (var condition in _versions)
        {
            if (condition.IsMetBy(version) == condition.Not) return false;
            isNamed |= condition is { Test: FilterTest.OneOf, Not: false };
        }
        return isNamed;
    }

    private static DateTimeOffset? Since(NodeFacts node) => node.Node.IsConnected ? node.Node.ConnectedSince : node.Node.DisconnectedSince;

    private static bool HasText(NodeFacts facts, string text)
    {
        var node = facts.Node;
        if (In(node.Name) || In(node.Id) || In(node.Hostname)) return true;
        foreach (var (_, value) in node.Labels)
            if (In(value)) return true;
        return false;

        bool In(string within) => within.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
