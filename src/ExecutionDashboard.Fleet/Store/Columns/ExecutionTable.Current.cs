using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>
/// Which executions are current. Links decide first: an execution that was replaced is not current, whichever of the two names the link. Among the executions of one
/// job on one node that were not replaced there, the newest is the candidate; if the links form a cycle, all of them take part. The candidate is current unless an
/// execution on another node replaced it. Unknown successors (deleted, or not yet received) are ignored. An execution without a job or node is current until a link
/// says otherwise.
/// </summary>
internal sealed partial class ExecutionTable
{
    /// <summary>Current executions.</summary>
    public readonly RowSet CurrentRows = new();

    // The candidate of each job on each node.
    private readonly RowIndex<long, PlaceKeys> _candidates;
    private readonly ExecutionLinks _links;
    private readonly List<int> _related = [];
    private int _leaving = -1;

    public bool IsCurrent(int row) => (Flags[row] & Current) != 0;

    /// <summary>The newest execution of a job on a node, even if one on another node replaced it; -1 without one.</summary>
    public int NewestOf(int job, int node) => job == 0 || node == 0 ? -1 : _candidates.Find((long)job << 32 | (uint)node);

    /// <summary>
    /// Whether an execution is newer than another of the same job and node: created later; at the same time, of a later version; else the one that has not ended.
    /// </summary>
    public bool IsNewer(int row, int than)
    {
        if (Created[row] != Created[than]) return Created[row] > Created[than];
        if (JobVersion[row] != JobVersion[than]) return JobVersion[row] > JobVersion[than];
        var (ended, thatEnded) = (HasEnded(row), HasEnded(than));
        return ended != thatEnded ? thatEnded : Ids.Compare(Key[row], Key[than]) > 0;
    }

    /// <summary>
    /// Whether an execution is later than another of the same job and node, by the rule for current executions: one that was not replaced by the given rows is later
    /// than one that was, whatever the times; else the newer one.
    /// </summary>
    public bool IsLater(int row, int than, Func<int, bool> among)
    {
        var (replaced, thatReplaced) = (IsReplacedAmong(row, among), IsReplacedAmong(than, among));
        return replaced != thatReplaced ? thatReplaced : IsNewer(row, than);
    }

    /// <summary>The newest execution that one replaced, of the same job and version on the same node; -1 when none is held.</summary>
    public int RestartOf(int row)
    {
        var newest = -1;
        for (var place = 0; _links.Predecessor(row, ref place) is >= 0 and var other;)
            if (IsLive(other) && Job[other] == Job[row] && Node[other] == Node[row] && JobVersion[other] == JobVersion[row] && (newest < 0 || IsNewer(other, newest))) newest = other;
        return newest;
    }

    /// <summary>Adds the executions that replaced one, and those that replaced them in turn, to a list: as many links as a chain shows.</summary>
    public void AddSuccessors(int row, List<int> found)
    {
        var from = found.Count;
        for (var place = 0; _links.Successor(row, ref place) is >= 0 and var other;) found.Add(other);
        for (var at = from; at < found.Count && found.Count - from < FleetStore.ChainLimit; at++)
            for (var place = 0; _links.Successor(found[at], ref place) is >= 0 and var other;) found.Add(other);
    }

    /// <summary>The current execution in the place of a replaced one, or the last one of its links before they repeat; -1 for a current execution.</summary>
    public int ReplacementOf(int row) => Follow(row).Row is var other && other != row ? other : -1;

    /// <summary>Store version of the last change of a row as it is displayed, which includes its replacement.</summary>
    public long ShownChanged(int row) => Follow(row).Changed;

    private (int Row, long Changed) Follow(int row)
    {
        var (at, changed) = (row, Changed[row]);
        for (var steps = 0; steps < FleetStore.ChainLimit && !IsCurrent(at); steps++)
        {
            var next = CandidateOf(at) is >= 0 and var candidate && candidate != at ? candidate : NewestSuccessor(at);
            if (next < 0 || next == row) break;
            at = next;
            changed = Math.Max(changed, Changed[at]);
        }
        return (at, changed);
    }

    /// <summary>Adds a row to its place: after an insert, or a change of job, node or creation. Writer only.</summary>
    private void Enter(int row, long version)
    {
        _links.Add(row);
        ListPredecessors(row);
        Consider(row, version);
        ConsiderRelated(version);
    }

    /// <summary>Removes a row from its place, before it is removed or its job, node or creation changes. Writer only.</summary>
    private void Leave(int row, long version)
    {
        ListPredecessors(row);
        _links.Remove(row);
        SetCurrent(row, false, version);
        _leaving = row;
        if (CandidateOf(row) == row) Elect(row, version);
        ConsiderRelated(version);
        _leaving = -1;
    }

