using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>Writes the headings of groups, and remembers what the browser has of each.</summary>
/// <param name="states">Worst states of nodes.</param>
/// <param name="writer">The browser's writer.</param>
internal sealed class GroupHeadWriter(WorstStates states, TimelineWriter writer)
{
    private readonly Dictionary<int, int[]> _told = [];
    private NodeWorst? _lookedAt;

    /// <summary>A heading that became visible.</summary>
    public GroupWire Tell(int row, LaneRow head) => new(row, head.IsFolded, _told[row] = Counts(head.Head!, states.Now));

    /// <summary>Headings whose counts changed; null without any. Checks only after the states were computed again.</summary>
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
