using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    // A server's start of a rollout and the creation of its first executions may be stamped out of order.
    private static readonly TimeSpan StampSlack = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The executions of a deployment, the newest of each node, by first creation. A rollout reuses the version's number after a restart or a
    /// rollback, so executions older than a deployment made from a rollout are not its own.
    /// </summary>
    internal RolloutRow[] RolloutRows(Deployment deployment) => _gate.Read(() => Rows(deployment, withTries: false));

    /// <summary>The same, with <see cref="RolloutRow.Tries"/>.</summary>
    internal RolloutRow[] RolloutRowsWithTries(Deployment deployment) => _gate.Read(() => Rows(deployment, withTries: true));

    /// <summary>The rows of a deployment with the ids of their executions; without ids when there are more than <paramref name="most"/>.</summary>
    internal (RolloutRow[] Rows, string[] Ids) RolloutRowsWithIds(Deployment deployment, int most) => _gate.Read(() =>
    {
        var rows = Rows(deployment, withTries: false);
        return (rows, rows.Length > most ? [] : Array.ConvertAll(rows, row => _table.IdOf(row.Row)));
    });

    /// <summary>Of the executions that <see cref="RolloutRows"/> stands for, those that failed or are lost, in its order.</summary>
    internal Execution[] FailedExecutions(Deployment deployment) => _gate.Read(() =>
        Array.ConvertAll(Array.FindAll(Rows(deployment, withTries: false), row => row.IsFailed), row => _table.Read(row.Row)));

    /// <summary>The newest execution of a job on each node, whatever its version and deployment, except those of one deployment.</summary>
    internal RolloutRow[] RestOfJob(Deployment deployment) => _gate.Read(() =>
    {
        var job = deployment.JobId.Length == 0 ? null : _table.Jobs.Find(deployment.JobId);
        if (job is null) return [];
        var (without, oldest) = (_table.Deployments.Find(deployment.Id)?.Number ?? -1, OldestOf(deployment));
        return ToRows(Newest(job.Rows, row => _table.Job[row] == job.Number && !(_table.Deployment[row] == without && IsSince(row, oldest))), job.Rows, withTries: true, CanariesOf(deployment));
    });

    /// <summary>Nodes that run another version of a deployment's job now, by version: of those whose newest execution of the job has not ended.</summary>
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

    /// <summary>The newest of each node, by the first creation on the node, so that a node keeps its place when it is tried again.</summary>
    private List<Place> Newest(ReadOnlySpan<int> rows, Func<int, bool> belongs)
    {
        // By number of the node: 0 is none, else the place and one.
        var places = new int[_table.Nodes.Count];
        var found = new List<Place>(rows.Length);
        var (isSorted, last) = (true, long.MinValue);
        foreach (var row in rows)
        {
            if (!_table.IsLive(row) || !belongs(row)) continue;
            var (node, created) = (_table.Node[row], _table.Created[row]);
            // An execution without a node is nobody's predecessor.
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

    /// <summary>By place: the executions on its node that are of its version.</summary>
    private int[] TriesOf(List<Place> places, ReadOnlySpan<int> rows)
    {
        var tries = new int[places.Count];
        // By number of the node: 0 is none, else the place and one.
        var held = new int[_table.Nodes.Count];
        for (var i = 0; i < tries.Length; i++) held[_table.Node[places[i].Row]] = i + 1;
        foreach (var row in rows)
            if (_table.IsLive(row) && held[_table.Node[row]] - 1 is var place and >= 0 && _table.JobVersion[row] == _table.JobVersion[places[place].Row]) tries[place]++;
        return tries;
    }

    /// <summary>The newest execution of a node, and the first one's creation.</summary>
    private readonly record struct Place(int Row, long First, int FirstRow);
}
