using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>
    /// The current executions of a job that have not ended, are not wanted stopped and were started with another spec than the job has now. Cost: the
    /// executions of the job, without reading them.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="most">So many are named, the oldest of them.</param>
    internal OutdatedExecutions OutdatedOf(Job job, int most) => _gate.Read(() =>
    {
        if (_table.Jobs.Find(job.Id) is not { } group) return OutdatedExecutions.None;
        var verdicts = new Dictionary<(int Version, int Spec), bool>();
        var versions = new SortedDictionary<int, int>();
        var rows = new List<int>();
        var (lastKnown, first) = (0, 0L);
        foreach (var row in group.Rows)
        {
            if (_table.JobVersion[row] == job.Version && _table.IsLive(row) && _table.Job[row] == group.Number && _table.Created[row] is > 0 and var created && (first == 0 || created < first)) first = created;
            if (!IsRunning(row) || _table.Job[row] != group.Number || _table.States[_table.State[row]].IsTerminal) continue;
            if (_table.States[_table.Desired[row]].Known == KnownExecutionState.Stopped) continue;
            var key = (_table.JobVersion[row], _table.Spec[row]);
            if (!verdicts.TryGetValue(key, out var differs)) verdicts[key] = differs = DiffersFromNow(job, key.Item1, _table.Texts[key.Item2]);
            if (!differs) continue;
            rows.Add(row);
            versions[key.Item1] = versions.GetValueOrDefault(key.Item1) + 1;
            if ((_table.Flags[row] & ExecutionTable.LastKnown) != 0) lastKnown++;
        }
        rows.Sort((a, b) => _table.Created[a] != _table.Created[b] ? _table.Created[a].CompareTo(_table.Created[b]) : a.CompareTo(b));
        return new(rows.Count, lastKnown, ExecutionTable.ToTime(first), versions, [.. rows.Take(most).Select(row => new OutdatedExecution(
            _table.IdOf(row), _table.Nodes[_table.Node[row]].Id, _table.JobVersion[row], (_table.Flags[row] & ExecutionTable.LastKnown) != 0))]);
    });

    /// <summary>Ids of the nodes that have an execution of a version of a job or of a later one, current or not.</summary>
    internal HashSet<string> NodesWithVersion(string jobId, int version) => _gate.Read(() =>
    {
        var nodes = new HashSet<string>(StringComparer.Ordinal);
        if (_table.Jobs.Find(jobId) is not { } group) return nodes;
        foreach (var row in group.Rows)
            if (_table.IsLive(row) && _table.Job[row] == group.Number && _table.Node[row] != 0 && _table.JobVersion[row] >= version) nodes.Add(_table.Nodes[_table.Node[row]].Id);
        return nodes;
    });

    /// <summary>A job has an execution on a node that has not ended.</summary>
    internal bool HasRunning(string jobId, string nodeId) => _gate.Read(() =>
        _table.Jobs.Find(jobId) is { } job && _table.Nodes.Find(nodeId) is { } node && _table.NewestOf(job.Number, node.Number) is >= 0 and var row
        && !_table.States[_table.State[row]].IsTerminal);
}

/// <summary>Executions of a job that run an older spec of it.</summary>
/// <param name="Count">How many, one a node.</param>
/// <param name="LastKnown">Those of them on nodes that are not connected.</param>
/// <param name="VersionSince">When the first execution of the version that the job has now was created, UTC; null when none is known.</param>
/// <param name="Versions">How many by version.</param>
/// <param name="First">Some of them, the oldest first.</param>
internal sealed record OutdatedExecutions(int Count, int LastKnown, DateTimeOffset? VersionSince, IReadOnlyDictionary<int, int> Versions, IReadOnlyList<OutdatedExecution> First)
{
    /// <summary>None.</summary>
    public static OutdatedExecutions None { get; } = new(0, 0, null, new Dictionary<int, int>(), []);
}

/// <summary>An execution that runs an older spec of its job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="Version">The version it was started with.</param>
/// <param name="IsLastKnown">Its node is not connected.</param>
internal sealed record OutdatedExecution(string Id, string NodeId, int Version, bool IsLastKnown);
