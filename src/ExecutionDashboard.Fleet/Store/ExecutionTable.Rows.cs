namespace ExecutionDashboard.Fleet;

internal sealed partial class ExecutionTable
{
    private const int FewestBuried = 4096;

    private readonly Stack<int> _freeRows = new();
    private readonly List<int> _buried = [];

    private long _warmth;

    /// <summary>
    /// Reads what a step will change, before it. Rows are spread over memory; read one after another inside the step each would be waited
    /// for, read here the processor fetches many at once. Writer only.
    /// </summary>
    public void Warm(IReadOnlyList<FleetChange> changes, int from, int to)
    {
        Span<int> rows = stackalloc int[FleetStore.StepChanges];
        for (var i = from; i < to; i++) rows[i - from] = changes[i] is { Kind: FleetKind.Execution, Id: { } id } ? Find(id) : -1;
        var sum = 0L;
        foreach (var row in rows[..(to - from)])
        {
            if (row < 0) continue;
            sum += Updated[row] + Created[row] + Revision[row] + Stable[row] + (long)Previous[row] + (long)Next[row] + Changed[row] + Flags[row]
                + State[row] + Desired[row] + JobVersion[row] + Namespace[row] + Type[row] + Evaluation[row] + Spec[row] + Message[row] + Notes[row]
                + Jobs[Job[row]].Id.Length + Nodes[Node[row]].Id.Length + Deployments[Deployment[row]].Id.Length
                + Texts[Evaluation[row]].Length + Texts[Spec[row]].Length;
        }
        // Kept, or the reads would be optimised away.
        _warmth = sum;
    }

    private int NewRow()
    {
        if (_freeRows.TryPop(out var free)) return free;
        var row = RowCount;
        Key.Reach(row);
        Flags.Reach(row);
        State.Reach(row);
        Desired.Reach(row);
        Job.Reach(row);
        Node.Reach(row);
        Deployment.Reach(row);
        JobVersion.Reach(row);
        Namespace.Reach(row);
        Type.Reach(row);
        Evaluation.Reach(row);
        Spec.Reach(row);
        Message.Reach(row);
        Notes.Reach(row);
        Updated.Reach(row);
        Created.Reach(row);
        Revision.Reach(row);
        Changed.Reach(row);
        Born.Reach(row);
        RowCount++;
        return row;
    }

    /// <summary>
    /// Sets a removed row aside. Its groups still list it, since taking one row out of a long list is slow; when a fair share of all rows is
    /// so, the lists are cleaned in one go and the rows used again. Selections tell a new tenant from the old by <see cref="Born"/>.
    /// </summary>
    private void Bury(int row)
    {
        _buried.Add(row);
        if (_buried.Count < FewestBuried || _buried.Count < LiveRows.Count / 4) return;
        foreach (var groups in new[] { Jobs, Nodes, Deployments })
            for (var number = 0; number < groups.Count; number++)
                groups[number].Keep(IsLive);
        foreach (var buried in _buried) _freeRows.Push(buried);
        _buried.Clear();
    }
}
