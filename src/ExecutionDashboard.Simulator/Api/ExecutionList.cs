using System.Globalization;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>Pages of executions. Tokens name rows, so that every row that stays is listed exactly once during concurrent changes.</summary>
internal sealed class ExecutionList(World world)
{
    /// <summary>Number of last rows that a token names: if all of them changed, the position is searched.</summary>
    private const int Anchors = 4;

    /// <summary>A page, and the token of the next one (empty at the end).</summary>
    public (List<SimExecution> Rows, string Next) Page(ListQuery query, SimJob? job)
    {
        var states = query.Many("states");
        var nodes = query.Many("node_ids");
        var wanted = new bool[StateNames.Count];
        for (var i = 0; i < wanted.Length; i++) wanted[i] = states.Count == 0 || states.Contains(StateNames.Of((ActualState)i, world.Face));
        var rows = new List<SimExecution>(Math.Min(query.Limit, 1000));
        var byChange = query.OrderBy == "updated_at";
        var source = byChange ? ByChange(query) : nodes.Count > 0 ? OnNodes(query, nodes) : ByCreation(query);
        var more = false;
        foreach (var execution in source)
        {
            if (!wanted[(int)execution.Actual] || (job is not null && execution.Job != job) || (nodes.Count > 0 && !nodes.Contains(execution.Node.Id))) continue;
            if (more = rows.Count == query.Limit) break;
            rows.Add(execution);
        }
        if (!more) return (rows, "");
        var last = rows[^1];
        if (!byChange) return (rows, query.Encode(Text(last.Ordinal)));
        return (rows, query.Encode([Text(last.Change), .. rows.TakeLast(Anchors).Reverse().Select(r => Text(r.Ordinal))]));
    }

    private IEnumerable<SimExecution> ByCreation(ListQuery query)
    {
        var start = query.Token is null ? (query.Descending ? world.Executions.End : 0) : After(query);
        return start < 0 ? [] : world.Executions.From(start, query.Descending);
    }

    private IEnumerable<SimExecution> OnNodes(ListQuery query, HashSet<string> nodes)
    {
        List<SimExecution> found = [];
        foreach (var id in nodes)
        {
            if (!world.NodesById.TryGetValue(id, out var node)) continue;
            foreach (var current in node.Current)
                for (var execution = current; execution is not null; execution = world.Executions.Find(execution.Previous)) found.Add(execution);
        }
        found.Sort((a, b) => query.Descending ? b.Ordinal.CompareTo(a.Ordinal) : a.Ordinal.CompareTo(b.Ordinal));
        if (query.Token is null) return found;
        var start = After(query);
        return found.Where(e => query.Descending ? e.Ordinal <= start : e.Ordinal >= start);
    }

    private static int After(ListQuery query) => (int)Math.Clamp(query.Number(0) + (query.Descending ? -1 : 1), -1, int.MaxValue);

    private IEnumerable<SimExecution> ByChange(ListQuery query)
    {
        var at = query.Descending ? world.Recency.Newest : world.Recency.Oldest;
        if (query.Token is not null)
        {
            var change = query.Number(0);
            for (var i = 1; i < query.Token.Length; i++)
            {
                // A row that did not change since the page is still in its place.
                if (world.Executions.Find((int)query.Number(i)) is not { } anchor || (query.Descending ? anchor.Change > change + Anchors * 1_000_000L : anchor.Change > change)) continue;
                if (query.Descending && anchor.Change > change && !StandsBehind(anchor, change)) continue;
                at = anchor;
                break;
            }
            while (at is not null && (query.Descending ? at.Change >= change : at.Change <= change)) at = Next(at);
        }
        for (; at is not null; at = Next(at)) yield return at;

        SimExecution? Next(SimExecution execution) => query.Descending ? execution.Older : execution.Newer;
    }

    /// <summary>Whether the position after a change can be reached from a row in few steps.</summary>
    private static bool StandsBehind(SimExecution anchor, long change)
    {
        var at = anchor;
        for (var steps = 0; steps < 4 * Anchors && at is not null; steps++, at = at.Older)
            if (at.Change <= change) return true;
        return false;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
