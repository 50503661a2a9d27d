using System.Globalization;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Selections;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>
/// The conditions of a query that no index covers, as tests of a row. What many rows share (a node, a message, an error code) is tested once and kept by its number.
/// </summary>
internal sealed class RowTests(ExecutionTable table, Catalog catalog)
{
    private readonly List<Func<int, bool>> _tests = [];
    private readonly List<Action> _shares = [];
    private readonly List<string> _labels = [];
    private LabelFilter? _labelFilter;

    /// <summary>Whether there are tests.</summary>
    public bool Any => _tests.Count + _labels.Count > 0;

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
        var test = TestOf(condition);
        _tests.Add(condition.Not ? row => !test(row) : test);
    }

    /// <summary>Prepares for use by several threads.</summary>
    public void Share()
    {
        Labels?.Share();
        foreach (var share in _shares) share();
    }

    /// <summary>Whether a row meets all conditions.</summary>
    public bool Pass(int row)
    {
        foreach (var test in _tests)
            if (!test(row)) return false;
        return _labelFilter is null || _labelFilter.Matches(table.Node[row], table.Job[row]);
    }

    private Func<int, bool> TestOf(FilterCondition condition)
    {
        switch (condition.Field)
        {
            case FilterField.Job: return In(table.Job, Numbers(table.Jobs.Named));
            case FilterField.Node: return In(table.Node, Numbers(table.Nodes.Named));
            case FilterField.Deployment: return In(table.Deployment, Numbers(table.Deployments.Named));
            case FilterField.Namespace: return In(table.Namespace, Numbers(table.Namespaces.Named));
            case FilterField.Type: return In(table.Type, Numbers(table.Types.Named));
            case FilterField.Version: return Version(condition);
            case FilterField.Agent when condition.Test != FilterTest.OneOf:
                return OfNode(node => node is { AgentVersion.Length: > 0 } && AgentVersions.Meets(node.AgentVersion, condition.Test, condition.Value));
            case FilterField.Agent: return OfNode(node => node is not null && AnyOf(node.AgentVersion));
            case FilterField.System: return OfNode(node => node is not null && AnyOf(node.OperatingSystem));
            case FilterField.Architecture: return OfNode(node => node is not null && AnyOf(node.Architecture));
            case FilterField.Id: return Id(condition);
            case FilterField.Error:
                var codes = Kept(number => AnyOf(ErrorCodes.Of(table.AllNotes[number])), () => table.AllNotes.Limit);
                return row => codes[table.Notes[row]];
            case FilterField.Message:
                var messages = Kept(number => condition.Values.Any(v => table.Messages[number].Contains(v.Text, StringComparison.OrdinalIgnoreCase)), () => table.Messages.Limit);
                return row => messages[table.Message[row]];
            case FilterField.Text:
                var text = new TextFilter(condition.Value, table);
                _shares.Add(text.Share);
                return text.Matches;
            default:
                Func<int, bool>[] words = [.. condition.Values.Select(v => Word(condition.Field, v.Text))];
                return words is [var one] ? one : row => Array.Exists(words, word => word(row));
        }

        IdSet Numbers(Func<FilterValue, IEnumerable<int>> named) => IdSet.Of(condition.Values.SelectMany(named));

        bool AnyOf(string text)
        {
            foreach (var value in condition.Values)
                if (value.Matches(text)) return true;
            return false;
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
        (FilterField.Has, "agent") => OfNode(node => node is { AgentVersion.Length: > 0 }),
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
        if (condition.Test == FilterTest.OneOf) return In(table.JobVersion, IdSet.Exactly(condition.Values.Select(v => int.Parse(v.Text, CultureInfo.InvariantCulture))));
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

    private Func<int, bool> OfNode(Func<Node?, bool> test)
    {
        var nodes = Kept(number => test(catalog.FindNode(table.Nodes[number].Id)), () => table.Nodes.Count);
        return row => nodes[table.Node[row]];
    }

    private NumberCache<bool> Kept(Func<int, bool> test, Func<int> limit)
    {
        var kept = new NumberCache<bool>(test, limit);
        _shares.Add(kept.Widen);
        return kept;
    }

    private static Func<int, bool> In(NumberColumn column, IdSet numbers) => row => numbers.Contains(column[row]);
}
