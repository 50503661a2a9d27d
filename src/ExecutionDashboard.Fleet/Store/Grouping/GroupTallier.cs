using System.Runtime.InteropServices;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Grouping;

/// <summary>Counts the rows of a scan by group and state.</summary>
internal sealed class GroupTallier(ExecutionTable table, Func<int, long> numberOf) : IRowVisitor
{
    private readonly Dictionary<long, Tally> _tallies = [];

    public IEnumerable<KeyValuePair<long, Tally>> Tallies => _tallies;

    public void Visit(int row)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_tallies, numberOf(row), out _);
        new RowTallier(table, tally ??= new()).Visit(row);
    }

    /// <summary>Adds what another one has counted, of other rows.</summary>
    public void Add(GroupTallier other)
    {
        foreach (var (number, tally) in other._tallies)
        {
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_tallies, number, out var exists);
            if (exists) own!.Add(tally);
            else own = tally;
        }
    }
}
