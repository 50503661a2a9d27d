using ExecutionDashboard.Fleet.Attention.Rules;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Attention.Kept;

/// <summary>
/// What is wrong with executions and with the connections of nodes, one by one, kept as the store changes. Only what is wrong is held; what may become so by itself
/// stands in a queue of deadlines. One thread at a time.
/// </summary>
internal sealed class Findings(FleetStore store, AttentionOptions options)
{
    private const int Step = 2_048;
    private const int FewestStaleDeadlines = 4_096;

    private readonly Dictionary<int, Finding> _executions = [];
    private readonly Dictionary<int, ContactFinding> _contacts = [];
    private readonly PriorityQueue<int, long> _executionsDue = new(), _contactsDue = new();
    private readonly List<int> _changedNodes = [];
    private readonly HashSet<int> _changedJobs = [];
    private Node?[] _seen = [];
    private (long Rows, long Nodes) _marks;
    private bool _isStarted;
    private int _waiting;

    /// <summary>The fleet.</summary>
    public FleetStore Store => store;

    /// <summary>By row.</summary>
    public Dictionary<int, Finding> Executions => _executions;

    /// <summary>By number of the node.</summary>
    public Dictionary<int, ContactFinding> Contacts => _contacts;

    /// <summary>Moves when one of <see cref="Contacts"/> does.</summary>
    public long ContactsEdition { get; private set; }

    /// <summary>Numbers of the nodes of which anything but their executions changed at the last <see cref="Update"/>; those that are gone too.</summary>
    public IReadOnlyList<int> ChangedNodes => _changedNodes;

    /// <summary>The connection of one of them did, or one came or went.</summary>
    public bool ContactChanged { get; private set; }

    /// <summary>Numbers of the jobs of which an execution changed at the last <see cref="Update"/>.</summary>
    public IReadOnlySet<int> ChangedJobs => _changedJobs;

    /// <summary>Everything was looked at anew at the last <see cref="Update"/>, not what changed.</summary>
    public bool WasStarted { get; private set; }

    /// <summary>Brings the findings to a moment. Cost: what changed since the last time, and what became due.</summary>
    public void Update(DateTimeOffset moment)
    {
        var now = ExecutionTable.FromTime(moment);
        _changedNodes.Clear();
        ContactChanged = false;
        _changedJobs.Clear();
        WasStarted = !_isStarted || store.ChangedSince(_marks.Rows, _marks.Nodes) is not { } changes || !Follow(changes, now);
        if (WasStarted) Start(now);
    }

    private void Start(long now)
    {
        _executions.Clear();
        _contacts.Clear();
        ContactsEdition++;
        _executionsDue.Clear();
        _contactsDue.Clear();
        _seen = [];
        // Before anything is read: what changes meanwhile is looked at again.
        _marks = store.JournalEnds;
        _isStarted = true;
        for (var number = 1; number < store.NodeNumbers; number++)
        {
            See(number);
            Take(number, store.JudgeContact(number, options, now));
        }
        foreach (var (row, verdict) in store.JudgeAll(options, now)) Take(row, verdict);
        _waiting = _executionsDue.Count;
    }

    private bool Follow((HashSet<int> Rows, HashSet<int> Nodes, long RowsEnd, long NodesEnd) changes, long now)
    {
        _marks = (changes.RowsEnd, changes.NodesEnd);
        var rows = changes.Rows;
        foreach (var number in changes.Nodes)
        {
            if (number == 0) continue;
            var (before, node) = See(number);
            if (ReferenceEquals(before, node)) continue;
            _changedNodes.Add(number);
            Take(number, store.JudgeContact(number, options, now));
            if (ContactRules.IsSameContact(before, node)) continue;
            ContactChanged = true;
            rows.UnionWith(store.RowsOnNode(number));
        }
        while (_contactsDue.TryPeek(out var due, out var at) && at <= now)
        {
            _contactsDue.Dequeue();
            Take(due, store.JudgeContact(due, options, now));
        }
        while (_executionsDue.TryPeek(out var row, out var at) && at <= now)
        {
            _executionsDue.Dequeue();
            rows.Add(row);
        }
        var dropped = DropStaleDeadlines(rows);
        Judge([.. rows], now);
        if (dropped) _waiting = _executionsDue.Count;
        return true;
    }

    private void Judge(int[] rows, long now)
    {
        for (var from = 0; from < rows.Length; from += Step)
        {
            var part = rows.AsMemory(from, Math.Min(Step, rows.Length - from));
            var verdicts = store.Judge(part, options, now);
            for (var i = 0; i < verdicts.Length; i++) Take(part.Span[i], verdicts[i]);
        }
        foreach (var job in store.JobsOf(rows)) _changedJobs.Add(job);
    }

    private void Take(int row, Verdict<Finding> verdict)
    {
        if (verdict.Finding is { } finding) _executions[row] = finding;
        else _executions.Remove(row);
        if (verdict.Due != 0) _executionsDue.Enqueue(row, verdict.Due);
    }

    private void Take(int number, Verdict<ContactFinding> verdict)
    {
        var before = _contacts.TryGetValue(number, out var held) ? held : (ContactFinding?)null;
        if (before != verdict.Finding) ContactsEdition++;
        if (verdict.Finding is { } finding) _contacts[number] = finding;
        else _contacts.Remove(number);
        if (verdict.Due != 0) _contactsDue.Enqueue(number, verdict.Due);
    }

    private (Node? Before, Node? Now) See(int number)
    {
        if (number >= _seen.Length) Array.Resize(ref _seen, Math.Max(store.NodeNumbers, number + 1));
        var (before, node) = (_seen[number], store.FindNode(store.NodeId(number)));
        _seen[number] = node;
        return (before, node);
    }

    // Most of what was to start did, and its deadline says nothing any more: when many have gathered, all are looked at again.
    private bool DropStaleDeadlines(HashSet<int> rows)
    {
        if (_executionsDue.Count < Math.Max(FewestStaleDeadlines, 4 * _waiting)) return false;
        foreach (var (row, _) in _executionsDue.UnorderedItems) rows.Add(row);
        _executionsDue.Clear();
        return true;
    }
}
