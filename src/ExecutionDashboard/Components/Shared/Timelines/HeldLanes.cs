using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>The lanes that one viewer's window holds, by node, and the lane of each execution on them.</summary>
internal sealed class HeldLanes
{
    private readonly Dictionary<string, Lane> _byNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Lane> _byExecution = new(StringComparer.Ordinal);
    // From the one that was loaded longest ago to the newest.
    private readonly List<string> _loaded = [];

    /// <summary>Lanes held.</summary>
    public int Count => _byNode.Count;

    /// <summary>All lanes.</summary>
    public IReadOnlyCollection<Lane> All => _byNode.Values;

    /// <summary>Ids of the nodes whose lanes are held.</summary>
    public IReadOnlyCollection<string> NodeIds => _byNode.Keys;

    /// <summary>The lane of a node; null when it is not held.</summary>
    public Lane? Find(string nodeId) => _byNode.GetValueOrDefault(nodeId);

    /// <summary>Whether an execution is on a lane held.</summary>
    public bool HasExecution(string executionId) => _byExecution.ContainsKey(executionId);

    /// <summary>The lane that a change is on; null when it is not held.</summary>
    public Lane? Of(FleetChange change)
    {
        if (change.Kind == FleetKind.Node) return Find(change.Id);
        if (change.Execution is not { } execution) return _byExecution.GetValueOrDefault(change.Id);
        var lane = Find(execution.NodeId);
        if (lane is not null) _byExecution[execution.Id] = lane;
        return lane;
    }

    /// <summary>Holds a lane that was loaded, in place of the one of its node.</summary>
    public void Put(Lane lane)
    {
        _byNode[lane.NodeId] = lane;
        _loaded.Remove(lane.NodeId);
        _loaded.Add(lane.NodeId);
        foreach (var bar in lane.Bars) _byExecution[bar.ExecutionId] = lane;
    }

    /// <summary>Drops all lanes.</summary>
    public void Clear()
    {
        _byNode.Clear();
        _byExecution.Clear();
        _loaded.Clear();
    }

    /// <summary>Drops the lanes that were loaded longest ago, of those that are not on screen.</summary>
    /// <param name="onScreen">Nodes on screen.</param>
    /// <param name="count">How many to drop at most.</param>
    /// <returns>Ids of the nodes whose lanes were dropped.</returns>
    public IReadOnlyList<string> Drop(IReadOnlySet<string> onScreen, int count)
    {
        string[] oldest = [.. _loaded.Where(id => !onScreen.Contains(id)).Take(count)];
        foreach (var id in oldest)
        {
            _loaded.Remove(id);
            if (!_byNode.Remove(id, out var lane)) continue;
            foreach (var bar in lane.Bars) _byExecution.Remove(bar.ExecutionId);
        }
        return oldest;
    }
}
