using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Selections;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>
/// The conditions of a query that no index covers, as tests of a row. What many rows share (a node, a message, an error code) is tested once and kept by its number.
/// </summary>
internal sealed class RowTests(ExecutionTable table, Catalog catalog)
{
    private readonly List<NumberTest> _numbers = [];
    private readonly List<Func<int, bool>> _tests = [];
    private readonly List<Action> _shares = [];
    private readonly List<string> _labels = [];
    private LabelFilter? _labelFilter;

    /// <summary>Whether there are tests.</summary>
    public bool Any => _numbers.Count + _tests.Count + _labels.Count > 0;

    /// <summary>Whether no row can pass.</summary>
    public bool MatchNothing => Labels is { MatchesNothing: true };

    private LabelFilter? Labels => _labels.Count == 0 ? null : _labelFilter ??= new(_labels, table, catalog);

    /// <summary>Adds a condition.</summary>
    public void Add(FilterCondition condition)
    {
        if (condition.Field == FilterField.Label)
        {
            _labels.Add(condition.Value);
            return;
        }
        if (NumberTestOf(condition) is { } numbers)
        {
            _numbers.Add(numbers);
            return;
        }
        var test = TestOf(condition);
        _tests.Add(condition.Not ? row => !test(row) : test);
    }

    /// <summary>Prepares for use by several threads.</summary>
    public void Share()
    {
        Labels?.Share();
        foreach (var test in _numbers) test.Share();
        foreach (var share in _shares) share();
    }

    /// <summary>Whether a row meets all conditions.</summary>
    public bool Pass(int row)
    {
        foreach (var test in _numbers)
            if (!test.Pass(row)) return false;
        return PassOthers(row);
    }

    /// <summary>Removes the rows of a chunk that do not meet all conditions.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="words">Its rows as bits.</param>
    public void Restrict(int chunk, Span<ulong> words)
    {
        foreach (var test in _numbers) test.Restrict(chunk, words);
        if (_tests.Count + _labels.Count == 0) return;
        for (var i = 0; i < words.Length; i++)
            for (var word = words[i]; word != 0; word &= word - 1)
                if (!PassOthers((chunk << Chunk.Bits) + (i << 6) + BitOperations.TrailingZeroCount(word))) words[i] &= ~(word & (~word + 1));
    }

    private bool PassOthers(int row)
    {
        foreach (var test in _tests)
            if (!test(row)) return false;
        return _labelFilter is null || _labelFilter.Matches(table.Node[row], table.Job[row]);
    }

    // Null for conditions that are not about one number of a row.
    private NumberTest? NumberTestOf(FilterCondition condition)
    {
        switch (condition.Field)
        {
            case FilterField.Job: return Of(table.Job, Named(table.Jobs.Named), () => table.Jobs.Count);
            case FilterField.Node: return Of(table.Node, Named(table.Nodes.Named), () => table.Nodes.Count);
            case FilterField.Deployment: return Of(table.Deployment, Named(table.Deployments.Named), () => table.Deployments.Count);
            case FilterField.Namespace: return Of(table.Namespace, Named(table.Namespaces.Named), () => table.Namespaces.Count);
            case FilterField.Type: return Of(table.Type, Named(table.Types.Named), () => table.Types.Count);
            case FilterField.Agent when condition.Test != FilterTest.OneOf:
                return OfNode(node => node.AgentVersion, version => version.Length > 0 && AgentVersions.Meets(version, condition.Test, condition.Value));
            case FilterField.Agent: return OfNode(node => node.AgentVersion, AnyOf);
            case FilterField.System: return OfNode(node => node.OperatingSystem, AnyOf);
            case FilterField.Architecture: return OfNode(node => node.Architecture, AnyOf);
            case FilterField.Error: return Of(table.Notes, number => AnyOf(ErrorCodes.Of(table.AllNotes[number])), () => table.AllNotes.Limit);
            case FilterField.Message:
                return Of(table.Message, number => condition.Values.Any(v => table.Messages[number].Contains(v.Text, StringComparison.OrdinalIgnoreCase)), () => table.Messages.Limit);
            case FilterField.Has when condition is { Values.Count: 1, Value: "message" }: return Of(table.Message, number => number != 0, () => table.Messages.Limit);
            case FilterField.Has when condition is { Values.Count: 1, Value: "error" }: return Of(table.Notes, number => ErrorCodes.Of(table.AllNotes[number]).Length > 0, () => table.AllNotes.Limit);
            default: return null;
        }

        NumberTest Of(NumberColumn column, Func<int, bool> passes, Func<int> limit) => new(column, passes, condition.Not, limit);

        Func<int, bool> Named(Func<FilterValue, IEnumerable<int>> named) => IdSet.Of(condition.Values.SelectMany(named)).Contains;

        // Nodes share their texts, of which there are few.
        NumberTest OfNode(Func<Node, string> text, Func<string, bool> passes)
        {
            var known = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
            return Of(table.Node, number => catalog.FindNode(table.Nodes[number].Id) is { } node && known.GetOrAdd(text(node), passes), () => table.Nodes.Count);
        }

        bool AnyOf(string text)
        {
            foreach (var value in condition.Values)
                if (value.Matches(text)) return true;
            return false;
        }
    }

