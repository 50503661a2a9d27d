using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>Writes the heads of groups in one order of rows, and remembers what the browser was told of each.</summary>
/// <param name="states">How nodes stand.</param>
/// <param name="writer">The browser's writer.</param>
internal sealed class GroupHeadWriter(WorstStates states, TimelineWriter writer)
{
    private readonly Dictionary<int, int[]> _told = [];
    private NodeWorst? _lookedAt;

    /// <summary>A head that comes on screen.</summary>
    public GroupWire Tell(int row, LaneRow head) => new(row, head.IsFolded, _told[row] = Counts(head.Head!, states.Now));

    /// <summary>Heads of which the counts moved; null when none did. Looks only when the states were worked out anew.</summary>
    public List<GroupWire>? Moved(IReadOnlyList<LaneRow> rows, int first, int last)
    {
        var now = states.Now;
        if (_told.Count == 0 || ReferenceEquals(now, _lookedAt)) return null;
        _lookedAt = now;
        List<GroupWire>? moved = null;
        for (var row = first; row <= last; row++)
        {
            if (rows[row].Head is not { } group || !_told.TryGetValue(row, out var before) || Counts(group, now) is var counts && counts.AsSpan().SequenceEqual(before)) continue;
            (moved ??= []).Add(new(row, rows[row].IsFolded, _told[row] = counts));
        }
        return moved;
    }

    private int[] Counts(LaneGroup group, NodeWorst now) =>
        [.. group.States(now).SelectMany(s => new[] { writer.Word(StateStyle.Word(s.State)), s.Nodes })];
}
