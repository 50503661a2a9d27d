namespace ExecutionDashboard.Fleet.Store.Columns;

internal sealed partial class ExecutionTable
{
    private void CountIn(int row)
    {
        var lastKnown = Nodes[Node[row]].IsSilent && !HasEnded(row);
        Flags[row] = Flags[row] & ~LastKnown | (lastKnown ? LastKnown : 0);
        MarkDrift(row);
        Count(row, 1);
        Touch(Nodes[Node[row]]);
    }

    private void CountOut(int row) => Count(row, -1);

    private void Count(int row, int delta)
    {
        var (state, lastKnown) = (State[row], (Flags[row] & LastKnown) != 0);
        Fleet.Count(state, lastKnown, delta);
        Jobs[Job[row]].Tally.Count(state, lastKnown, delta);
        Nodes[Node[row]].Tally.Count(state, lastKnown, delta);
        Deployments[Deployment[row]].Tally.Count(state, lastKnown, delta);
        if (IsCurrent(row)) CountCurrent(row, delta);
    }

    private void CountCurrent(int row, int delta)
    {
        var (state, drifting, lastKnown) = (State[row], (Flags[row] & Drifting) != 0, (Flags[row] & LastKnown) != 0);
        Fleet.CountCurrent(state, drifting, lastKnown, delta);
        Jobs[Job[row]].Tally.CountCurrent(state, drifting, lastKnown, delta);
        Nodes[Node[row]].Tally.CountCurrent(state, drifting, lastKnown, delta);
        Deployments[Deployment[row]].Tally.CountCurrent(state, drifting, lastKnown, delta);
    }

    // A replaced execution has no desired state to miss.
    private void MarkDrift(int row)
    {
        var drifting = IsCurrent(row) && Execution.IsDrift(States[Desired[row]], States[State[row]]);
        Flags[row] = Flags[row] & ~Drifting | (drifting ? Drifting : 0);
        DriftingRows.Set(row, drifting);
    }
}
