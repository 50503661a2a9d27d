using System.Buffers;
using System.Numerics;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Selections;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>How a query is executed: with maintained counts, the shortest list of rows, bitmaps, or an order.</summary>
internal sealed partial class QueryPlan
{
    // From this many rows on, conditions are tested on all cores: a text filter over a million rows takes 50 ms on one.
    private const int ManyRows = 200_000;

    private readonly ExecutionTable _table;
    private readonly RowFilter _filter;
    private readonly GroupTable? _groups;
    private readonly IdSet? _numbers;
    private readonly OrderRange? _updated, _created, _stretch;

    public QueryPlan(ExecutionTable table, RowFilter filter)
    {
        (_table, _filter) = (table, filter);
        Candidates = filter.MatchesNothing ? 0 : BitmapCandidates();
        var shortest = int.MaxValue;
        foreach (var (groups, numbers) in new[] { (table.Jobs, filter.Jobs), (table.Nodes, filter.Nodes), (table.Deployments, filter.Deployments) })
        {
            if (numbers is null || filter.MatchesNothing) continue;
            var rows = 0;
            foreach (var number in numbers.Numbers) rows += groups[number].Rows.Length;
            if (rows >= shortest) continue;
            (shortest, _groups, _numbers) = (rows, groups, numbers);
        }
        if (_groups is not null) Candidates = shortest;
        if (filter.UpdatedRange is { } updated) _updated = new OrderRange(table.ByUpdated, updated.From, updated.To);
        if (filter.CreatedRange is { } created) _created = new OrderRange(table.ByCreated, created.From, created.To);
        if (Shortest(_updated, _created) is not { } range || range.Count >= Candidates) return;
        Candidates = range.Count;
        _stretch = range;
    }

    /// <summary>Number of rows that a scan must read.</summary>
    public int Candidates { get; }

    /// <summary>Number of matches if it is maintained; else null.</summary>
    public int? KeptCount()
    {
        if (_filter.MatchesNothing) return 0;
        if (_filter.HasOnlyTimes && (_updated is null || _created is null)) return (_updated ?? _created)!.Value.Count;
        if (_filter.HasRowConditions) return null;
        var dimensions = (_filter.Jobs is null ? 0 : 1) + (_filter.Nodes is null ? 0 : 1) + (_filter.Deployments is null ? 0 : 1);
        if (_filter.Desired is { } desired)
            return dimensions == 0 && _filter is { States: null, Drift: null, Scope: ExecutionScope.All } ? Sum(desired, number => _table.RowsDesired(number)?.Count ?? 0) : null;
        if (dimensions > 1 || (_filter.States is not null && _filter.Drift is not null)) return null;
        return _groups is null ? KeptCount(_table.Fleet) : Sum(_numbers!, number => KeptCount(_groups[number].Tally));
    }

    /// <summary>Numbers of matches by state if they are maintained; else null.</summary>
    public StateCounts? KeptCounts()
    {
        if (_filter.MatchesNothing) return StateCounts.Empty;
        var dimensions = (_filter.Jobs is null ? 0 : 1) + (_filter.Nodes is null ? 0 : 1) + (_filter.Deployments is null ? 0 : 1);
        if (_filter.HasRowConditions || dimensions > 1 || _filter.States is not null || _filter.Desired is not null || _filter.Drift is not null) return null;
        if (_groups is null) return _table.Fleet.Snapshot(_table.States, _filter.Scope);
        var sum = new Tally();
        foreach (var number in _numbers!.Numbers) sum.Add(_groups[number].Tally);
        return sum.Snapshot(_table.States, _filter.Scope);
    }

    /// <summary>Visits all matches, unordered.</summary>
    public void Scan<T>(ref T visitor) where T : IRowVisitor
    {
        if (_filter.MatchesNothing) return;
        if (_stretch is { } stretch)
        {
            var place = stretch.Entry(ascending: true);
            for (var left = stretch.Count; left > 0 && stretch.Order.Step(ref place, ascending: true) is var row and >= 0; left--)
                if (_filter.Matches(row)) visitor.Visit(row);
            return;
        }
        if (_groups is not null)
        {
            foreach (var number in _numbers!.Numbers)
                foreach (var row in _groups[number].Rows)
                    if (_filter.Matches(row)) visitor.Visit(row);
            return;
        }
        if (_filter.HasRowConditions && Candidates >= ManyRows) ScanTogether(ref visitor);
        else
        {
            Span<ulong> words = stackalloc ulong[RowSet.WordsPerChunk];
            for (var chunk = 0; chunk < _table.ChunkCount; chunk++)
                if (Matching(chunk, words)) Visit(chunk, words, ref visitor);
        }
    }

    private void ScanTogether<T>(ref T visitor) where T : IRowVisitor
    {
        var chunks = _table.ChunkCount;
        var parts = Math.Min(Environment.ProcessorCount, chunks);
        var matching = ArrayPool<ulong>.Shared.Rent(chunks * RowSet.WordsPerChunk);
        try
        {
            _filter.Share();
            Parallel.For(0, parts, part =>
            {
                for (var chunk = part; chunk < chunks; chunk += parts)
                {
                    var words = matching.AsSpan(chunk * RowSet.WordsPerChunk, RowSet.WordsPerChunk);
                    if (!Matching(chunk, words)) words.Clear();
                }
            });
            for (var chunk = 0; chunk < chunks; chunk++) Visit(chunk, matching.AsSpan(chunk * RowSet.WordsPerChunk, RowSet.WordsPerChunk), ref visitor);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(matching);
        }
    }

