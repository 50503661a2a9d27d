using System.Collections.Concurrent;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    private const int MostCompared = 10_000;

    private readonly ConcurrentDictionary<(string, string), bool> _sameSpecs = new();

    /// <summary>The spec that executions of a job's version were started with, from one of them; null when none that is held tells.</summary>
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
    /// Whether the spec of a version differs from the job's now: by content where both are known, else by the version's number. What only is
    /// written otherwise does not differ.
    /// </summary>
    public bool DiffersFromNow(Job job, int version, string specHash)
    {
        if (specHash.Length == 0 || job.SpecHash.Length == 0) return version > 0 && version != job.Version;
        return !SameSpecs(specHash, job.SpecHash);
    }

    /// <summary>Whether two specs that are held mean the same. Compared once.</summary>
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

    /// <summary>
    /// Which spec every node runs of every job, by its current execution of the job where that has not ended. Cost: the executions that have not
    /// ended.
    /// </summary>
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

    // An execution without a node runs nowhere.
    private bool IsRunning(int row) => _table.IsLive(row) && _table.IsCurrent(row) && _table.Node[row] != 0;
}

/// <summary>How many nodes run a spec of a job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Version">The job's version that they were started with.</param>
/// <param name="SpecHash">The spec they were started with; empty when not sent.</param>
/// <param name="Nodes">Nodes whose current execution of the job is of it and has not ended.</param>
/// <param name="LastKnown">Those of them that are not heard from.</param>
internal sealed record SpecUse(string JobId, int Version, string SpecHash, int Nodes, int LastKnown);