    /// <summary>Changes the links of a row. Writer only.</summary>
    private void Relink(int row, UInt128 previous, UInt128 next, long version)
    {
        ListPredecessors(row);
        _links.Remove(row);
        (Previous[row], Next[row]) = (previous, next);
        _links.Add(row);
        AddPredecessors(row);
        Consider(row, version);
        ConsiderRelated(version);
    }

    /// <summary>Compares again after a row ended or restarted, because another row with the same time may be newer now. Writer only.</summary>
    private void Recompare(int row, long version)
    {
        if (CandidateOf(row) != row) Consider(row, version);
        else if ((Flags[row] & Tied) != 0) Elect(row, version);
    }

    private void ListPredecessors(int row)
    {
        _related.Clear();
        AddPredecessors(row);
    }

    private void AddPredecessors(int row)
    {
        for (var place = 0; _links.Predecessor(row, ref place) is >= 0 and var other;) _related.Add(other);
    }

    private void ConsiderRelated(long version)
    {
        foreach (var other in _related)
        {
            Consider(other, version);
            // Its display names its successor.
            Mark(other, version);
        }
    }

    /// <summary>Checks again whether a row is current, after its links or age changed.</summary>
    private void Consider(int row, long version)
    {
        if (Job[row] == 0 || Node[row] == 0)
        {
            SetCurrent(row, NewestSuccessor(row) < 0, version);
            return;
        }
        var candidate = CandidateOf(row);
        if (candidate < 0)
        {
            _candidates.Add(row);
            SetCandidate(row, version);
        }
        else if (candidate == row)
        {
            // It may have lost to a row that was replaced by now.
            if (IsReplacedHere(row)) Elect(row, version);
            else SetCandidate(row, version);
        }
        else
        {
            if (Created[row] == Created[candidate]) Flags[candidate] |= Tied;
            if (!IsReplacedHere(row) && IsNewer(row, candidate)) Succeed(candidate, row, version);
            else if (IsReplacedHere(candidate)) Elect(row, version);
        }
    }

    /// <summary>Elects the candidate among all rows of a place.</summary>
    private void Elect(int row, long version)
    {
        var (candidate, job, node) = (CandidateOf(row), Job[row], Node[row]);
        ReadOnlySpan<int> jobs = Jobs[job].Rows, nodes = Nodes[node].Rows;
        var (best, replaced) = (-1, true);
        foreach (var other in jobs.Length < nodes.Length ? jobs : nodes)
        {
            if (other == _leaving || Job[other] != job || Node[other] != node || !IsLive(other)) continue;
            var otherReplaced = IsReplacedHere(other);
            if (best < 0 || (replaced && !otherReplaced)) (best, replaced) = (other, otherReplaced);
            else if (replaced == otherReplaced)
            {
                var tied = Created[other] == Created[best] ? Tied : 0;
                if (IsNewer(other, best)) best = other;
                Flags[best] |= tied;
            }
        }
        if (best < 0) _candidates.Remove(candidate);
        else if (best == candidate) SetCandidate(best, version);
        else Succeed(candidate, best, version);
    }

    private void Succeed(int candidate, int row, long version)
    {
        if (Created[row] == Created[candidate]) Flags[row] |= Tied;
        _candidates.Replace(candidate, row);
        SetCurrent(candidate, false, version);
        SetCandidate(row, version);
        Mark(row, version);
    }

    private void SetCandidate(int row, long version) => SetCurrent(row, !IsReplacedElsewhere(row), version);

    private void SetCurrent(int row, bool current, long version)
    {
        if (IsCurrent(row) == current) return;
        if (!current) CountCurrent(row, -1);
        Flags[row] ^= Current;
        CurrentRows.Set(row, current);
        MarkDrift(row);
        if (current) CountCurrent(row, 1);
        Mark(row, version);
        Touch(Nodes[Node[row]]);
    }

    private int CandidateOf(int row) => NewestOf(Job[row], Node[row]);

    private int NewestSuccessor(int row)
    {
        var newest = -1;
        for (var place = 0; _links.Successor(row, ref place) is >= 0 and var other;)
            if (newest < 0 || Created[other] > Created[newest] || (Created[other] == Created[newest] && Ids.Compare(Key[other], Key[newest]) > 0)) newest = other;
        return newest;
    }

    private bool IsReplacedHere(int row) => IsReplaced(row, here: true);

    private bool IsReplacedElsewhere(int row) => IsReplaced(row, here: false);

    private bool IsReplaced(int row, bool here)
    {
        for (var place = 0; _links.Successor(row, ref place) is >= 0 and var other;)
            if ((Job[other] == Job[row] && Node[other] == Node[row]) == here) return true;
        return false;
    }

    private bool IsReplacedAmong(int row, Func<int, bool> among)
    {
        for (var place = 0; _links.Successor(row, ref place) is >= 0 and var other;)
            if (Job[other] == Job[row] && Node[other] == Node[row] && among(other)) return true;
        return false;
    }

    private bool HasEnded(int row) => States[State[row]].IsTerminal;
}
