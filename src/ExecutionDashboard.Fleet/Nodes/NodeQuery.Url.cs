using System.Globalization;
using System.Text;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Nodes;

public sealed partial record NodeQuery
{
    private const string NoExecutions = "none";

    /// <summary>Reads a query from the query string of a URL (with or without <c>?</c>). Unknown parts are ignored; never fails.</summary>
    public static NodeQuery Parse(string? queryString)
    {
        if (string.IsNullOrEmpty(queryString)) return All;
        List<string> connections = [], labels = [], systems = [], architectures = [], agents = [], ids = [];
        List<ExecutionState> worst = [];
        List<NodeLoad> loads = [];
        List<int> versions = [];
        List<QueryPair> odd = [];
        var query = new NodeQuery();
        foreach (var (key, value) in QueryText.Pairs(queryString))
        {
            switch (key)
            {
                case "q": query = query with { Text = value }; break;
                case "connection": connections.Add(value); break;
                case "state": worst.Add(value == NoExecutions ? default : ExecutionState.Parse(value)); break;
                case "label": labels.Add(value); break;
                case "os": systems.Add(value); break;
                case "arch": architectures.Add(value); break;
                case "agent": agents.Add(value); break;
                case "load": if (NodeLoads.Parse(value) is { } load) loads.Add(load); else odd.Add(new(key, value)); break;
                case "job": query = query with { Job = value }; break;
                case "version": if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var version)) versions.Add(version); else odd.Add(new(key, value)); break;
                case "node": ids.Add(value); break;
                case "sort": query = query.SortedBy(value); break;
            }
        }
        return query with
        {
            Connections = connections, Worst = worst, Labels = labels, Systems = systems, Architectures = architectures, Agents = agents, Loads = loads,
            // Versions filter only together with a job.
            Versions = query.Job.Length > 0 ? versions : [], Ids = ids, NotUnderstood = odd,
        };
    }

    /// <summary>The query string without <c>?</c>, in a fixed order; empty for <see cref="All"/>. <see cref="Parse"/> reads it.</summary>
    public string ToUrl()
    {
        var url = new StringBuilder();
        Append("connection", Connections);
        foreach (var state in Worst) QueryText.Append(url, "state", state.IsNone ? NoExecutions : state.Name);
        Append("label", Labels);
        Append("os", Systems);
        Append("arch", Architectures);
        Append("agent", Agents);
        foreach (var load in Loads) QueryText.Append(url, "load", NodeLoads.Name(load));
        if (Job.Length > 0) QueryText.Append(url, "job", Job);
        foreach (var version in Versions) QueryText.Append(url, "version", version.ToString(CultureInfo.InvariantCulture));
        Append("node", Ids);
        if (Text.Length > 0) QueryText.Append(url, "q", Text);
        foreach (var (key, value) in NotUnderstood) QueryText.Append(url, key, value);
        if (Sort != NodeSort.Name || Descending) QueryText.Append(url, "sort", (Descending ? "-" : "") + Sort.ToString().ToLowerInvariant());
        return url.ToString();

        void Append(string key, IReadOnlyList<string> values)
        {
            foreach (var value in values) QueryText.Append(url, key, value);
        }
    }

    private NodeQuery SortedBy(string value)
    {
        var descending = value.StartsWith('-');
        return Enum.TryParse<NodeSort>(descending ? value[1..] : value, ignoreCase: true, out var sort) && Enum.IsDefined(sort)
            ? this with { Sort = sort, Descending = descending } : this;
    }
}
