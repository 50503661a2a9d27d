using System.Collections.Concurrent;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    private const int MostCompared = 10_000;

    private readonly ConcurrentDictionary<(string, string), bool> _sameSpecs = new();

    /// <summary>The spec of a job's version, from an execution started with it; null when unknown.</summary>
    public JobSpec? SpecOfVersion(string jobId, int version)
    {
        var hash = _gate.Read(() =>
        {
            if (_table.Jobs.Find(jobId) is not { } job) return "";
            foreach (var row in job.Rows)
                if (_table.IsLive(row) && _table.Job[row] == job.Number && _table.JobVersion[row] == version && _table.Spec[row] != 0) return _table.Texts[_table.Spec[row]];
            return "";
        });
        return hash.Length > 0 ? FindSpec(hash) : null;
    }

    /// <summary>Whether an execution has not ended and was started with another spec than its job has now.</summary>
    public bool RunsOldSpec(Execution execution) =>
        !execution.Actual.State.IsTerminal && FindJob(execution.JobId) is { } job && DiffersFromNow(job, execution.JobVersion, execution.SpecHash);

    /// <summary>
    /// Whether the spec of a version differs from the job's current one: by content where both are known, else by version number. Differences in formatting do not
    /// count.
    /// </summary>
    public bool DiffersFromNow(Job job, int version, string specHash)
    {
        if (specHash.Length == 0 || job.SpecHash.Length == 0) return version > 0 && version != job.Version;
        return !SameSpecs(specHash, job.SpecHash);
    }

    /// <summary>Whether two known specs mean the same. Compared once.</summary>
    public bool SameSpecs(string one, string other)
    {
        if (one == other) return true;
        if (_sameSpecs.TryGetValue((one, other), out var same)) return same;
        if (FindSpec(one) is not { } first || FindSpec(other) is not { } second) return false;
        same = SpecValue.Parse(first.Json) is { } a && SpecValue.Parse(second.Json) is { } b && a.Same(b);
        if (_sameSpecs.Count >= MostCompared) _sameSpecs.Clear();
        _sameSpecs[(one, other)] = same;
        return same;
    }

    /// <summary>Which spec of each job each node runs, by its current execution if that has not ended. Costs the executions that have not ended.</summary>
    internal IReadOnlyList<SpecUse> SpecUses() => _gate.Read(() =>
    {
        var uses = new Dictionary<(int Job, int Version, int Spec), (int Nodes, int Silent)>();
        foreach (var row in RunningRows())
        {
            var key = (_table.Job[row], _table.JobVersion[row], _table.Spec[row]);
            var (nodes, silent) = uses.GetValueOrDefault(key);
            uses[key] = (nodes + 1, silent + ((_table.Flags[row] & ExecutionTable.LastKnown) != 0 ? 1 : 0));
        }
        return (IReadOnlyList<SpecUse>)[.. uses.Select(u => new SpecUse(_table.Jobs[u.Key.Job].Id, u.Key.Version, _table.Texts[u.Key.Spec], u.Value.Nodes, u.Value.Silent))];
    });

    /// <summary>The current executions of a job that have not ended, oldest first.</summary>
    internal IReadOnlyList<Execution> RunningOfJob(string jobId) => _gate.Read(() =>
        _table.Jobs.Find(jobId) is not { } job ? (IReadOnlyList<Execution>)[]
        : [.. RunningRows(job).OrderBy(row => _table.Created[row]).ThenBy(row => _table.Key[row]).Select(_table.Read)]);

    private List<int> RunningRows(Group job)
    {
        var running = new List<int>();
        foreach (var row in job.Rows)
            if (IsRunning(row) && _table.Job[row] == job.Number && !_table.States[_table.State[row]].IsTerminal) running.Add(row);
        return running;
    }

    private IEnumerable<int> RunningRows()
    {
        for (var state = 0; state < _table.States.Count; state++)
        {
            if (_table.States[state].IsTerminal || _table.RowsInState(state) is not { } rows) continue;
            for (var chunk = 0; chunk < _table.ChunkCount; chunk++)
            {
                if (rows.Words(chunk) is not { } words || _table.CurrentRows.Words(chunk) is not { } current) continue;
                for (var w = 0; w < words.Length; w++)
                    for (var word = words[w] & current[w]; word != 0; word &= word - 1)
                        if ((chunk << Chunk.Bits) + (w << 6) + System.Numerics.BitOperations.TrailingZeroCount(word) is var row && IsRunning(row)) yield return row;
            }
        }
    }

    // An execution without a node does not run.
    private bool IsRunning(int row) => _table.IsLive(row) && _table.IsCurrent(row) && _table.Node[row] != 0;
}

/// <summary>Number of nodes that run a spec of a job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Version">Version they were started with.</param>
/// <param name="SpecHash">Spec they were started with; empty when not sent.</param>
/// <param name="Nodes">Number of nodes.</param>
/// <param name="LastKnown">Number of them that are unreachable.</param>
internal sealed record SpecUse(string JobId, int Version, string SpecHash, int Nodes, int LastKnown);
