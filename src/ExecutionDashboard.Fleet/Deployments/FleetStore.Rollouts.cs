using System.Runtime.InteropServices;

namespace ExecutionDashboard.Fleet;

public sealed partial class FleetStore
{
    // A server's start of a rollout and the creation of its first executions may be stamped out of order.
    private static readonly TimeSpan StampSlack = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The executions of a deployment, the newest of each node, by first creation. A rollout reuses the version's number after a restart or a
    /// rollback, so executions older than a deployment made from a rollout are not its own.
    /// </summary>
    internal RolloutRow[] RolloutRows(Deployment deployment) => _gate.Read(() =>
    {
        var group = _table.Deployments.Find(deployment.Id);
        return group is null ? [] : Newest(group.Rows, group.Number, _table.Deployment, OldestOf(deployment), int.MaxValue);
    });

    /// <summary>The newest execution of a job on each node, whatever its version and deployment, except those of one deployment.</summary>
    internal RolloutRow[] RestOfJob(Deployment deployment) => _gate.Read(() =>
    {
        var job = _table.Jobs.Find(deployment.JobId);
        if (job is null || deployment.JobId.Length == 0) return [];
        var without = _table.Deployments.Find(deployment.Id)?.Number ?? int.MaxValue;
        return Newest(job.Rows, job.Number, _table.Job, oldest: 0, without, OldestOf(deployment));
    });

    /// <summary>The executions that <see cref="RolloutRows"/> stands for, in its order.</summary>
    internal Execution[] ExecutionsOf(Deployment deployment) => _gate.Read(() =>
    {
        var group = _table.Deployments.Find(deployment.Id);
        if (group is null) return [];
        var rows = Newest(group.Rows, group.Number, _table.Deployment, OldestOf(deployment), int.MaxValue);
        return Array.ConvertAll(rows, row => _table.Read(row.Row));
    });

    /// <summary>The rows of a deployment with the ids of their executions.</summary>
    internal (RolloutRow[] Rows, string[] Ids) RolloutRowsWithIds(Deployment deployment) => _gate.Read(() =>
    {
        var group = _table.Deployments.Find(deployment.Id);
        if (group is null) return ([], []);
        var rows = Newest(group.Rows, group.Number, _table.Deployment, OldestOf(deployment), int.MaxValue);
        return (rows, Array.ConvertAll(rows, row => _table.IdOf(row.Row)));
    });

    private static long OldestOf(Deployment deployment) =>
        deployment.IsRollout && deployment.CreatedAt is { } start && start - DateTimeOffset.MinValue > StampSlack ? ExecutionTable.FromTime(start - StampSlack) : 0;

    private RolloutRow[] Newest(ReadOnlySpan<int> rows, int member, NumberColumn membership, long oldest, int without, long oldestWithout = 0)
    {
        var places = new Dictionary<int, int>();
        var tries = new Dictionary<(int Node, int Job, int Version), int>();
        var found = new List<(int Row, long First)>();
        foreach (var row in rows)
        {
            if (!_table.IsLive(row) || membership[row] != member) continue;
            var (node, created) = (_table.Node[row], _table.Created[row]);
            if (created != 0 && created < oldest) continue;
            if (_table.Deployment[row] == without && (created == 0 || created >= oldestWithout)) continue;
            CollectionsMarshal.GetValueRefOrAddDefault(tries, (node, _table.Job[row], _table.JobVersion[row]), out _)++;
            // An execution without a node is nobody's predecessor.
            if (node == 0 || !places.TryGetValue(node, out var at))
            {
                if (node != 0) places[node] = found.Count;
                found.Add((row, created));
                continue;
            }
            var (held, first) = found[at];
            found[at] = (IsLater(row, held) ? row : held, Math.Min(first, created));
        }
        // In the order of first creation; those of one moment as they came.
        found.Sort((a, b) => a.First != b.First ? a.First.CompareTo(b.First) : a.Row.CompareTo(b.Row));
        var result = new RolloutRow[found.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var (row, first) = found[i];
            var node = _table.Node[row];
            result[i] = new RolloutRow(
                row, _table.Nodes[node].Id, _table.States[_table.State[row]], (_table.Flags[row] & ExecutionTable.LastKnown) != 0,
                _table.States[_table.Desired[row]].Known == KnownExecutionState.Stopped, ExecutionTable.ToTime(first), ExecutionTable.ToTime(_table.Created[row]),
                ExecutionTable.ToTime(_table.Updated[row]), ExecutionTable.ToTime(_table.Stable[row]),
                node == 0 ? 1 : tries[(node, _table.Job[row], _table.JobVersion[row])]);
        }
        return result;
    }

    private bool IsLater(int row, int held)
    {
        if (_table.Created[row] != _table.Created[held]) return _table.Created[row] > _table.Created[held];
        // Two of one moment: the one that goes on is the newer.
        var (ended, heldEnded) = (_table.States[_table.State[row]].IsTerminal, _table.States[_table.State[held]].IsTerminal);
        if (ended != heldEnded) return heldEnded;
        if (_table.Updated[row] != _table.Updated[held]) return _table.Updated[row] > _table.Updated[held];
        return _table.Key[row] > _table.Key[held];
    }
}
