using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store.Grouping;

/// <summary>The group of each row as a number, for one state of the store. What many rows share, such as a node's label, is found once. Safe for concurrent use.</summary>
internal sealed class GroupNumbers
{
    private readonly ExecutionTable _table;
    private readonly ExecutionGrouping _grouping;
    private readonly Dictionary<string, int> _values;
    private readonly List<string> _texts = [""];

    public GroupNumbers(ExecutionTable table, ExecutionGrouping grouping, Catalog catalog)
    {
        (_table, _grouping) = (table, grouping);
        // Filters do not distinguish the case of a code.
        _values = new(grouping.Field == GroupField.Error ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        Of = grouping.Field switch
        {
            GroupField.Job => row => table.Job[row],
            GroupField.Version => row => (long)table.Job[row] << 32 | (uint)table.JobVersion[row],
            GroupField.State => row => table.State[row],
            GroupField.Node => row => table.Node[row],
            GroupField.Deployment => row => table.Deployment[row],
            GroupField.Namespace => row => table.Namespace[row],
            GroupField.Type => row => table.Type[row],
            GroupField.Error => OfError(),
            GroupField.Label => OfLabel(grouping.Label, catalog),
            GroupField.Plane => OfPlane(catalog.Planes),
            _ => _ => 0,
        };
    }

    /// <summary>The number of a row's group.</summary>
    public Func<int, long> Of { get; }

    /// <summary>The group of a number.</summary>
    public ExecutionGroup Group(long number, StateCounts counts)
    {
        var of = (int)number;
        return _grouping.Field switch
        {
            GroupField.Job => Named(_table.Jobs[of]),
            GroupField.Version => Versioned(_table.Jobs[(int)(number >> 32)], of),
            GroupField.State => Plain(_table.States[of].Name),
            GroupField.Node => Named(_table.Nodes[of]),
            GroupField.Deployment => Named(_table.Deployments[of]),
            GroupField.Namespace => Plain(_table.Namespaces[of]),
            GroupField.Type => Plain(_table.Types[of]),
            GroupField.Label when of > 0 => new("=" + _texts[of], _texts[of], _texts[of], 0, false, counts),
            GroupField.Plane => Plain(_texts[of]),
            GroupField.Error => Plain(_texts[of]) with { Key = _texts[of].ToUpperInvariant() },
            _ => Plain(""),
        };

        ExecutionGroup Named(Group group) => new(group.Id, group.Id, group.Name, 0, group.Id.Length == 0, counts);
        ExecutionGroup Versioned(Group job, int version) => new(FormattableString.Invariant($"{job.Id}@{version}"), job.Id, job.Name, version, false, counts);
        ExecutionGroup Plain(string value) => new(value, value, value, 0, value.Length == 0, counts);
    }

    private Func<int, long> OfError()
    {
        var codes = new NumberCache<int>(notes => Number(ErrorCodes.Of(_table.AllNotes[notes])), () => _table.AllNotes.Limit);
        codes.Widen();
        return row => codes[_table.Notes[row]];
    }

    private Func<int, long> OfPlane(FleetPlanes planes)
    {
        var jobs = new NumberCache<int>(job => Number(planes.Of(_table.Jobs[job].Id)), () => _table.Jobs.Count);
        jobs.Widen();
        return row => _table.Job[row] is > 0 and var job ? jobs[job] : Number(planes.Of(_table.IdOf(row)));
    }

    private Func<int, long> OfLabel(string key, Catalog catalog)
    {
        // The node decides when it has the label.
        var nodes = new NumberCache<int>(node => Number(catalog.FindNode(_table.Nodes[node].Id)?.Labels.GetValueOrDefault(key)), () => _table.Nodes.Count);
        var jobs = new NumberCache<int>(job => Number(catalog.FindJob(_table.Jobs[job].Id)?.Labels.GetValueOrDefault(key)), () => _table.Jobs.Count);
        nodes.Widen();
        jobs.Widen();
        return row => nodes[_table.Node[row]] is > 0 and var own ? own : jobs[_table.Job[row]];
    }

    // 0 for none. A label may be there and empty, a code may not.
    private int Number(string? value)
    {
        if (value is null || (value.Length == 0 && _grouping.Field is GroupField.Error or GroupField.Plane)) return 0;
        lock (_values)
        {
            if (_values.TryGetValue(value, out var known))
            {
                // Of codes that differ in case alone always the same one is shown, whichever is found first.
                if (string.CompareOrdinal(value, _texts[known]) < 0) _texts[known] = value;
                return known;
            }
            _texts.Add(value);
            return _values[value] = _texts.Count - 1;
        }
    }
}
