using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    // A server's times of a rollout and of its first executions may be slightly out of order.
    private static readonly TimeSpan StampSlack = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The newest execution of each node in a deployment, by the first creation on the node. After a restart or rollback a rollout reuses a version number, so older
    /// executions do not belong to a deployment made from a rollout.
    /// </summary>
    internal RolloutRow[] RolloutRows(Deployment deployment) => _gate.Read(() => Rows(deployment, withTries: false));

    /// <summary>The same with <see cref="RolloutRow.Tries"/>.</summary>
    internal RolloutRow[] RolloutRowsWithTries(Deployment deployment) => _gate.Read(() => Rows(deployment, withTries: true));

    /// <summary>The same with the ids of the executions; without ids when there are more than <paramref name="most"/>.</summary>
    internal (RolloutRow[] Rows, string[] Ids) RolloutRowsWithIds(Deployment deployment, int most) => _gate.Read(() =>
    {
        var rows = Rows(deployment, withTries: false);
        return (rows, rows.Length > most ? [] : Array.ConvertAll(rows, row => _table.IdOf(row.Row)));
    });

    /// <summary>The failed and lost executions among <see cref="RolloutRows"/>, in the same order.</summary>
    internal Execution[] FailedExecutions(Deployment deployment) => _gate.Read(() =>
        Array.ConvertAll(Array.FindAll(Rows(deployment, withTries: false), row => row.IsFailed), row => _table.Read(row.Row)));

    /// <summary>The newest execution of the job on each node, in other deployments than this one.</summary>
    internal RolloutRow[] RestOfJob(Deployment deployment) => _gate.Read(() =>
    {
        var job = deployment.JobId.Length == 0 ? null : _table.Jobs.Find(deployment.JobId);
        if (job is null) return [];
        var (without, oldest) = (_table.Deployments.Find(deployment.Id)?.Number ?? -1, OldestOf(deployment));
        return ToRows(Newest(job.Rows, row => _table.Job[row] == job.Number && !(_table.Deployment[row] == without && IsSince(row, oldest))), job.Rows, withTries: true, CanariesOf(deployment));
    });

    /// <summary>Number of nodes that run another version of the deployment's job now, by version. Ended executions are not counted.</summary>
    internal SortedDictionary<int, int> OtherVersions(Deployment deployment) => _gate.Read(() =>
    {
        var versions = new SortedDictionary<int, int>();
        if (deployment.JobId.Length == 0 || _table.Jobs.Find(deployment.JobId) is not { } job) return versions;
        foreach (var (row, _, _) in Newest(job.Rows, row => _table.Job[row] == job.Number))
        {
            var version = _table.JobVersion[row];
            if (version != deployment.ToVersion && !_table.States[_table.State[row]].IsTerminal) versions[version] = versions.GetValueOrDefault(version) + 1;
        }
        return versions;
    });

    private static long OldestOf(Deployment deployment) =>
        deployment.IsRollout && deployment.CreatedAt is { } start && start - DateTimeOffset.MinValue > StampSlack ? ExecutionTable.FromTime(start - StampSlack) : 0;

    private bool IsSince(int row, long oldest) => _table.Created[row] is var created && (created == 0 || created >= oldest);

    private RolloutRow[] Rows(Deployment deployment, bool withTries)
    {
        var group = _table.Deployments.Find(deployment.Id);
        if (group is null) return [];
        var oldest = OldestOf(deployment);
        return ToRows(Newest(group.Rows, row => _table.Deployment[row] == group.Number && IsSince(row, oldest)), group.Rows, withTries, CanariesOf(deployment));
    }

    private HashSet<int> CanariesOf(Deployment deployment) => [.. deployment.CanaryNodes.Select(id => _table.Nodes.Find(id)?.Number ?? 0).Where(number => number != 0)];

    /// <summary>The newest execution of each node, by the first creation on the node, so that a retry does not move the node.</summary>
    private List<Place> Newest(ReadOnlySpan<int> rows, Func<int, bool> belongs)
    {
        // Index plus one by node number; 0 for none.
        var places = new int[_table.Nodes.Count];
        var found = new List<Place>(rows.Length);
        var (isSorted, last) = (true, long.MinValue);
        foreach (var row in rows)
        {
            if (!_table.IsLive(row) || !belongs(row)) continue;
            var (node, created) = (_table.Node[row], _table.Created[row]);
            // Executions without a node have no predecessor.
            if (node != 0 && places[node] > 0)
            {
                var held = found[places[node] - 1];
                isSorted &= created >= held.First;
                found[places[node] - 1] = new Place(
                    _table.IsLater(row, held.Row, belongs) ? row : held.Row, Math.Min(held.First, created), created < held.First ? row : held.FirstRow);
                continue;
            }
            found.Add(new Place(row, created, row));
            places[node] = found.Count;
            isSorted &= created >= last;
            last = created;
        }
        if (!isSorted) found.Sort((a, b) => a.First != b.First ? a.First.CompareTo(b.First) : a.FirstRow.CompareTo(b.FirstRow));
        return found;
    }

    private RolloutRow[] ToRows(List<Place> places, ReadOnlySpan<int> rows, bool withTries, HashSet<int> canaries)
    {
        var tries = withTries ? TriesOf(places, rows) : null;
        var result = new RolloutRow[places.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var (row, first, _) = places[i];
            var node = _table.Node[row];
            result[i] = new RolloutRow(
                row, _table.Nodes[node].Id, _table.States[_table.State[row]], canaries.Contains(node), (_table.Flags[row] & ExecutionTable.LastKnown) != 0,
                _table.States[_table.Desired[row]].Known == KnownExecutionState.Stopped, first, _table.Created[row], _table.Updated[row], _table.Stable[row],
                node == 0 ? 1 : tries?[i] ?? 0);
        }
        return result;
    }

    /// <summary>Number of executions of the version on the node of each place.</summary>
    private int[] TriesOf(List<Place> places, ReadOnlySpan<int> rows)
    {
        var tries = new int[places.Count];
        // Index plus one by node number; 0 for none.
        var held = new int[_table.Nodes.Count];
        for (var i = 0; i < tries.Length; i++) held[_table.Node[places[i].Row]] = i + 1;
        foreach (var row in rows)
            if (_table.IsLive(row) && held[_table.Node[row]] - 1 is var place and >= 0 && _table.JobVersion[row] == _table.JobVersion[places[place].Row]) tries[place]++;
        return tries;
    }

    /// <summary>The newest execution of a node, and the creation of the first.</summary>
    private readonly record struct Place(int Row, long First, int FirstRow);
}
