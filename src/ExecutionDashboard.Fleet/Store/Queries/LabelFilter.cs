using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>
/// Label expressions over the labels of an execution's node and job; the node's take precedence. Each expression is evaluated once per node and per job and stored as
/// bits, so a row costs a few bit operations.
/// </summary>
internal sealed class LabelFilter
{
    private const int MostExpressions = 64;

    private readonly Catalog _catalog;
    private readonly List<LabelExpression> _expressions = [];
    private readonly ulong _all;
    private readonly NumberCache<(ulong Decided, ulong Satisfied)> _nodes;
    private readonly NumberCache<ulong> _jobs;

    public LabelFilter(IReadOnlyList<string> expressions, ExecutionTable table, Catalog catalog)
    {
        _catalog = catalog;
        foreach (var text in expressions)
        {
            // An expression that cannot be parsed matches nothing; matching all would look like a result.
            if (!LabelExpression.TryParse(text, out var expression, out _) || _expressions.Count == MostExpressions) MatchesNothing = true;
            else _expressions.Add(expression);
        }
        _nodes = new(node => OfNode(table.Nodes[node].Id), () => table.Nodes.Count);
        _jobs = new(job => OfJob(table.Jobs[job].Id), () => table.Jobs.Count);
        _all = _expressions.Count == MostExpressions ? ulong.MaxValue : (1UL << _expressions.Count) - 1;
    }

    public bool MatchesNothing { get; }

    /// <summary>Prepares it for use by several threads.</summary>
    public void Share()
    {
        _nodes.Widen();
        _jobs.Widen();
    }

    public bool Matches(int node, int job)
    {
        var (decided, satisfied) = _nodes[node];
        if ((decided & ~satisfied) != 0) return false;
        return decided == _all || (satisfied | (~decided & _jobs[job])) == _all;
    }

    private (ulong Decided, ulong Satisfied) OfNode(string id)
    {
        if (_catalog.FindNode(id)?.Labels is not { } labels) return default;
        ulong decided = 0, satisfied = 0;
        for (var i = 0; i < _expressions.Count; i++)
        {
            if (!labels.TryGetValue(_expressions[i].Key, out var value)) continue;
            decided |= 1UL << i;
            if (_expressions[i].MatchesValue(value)) satisfied |= 1UL << i;
        }
        return (decided, satisfied);
    }

    private ulong OfJob(string id)
    {
        var labels = _catalog.FindJob(id)?.Labels;
        ulong satisfied = 0;
        for (var i = 0; i < _expressions.Count; i++)
            if (_expressions[i].MatchesValue(labels?.GetValueOrDefault(_expressions[i].Key))) satisfied |= 1UL << i;
        return satisfied;
    }
}