    /// <summary>The matching rows of a chunk; false without any.</summary>
    private bool Matching(int chunk, Span<ulong> words)
    {
        if (!Combine(chunk, words)) return false;
        if (_filter.HasRowConditions) _filter.RestrictConditions(chunk, words);
        return true;
    }

    private static void Visit<T>(int chunk, ReadOnlySpan<ulong> words, ref T visitor) where T : IRowVisitor
    {
        for (var i = 0; i < words.Length; i++)
            for (var word = words[i]; word != 0; word &= word - 1)
                visitor.Visit((chunk << Chunk.Bits) + (i << 6) + BitOperations.TrailingZeroCount(word));
    }

    /// <summary>Finds the next rows in an order. False when more than <paramref name="steps"/> rows would be passed over.</summary>
    public bool Walk(OrderIndex order, bool ascending, Cursor? after, int size, int steps, List<int> rows)
    {
        // A range of the order's own column limits the walk.
        var range = ReferenceEquals(order, _table.ByUpdated) ? _updated : _created;
        var place = range?.Entry(ascending) ?? order.End(ascending);
        if (after is { } cursor)
        {
            var key = (long)(cursor.Key ^ 1UL << 63);
            place = order.Seek(key, cursor.Id);
            if (ascending) place = order.AtOrBefore(place, key, cursor.Id);
        }
        while (rows.Count < size)
        {
            var row = order.Step(ref place, ascending);
            if (row < 0 || (range is { } bounds && bounds.IsPassed(row, ascending))) return true;
            if (_filter.Matches(row)) rows.Add(row);
            if (--steps < 0) return false;
        }
        return true;
    }

    private static OrderRange? Shortest(OrderRange? a, OrderRange? b) =>
        a is null || b is null ? a ?? b : a.Value.Count <= b.Value.Count ? a : b;

    private int KeptCount(Tally tally)
    {
        var scope = _filter.Scope;
        if (_filter.States is { } states) return Sum(states, state => tally.InState(state, scope));
        var drifting = scope == ExecutionScope.Replaced ? 0 : tally.Drifting;
        return _filter.Drift switch { null => tally.Total(scope), true => drifting, false => tally.Total(scope) - drifting };
    }

    private int BitmapCandidates()
    {
        var fewest = _table.LiveRows.Count;
        if (_filter.States is { } states) fewest = Math.Min(fewest, Sum(states, number => _table.RowsInState(number)?.Count ?? 0));
        if (_filter.Desired is { } desired) fewest = Math.Min(fewest, Sum(desired, number => _table.RowsDesired(number)?.Count ?? 0));
        if (_filter.Scope == ExecutionScope.Current) fewest = Math.Min(fewest, _table.CurrentRows.Count);
        if (_filter.Scope == ExecutionScope.Replaced) fewest = Math.Min(fewest, _table.LiveRows.Count - _table.CurrentRows.Count);
        if (_filter.Drift == true) fewest = Math.Min(fewest, _table.DriftingRows.Count);
        return fewest;
    }

    /// <summary>The rows of a chunk that pass the bitmaps; false without any.</summary>
    private bool Combine(int chunk, Span<ulong> words)
    {
        if (_table.LiveRows.Words(chunk) is not { } live) return false;
        live.CopyTo(words);
        if (_filter.States is { } states && !Restrict(words, states, number => _table.RowsInState(number)?.Words(chunk))) return false;
        if (_filter.Desired is { } desired && !Restrict(words, desired, number => _table.RowsDesired(number)?.Words(chunk))) return false;
        return (_filter.Scope == ExecutionScope.All || Restrict(words, _table.CurrentRows.Words(chunk), _filter.Scope == ExecutionScope.Current))
            && (_filter.Drift is not { } drift || Restrict(words, _table.DriftingRows.Words(chunk), drift));
    }

    /// <summary>Keeps the rows that are in a set, or that are not; false when none is left.</summary>
    private static bool Restrict(Span<ulong> words, ulong[]? set, bool within)
    {
        if (set is null) return !within;
        for (var i = 0; i < words.Length; i++) words[i] &= within ? set[i] : ~set[i];
        return true;
    }

    private static bool Restrict(Span<ulong> words, IdSet numbers, Func<int, ulong[]?> wordsOf)
    {
        Span<ulong> either = stackalloc ulong[RowSet.WordsPerChunk];
        either.Clear();
        var any = false;
        foreach (var number in numbers.Numbers)
        {
            if (wordsOf(number) is not { } set) continue;
            any = true;
            for (var i = 0; i < either.Length; i++) either[i] |= set[i];
        }
        if (any)
            for (var i = 0; i < words.Length; i++) words[i] &= either[i];
        return any;
    }

    private static int Sum(IdSet numbers, Func<int, int> count)
    {
        var sum = 0;
        foreach (var number in numbers.Numbers) sum += count(number);
        return sum;
    }
}
