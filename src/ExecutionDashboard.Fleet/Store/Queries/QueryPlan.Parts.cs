using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Queries;

internal sealed partial class QueryPlan
{
    /// <summary>Whether all executions of its scope match.</summary>
    public bool IsWhole =>
        !_filter.MatchesNothing && !_filter.HasRowConditions && _filter is { Jobs: null, Nodes: null, Deployments: null, States: null, Desired: null, Drift: null };

    /// <summary>The scope.</summary>
    public ExecutionScope Scope => _filter.Scope;

    /// <summary>Visits all matches, unordered; many of them with a visitor for each core.</summary>
    /// <returns>The visitors, each with rows of its own.</returns>
    public T[] Scan<T>(Func<T> visitor) where T : class, IRowVisitor
    {
        if (_filter.MatchesNothing || _stretch is not null || _groups is not null || Candidates < ManyRows)
        {
            var only = visitor();
            Scan(ref only);
            return [only];
        }
        var (chunks, parts) = (_table.ChunkCount, Math.Min(Environment.ProcessorCount, _table.ChunkCount));
        var visitors = new T[parts];
        _filter.Share();
        Parallel.For(0, parts, part =>
        {
            var own = visitors[part] = visitor();
            Span<ulong> words = stackalloc ulong[RowSet.WordsPerChunk];
            for (var chunk = part; chunk < chunks; chunk += parts)
                if (Matching(chunk, words)) Visit(chunk, words, ref own);
        });
        return visitors;
    }
}