    private Func<int, bool> TestOf(FilterCondition condition)
    {
        switch (condition.Field)
        {
            case FilterField.Version: return Version(condition);
            case FilterField.Id: return Id(condition);
            case FilterField.Plane: return Plane(condition);
            case FilterField.Text:
                var text = new TextFilter(condition.Value, table);
                _shares.Add(text.Share);
                return text.Matches;
            default:
                Func<int, bool>[] words = [.. condition.Values.Select(v => Word(condition.Field, v.Text))];
                return words is [var one] ? one : row => Array.Exists(words, word => word(row));
        }
    }

    private Func<int, bool> Word(FilterField field, string word) => (field, word) switch
    {
        (FilterField.Is, "current") => table.IsCurrent,
        (FilterField.Is, "replaced") => row => !table.IsCurrent(row),
        (FilterField.Is, "drifting") => row => (table.Flags[row] & ExecutionTable.Drifting) != 0,
        (FilterField.Is, "unreachable") => row => (table.Flags[row] & ExecutionTable.LastKnown) != 0,
        (FilterField.Has, "message") => row => table.Message[row] != 0,
        (FilterField.Has, "error") => WithError(),
        (FilterField.Has, "node") => row => table.Node[row] != 0,
        (FilterField.Has, "deployment") => row => (table.Flags[row] & ExecutionTable.HasOwnDeployment) != 0,
        (FilterField.Has, "desired") => row => table.Desired[row] != 0,
        (FilterField.Has, "agent") => WithAgent(),
        (FilterField.Has, "previous") => row => table.Previous[row] != default,
        (FilterField.Has, "next") => row => table.Next[row] != default,
        _ => _ => false,
    };

    private Func<int, bool> WithError()
    {
        var codes = Kept(number => ErrorCodes.Of(table.AllNotes[number]).Length > 0, () => table.AllNotes.Limit);
        return row => codes[table.Notes[row]];
    }

    private Func<int, bool> Version(FilterCondition condition)
    {
        if (condition.Test == FilterTest.OneOf)
        {
            var versions = IdSet.Exactly(condition.Values.Select(v => int.Parse(v.Text, CultureInfo.InvariantCulture)));
            return row => versions.Contains(table.JobVersion[row]);
        }
        var bound = int.Parse(condition.Value, CultureInfo.InvariantCulture);
        return condition.Test switch
        {
            FilterTest.Below => row => table.JobVersion[row] < bound,
            FilterTest.AtMost => row => table.JobVersion[row] <= bound,
            FilterTest.Above => row => table.JobVersion[row] > bound,
            _ => row => table.JobVersion[row] >= bound,
        };
    }

    private Func<int, bool> Id(FilterCondition condition)
    {
        var rows = new HashSet<int>(condition.Values.Where(v => !v.IsPattern).Select(v => table.Find(v.Text)));
        FilterValue[] patterns = [.. condition.Values.Where(v => v.IsPattern)];
        return patterns.Length == 0 ? rows.Contains : row => rows.Contains(row) || Array.Exists(patterns, pattern => pattern.Matches(table.IdOf(row)));
    }

    // All executions of a job are on its plane.
    private Func<int, bool> Plane(FilterCondition condition)
    {
        var jobs = Kept(number => IsNamed(table.Jobs[number].Id), () => table.Jobs.Count);
        return row => table.Job[row] is > 0 and var job ? jobs[job] : IsNamed(table.IdOf(row));

        bool IsNamed(string id) => condition.Values.Any(value => value.Matches(catalog.Planes.Of(id)));
    }

    private Func<int, bool> WithAgent()
    {
        var nodes = Kept(number => catalog.FindNode(table.Nodes[number].Id) is { AgentVersion.Length: > 0 }, () => table.Nodes.Count);
        return row => nodes[table.Node[row]];
    }

    private NumberCache<bool> Kept(Func<int, bool> test, Func<int> limit)
    {
        var kept = new NumberCache<bool>(test, limit);
        _shares.Add(kept.Widen);
        return kept;
    }
}
