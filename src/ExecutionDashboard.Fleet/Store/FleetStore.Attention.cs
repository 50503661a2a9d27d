using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Attention.Rules;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    private const int JudgedChunks = 32;

    internal int RowOf(string executionId) => _table.Find(executionId);

    internal int JobNumber(string id) => _table.Jobs.Find(id)?.Number ?? -1;

    internal int DeploymentNumber(string id) => _table.Deployments.Find(id)?.Number ?? -1;

    internal int NodeNumbers => _table.Nodes.Count;

    internal string JobId(int number) => _table.Jobs[number].Id;

    internal string DeploymentId(int number) => _table.Deployments[number].Id;

    /// <summary>Executions that a walk through a job's passes.</summary>
    internal int RowsOfJob(string id) => _table.Jobs.Find(id)?.Rows.Length ?? 0;

    /// <summary>Executions that a walk through a deployment's passes.</summary>
    internal int RowsOfDeployment(string id) => _table.Deployments.Find(id)?.Rows.Length ?? 0;

    /// <summary>Current executions of a job that run, by its number.</summary>
    internal int RunningCount(int job) => _gate.Read(() => _table.Jobs[job].Tally.InState(_table.States.Find(ExecutionState.Of(KnownExecutionState.Running)), ExecutionScope.Current));

    /// <summary>Current executions on a node, by its number.</summary>
    internal int CurrentOnNode(int node) => _gate.Read(() => _table.Nodes[node].Tally.Total(ExecutionScope.Current));

    internal string NameOfJob(int number) => FindJob(JobId(number))?.DisplayName ?? PlainText.Of(JobId(number));

    internal string NameOfNode(int number) => FindNode(NodeId(number))?.DisplayName ?? PlainText.Of(NodeId(number));

    /// <summary>The executions of some rows, without those that are gone.</summary>
    internal Execution[] ExecutionsOf(int[] rows) => _gate.Read(() => Array.ConvertAll(Array.FindAll(rows, _table.IsLive), _table.Read));

    /// <summary>When the execution of a row was created, as the store keeps times.</summary>
    internal long CreatedOf(int row) => _gate.Read(() => _table.Created[row]);

    /// <summary>From creation to running, of some executions of a job that run now and of which both is known, shortest first.</summary>
    internal IReadOnlyList<TimeSpan> TimesToRun(int job) => _gate.Read(() =>
    {
        var times = new List<TimeSpan>();
        foreach (var row in _table.Jobs[job].Rows)
        {
            if (times.Count == FleetObservations.MostDurations) break;
            if (!IsRunning(row) || _table.Job[row] != job || _table.States[_table.State[row]].Known != KnownExecutionState.Running || _table.Created[row] == 0) continue;
            var runs = _table.Stable[row] is > 0 and var stable ? stable : _table.Updated[row];
            if (runs >= _table.Created[row]) times.Add(TimeSpan.FromTicks(runs - _table.Created[row]));
        }
        times.Sort();
        return times;
    });

    /// <summary>Numbers of the jobs of some rows.</summary>
    internal HashSet<int> JobsOf(int[] rows) => _gate.Read(() => rows.Select(row => _table.Job[row]).ToHashSet());

    /// <summary>Reads the columns. The read runs again when the writer overtook it, so it must change nothing that others see.</summary>
    internal T ReadTable<T>(Func<ExecutionTable, Catalog, T> read) => _gate.Read(() => read(_table, _catalog));

    /// <summary>Where the journals of executions and nodes end.</summary>
    internal (long Rows, long Nodes) JournalEnds => _gate.Read(() => (_table.Journal.End, _table.NodeJournal.End));

    /// <summary>
    /// Rows that changed since a place in the journal, with those that replaced them, and nodes that changed since one in theirs, each once; null where a journal does
    /// not reach back so far.
    /// </summary>
    internal (HashSet<int> Rows, HashSet<int> Nodes, long RowsEnd, long NodesEnd)? ChangedSince(long rowsMark, long nodesMark) => _gate.Read(() =>
    {
        var (rows, nodes) = (_table.Journal, _table.NodeJournal);
        if (!rows.Reaches(rowsMark) || !nodes.Reaches(nodesMark)) return ((HashSet<int>, HashSet<int>, long, long)?)null;
        HashSet<int> changedRows = [], changedNodes = [];
        var successors = new List<int>();
        for (var place = rowsMark; place < rows.End; place++)
        {
            if (!changedRows.Add(rows[place])) continue;
            _table.AddSuccessors(rows[place], successors);
        }
        changedRows.UnionWith(successors);
        for (var place = nodesMark; place < nodes.End; place++) changedNodes.Add(nodes[place]);
        return (changedRows, changedNodes, rows.End, nodes.End);
    });

    /// <summary>Judges some executions by their rows, in the order given.</summary>
    internal Verdict<Finding>[] Judge(ReadOnlyMemory<int> rows, AttentionOptions options, long now) => _gate.Read(() =>
    {
        var rules = new ExecutionRules(_table, _catalog, options, now);
        var verdicts = new Verdict<Finding>[rows.Length];
        for (var i = 0; i < verdicts.Length; i++) verdicts[i] = rules.Of(rows.Span[i]);
        return verdicts;
    });

    /// <summary>Judges a node's connection by its number.</summary>
    internal Verdict<ContactFinding> JudgeContact(int number, AttentionOptions options, long now) =>
        _catalog.FindNode(NodeId(number)) is { } node ? ContactRules.Of(number, node, Observations, options, now) : default;

    /// <summary>The rows on a node.</summary>
    internal int[] RowsOnNode(int number) => _gate.Read(() => _table.Nodes[number].Rows.ToArray());

    /// <summary>
    /// Judges all executions that a rule may concern, some chunks at a time: bit sets leave out what runs as it should, so that most of a fleet costs nothing.
    /// </summary>
    internal IEnumerable<(int Row, Verdict<Finding> Verdict)> JudgeAll(AttentionOptions options, long now)
    {
        for (var from = 0; from < _table.ChunkCount; from += JudgedChunks)
        {
            var first = from;
            foreach (var judged in _gate.Read(() => JudgeChunks(first, Math.Min(first + JudgedChunks, _table.ChunkCount), options, now))) yield return judged;
        }
    }

    private List<(int, Verdict<Finding>)> JudgeChunks(int from, int to, AttentionOptions options, long now)
    {
        var rules = new ExecutionRules(_table, _catalog, options, now);
        var young = now - options.RestartLoopSpan.Ticks;
        var judged = new List<(int, Verdict<Finding>)>();
        var stopped = _table.RowsDesired(_table.States.Find(ExecutionState.Of(KnownExecutionState.Stopped)));
        for (var chunk = from; chunk < to; chunk++)
        {
            if (_table.CurrentRows.Words(chunk) is not { } current) continue;
            for (var w = 0; w < current.Length; w++)
            {
                if (current[w] == 0) continue;
                var suspects = stopped?.Words(chunk)?[w] ?? 0;
                for (var state = 0; state < _table.States.Count; state++)
                    if (IsSuspect(_table.States[state].Known) && _table.RowsInState(state)?.Words(chunk) is { } words) suspects |= words[w];
                for (var word = current[w]; word != 0; word &= word - 1)
                {
                    var row = (chunk << Chunk.Bits) + (w << 6) + System.Numerics.BitOperations.TrailingZeroCount(word);
                    // A young one may be a link of a restart loop, whatever it is now.
                    if ((suspects & word & (~word + 1)) == 0 && _table.Created[row] < young) continue;
                    var verdict = rules.Of(row);
                    if (verdict.Finding is not null || verdict.Due != 0) judged.Add((row, verdict));
                }
            }
        }
        return judged;
    }

    private static bool IsSuspect(KnownExecutionState state) => state is not (KnownExecutionState.Running or KnownExecutionState.Completed or KnownExecutionState.Stopped or KnownExecutionState.Other);
}
