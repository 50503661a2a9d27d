using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>
/// Loading many executions into an empty table: their columns first, then each index once, in the size that it needs. The result is that of adding them one by one.
/// </summary>
internal sealed partial class ExecutionTable
{
    private bool _isLoading;

    /// <summary>Makes room for executions that are loaded next. Writer only.</summary>
    public void Reserve(int executions) => _index.Reserve(executions);

    /// <summary>Loads an execution; false when its id is empty or taken. Nothing finds it before <see cref="Index"/>. Writer only.</summary>
    public bool Load(Execution execution, long version)
    {
        var key = Ids.Intern(execution.Id);
        if (key == default || _index.Find(key) >= 0) return false;
        _index.Add(Fill(key, execution, version));
        return true;
    }

    /// <summary>Loads a packed execution like <see cref="Load(Execution, long)"/>. Writer only.</summary>
    public bool Load(in PackedExecution execution, in LoadedNumbers numbers, long version)
    {
        if (execution.Id == default || _index.Find(execution.Id) >= 0) return false;
        var row = NewRow();
        Key[row] = execution.Id;
        Born[row] = version;
        Job[row] = numbers.Job;
        Node[row] = numbers.Node;
        var own = execution.Deployment > 0;
        Deployment[row] = own ? numbers.Deployment : RolloutOf(numbers.Job, execution.Version);
        Flags[row] = Live | (own ? HasOwnDeployment : 0);
        JobVersion[row] = execution.Version;
        (State[row], Desired[row]) = (numbers.State, numbers.Desired);
        (Namespace[row], Type[row]) = (numbers.Namespace, numbers.Type);
        Namespaces.Hold(numbers.Namespace, 1);
        Types.Hold(numbers.Type, 1);
        (Evaluation[row], Spec[row], Message[row], Notes[row]) = (numbers.Evaluation, numbers.Spec, numbers.Message, numbers.Notes);
        Texts.Hold(numbers.Evaluation);
        Texts.Hold(numbers.Spec);
        Messages.Hold(numbers.Message);
        AllNotes.Hold(numbers.Notes);
        (Revision[row], Updated[row], Created[row]) = (execution.Revision, execution.Updated, execution.Created);
        Stable[row] = execution.Stable;
        (Previous[row], Next[row]) = (execution.Previous, execution.Next);
        _index.Add(row);
        return true;
    }

    /// <summary>Builds the indexes and counts of all that was loaded. Writer only.</summary>
    public void Index(long version)
    {
        _isLoading = true;
        // They read the columns of times and keys only, which nothing below changes.
        var orders = Task.WhenAll(Task.Run(() => ByUpdated.Fill(RowCount)), Task.Run(() => ByCreated.Fill(RowCount)));
        Reserve(Jobs, Job);
        Reserve(Nodes, Node);
        Reserve(Deployments, Deployment);
        for (var row = 0; row < RowCount; row++)
        {
            // Marked as changed at this version, so nothing below writes to the journal: nobody has a place in it yet.
            Changed[row] = version;
            Jobs[Job[row]].Add(row);
            Nodes[Node[row]].Add(row);
            Deployments[Deployment[row]].Add(row);
            Deployments[Deployment[row]].ChangedAt = version;
            SetOf(ref _byState, State[row]).Add(row);
            SetOf(ref _byDesired, Desired[row]).Add(row);
            LiveRows.Add(row);
            CountIn(row);
            if (Previous[row] != default || Next[row] != default) _links.Add(row);
        }
        _candidates.Reserve(RowCount);
        for (var row = 0; row < RowCount; row++) Consider(row, version);
        orders.GetAwaiter().GetResult();
        _isLoading = false;
        for (var number = 1; number < Nodes.Count; number++) Touch(Nodes[number]);
    }

    private void Reserve(GroupTable groups, NumberColumn column)
    {
        var counts = new int[groups.Count];
        for (var row = 0; row < RowCount; row++) counts[column[row]]++;
        for (var number = 0; number < counts.Length; number++)
            if (counts[number] > 0) groups[number].Reserve(counts[number]);
    }
}

/// <summary>Numbers that a loaded execution has in the table; those of texts without a reference for it yet.</summary>
internal struct LoadedNumbers
{
    public int Job, Node, Deployment, State, Desired, Namespace, Type, Evaluation, Spec, Message, Notes;
}
