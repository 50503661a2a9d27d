using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Columns;

internal sealed partial class ExecutionTable
{
    /// <summary>Inserts or updates an execution; false when nothing changed. Writer only.</summary>
    public bool Upsert(Execution execution, long version)
    {
        var key = Ids.Intern(execution.Id);
        if (key == default) return false;
        var row = _index.Find(key);
        if (row < 0) row = Add(key, execution, version);
        else if (Holds(row, execution)) return false;
        else
        {
            Deployments[Deployment[row]].ChangedAt = version;
            Update(row, execution, version);
        }
        Touch(row, version);
        return true;
    }

    /// <summary>Removes an execution; false when there is none. Its row keeps its key, so that links to it still work. Writer only.</summary>
    public bool Remove(string id, long version)
    {
        var row = Find(id);
        if (row < 0) return false;
        _index.Remove(row);
        Leave(row, version);
        CountOut(row);
        ByUpdated.Remove(row);
        ByCreated.Remove(row);
        LiveRows.Remove(row);
        _byState[State[row]].Remove(row);
        _byDesired[Desired[row]].Remove(row);
        Namespaces.Hold(Namespace[row], -1);
        Types.Hold(Type[row], -1);
        Texts.Release(Evaluation[row]);
        Texts.Release(Spec[row]);
        Messages.Release(Message[row]);
        AllNotes.Release(Notes[row]);
        Touch(Nodes[Node[row]]);
        Evaluation[row] = Spec[row] = Message[row] = Notes[row] = 0;
        Flags[row] = 0;
        Touch(row, version);
        Bury(row);
        return true;
    }

    /// <summary>Marks a row as changed at a version. Writer only.</summary>
    public void Touch(int row, long version)
    {
        Deployments[Deployment[row]].ChangedAt = version;
        Mark(row, version);
    }

    /// <summary>Marks a row as displayed differently at a version, although its execution did not change. Writer only.</summary>
    private void Mark(int row, long version)
    {
        // Once per step is enough: nobody reads in between.
        if (Changed[row] == version) return;
        Changed[row] = version;
        Journal.Add(row);
    }

    /// <summary>Marks a node as changed. Writer only.</summary>
    public void Touch(Group node)
    {
        if (_isLoading) return;
        NodeJournal.Add(node.Number);
        node.ChangedAt = NodeJournal.End;
    }

    /// <summary>Sets whether the states on a node are last known ones. Writer only.</summary>
    public void SetSilent(Group node, bool silent, long version)
    {
        if (node.IsSilent == silent) return;
        node.IsSilent = silent;
        foreach (var row in node.Rows)
        {
            if (!IsLive(row) || States[State[row]].IsTerminal) continue;
            var (current, delta) = (IsCurrent(row), silent ? 1 : -1);
            Flags[row] ^= LastKnown;
            Fleet.CountLastKnown(current, delta);
            node.Tally.CountLastKnown(current, delta);
            Jobs[Job[row]].Tally.CountLastKnown(current, delta);
            Deployments[Deployment[row]].Tally.CountLastKnown(current, delta);
            Touch(row, version);
        }
    }

    private int Add(UInt128 key, Execution execution, long version)
    {
        var row = Fill(key, execution, version);
        _index.Add(row);
        Jobs[Job[row]].Add(row);
        Nodes[Node[row]].Add(row);
        Deployments[Deployment[row]].Add(row);
        SetOf(ref _byState, State[row]).Add(row);
        SetOf(ref _byDesired, Desired[row]).Add(row);
        LiveRows.Add(row);
        ByUpdated.Insert(row);
        ByCreated.Insert(row);
        CountIn(row);
        Enter(row, version);
        return row;
    }

    /// <summary>A new row with the columns of an execution, in no index yet.</summary>
    private int Fill(UInt128 key, Execution execution, long version)
    {
        var row = NewRow();
        Key[row] = key;
        Born[row] = version;
        var own = execution.DeploymentId.Length > 0;
        Job[row] = Jobs.Intern(execution.JobId).Number;
        Node[row] = Nodes.Intern(execution.NodeId).Number;
        Deployment[row] = DeploymentOf(execution, Job[row]);
        Flags[row] = Live | (own ? HasOwnDeployment : 0);
        JobVersion[row] = execution.JobVersion;
        State[row] = States.Intern(execution.Actual.State);
        Desired[row] = States.Intern(execution.Desired.State);
        Namespace[row] = Namespaces.Intern(execution.Namespace);
        Type[row] = Types.Intern(execution.JobType);
        Namespaces.Hold(Namespace[row], 1);
        Types.Hold(Type[row], 1);
        Evaluation[row] = Texts.Take(execution.EvaluationId);
        Spec[row] = Texts.Take(execution.SpecHash);
        Message[row] = Messages.Take(execution.Actual.Message);
        Notes[row] = AllNotes.Take(ExecutionNotes.Of(execution));
        Revision[row] = execution.Revision;
        Updated[row] = FromTime(execution.UpdatedAt);
        Created[row] = FromTime(execution.CreatedAt);
        Stable[row] = FromTime(execution.StableAt);
        Previous[row] = Ids.Intern(execution.PreviousId);
        Next[row] = Ids.Intern(execution.NextId);
        return row;
    }

    private void Update(int row, Execution execution, long version)
    {
        var job = Jobs[Job[row]].Id == execution.JobId ? Job[row] : Jobs.Intern(execution.JobId).Number;
        var node = Nodes[Node[row]].Id == execution.NodeId ? Node[row] : Nodes.Intern(execution.NodeId).Number;
        var own = execution.DeploymentId.Length > 0;
        var deployment = DeploymentOf(row, execution, job, own);
        var state = States.Intern(execution.Actual.State);
        var desired = States.Intern(execution.Desired.State);
        var moved = job != Job[row] || node != Node[row] || deployment != Deployment[row];
        var created = FromTime(execution.CreatedAt);
        var moves = job != Job[row] || node != Node[row] || created != Created[row] || execution.JobVersion != JobVersion[row];
        if (moves) Leave(row, version);
        var recounted = moved || state != State[row] || desired != Desired[row];
        var ended = HasEnded(row);
        if (recounted) CountOut(row);
        if (node != Node[row]) Touch(Nodes[Node[row]]);
        if (moved)
        {
            Move(Jobs, Job, row, job);
            Move(Nodes, Node, row, node);
            Move(Deployments, Deployment, row, deployment);
        }
        Flags[row] = own ? Flags[row] | HasOwnDeployment : Flags[row] & ~HasOwnDeployment;
        if (state != State[row]) Observe(row, execution);
        MoveState(ref _byState, State, row, state);
        MoveState(ref _byDesired, Desired, row, desired);
        if (recounted) CountIn(row);
        JobVersion[row] = execution.JobVersion;
        Rename(Namespaces, Namespace, row, execution.Namespace);
        Rename(Types, Type, row, execution.JobType);
        Replace(Texts, Evaluation, row, execution.EvaluationId);
        Replace(Texts, Spec, row, execution.SpecHash);
        Replace(Messages, Message, row, execution.Actual.Message);
        if (!AllNotes[Notes[row]].AreOf(execution)) Replace(AllNotes, Notes, row, ExecutionNotes.Of(execution));
        Revision[row] = execution.Revision;
        Reorder(ByUpdated, Updated, row, FromTime(execution.UpdatedAt));
        Reorder(ByCreated, Created, row, created);
        Stable[row] = FromTime(execution.StableAt);
        if (moves)
        {
            (Previous[row], Next[row]) = (Ids.Intern(execution.PreviousId), Ids.Intern(execution.NextId));
            Enter(row, version);
            return;
        }
        if (!SameId(Previous[row], execution.PreviousId) || !SameId(Next[row], execution.NextId))
            Relink(row, Ids.Intern(execution.PreviousId), Ids.Intern(execution.NextId), version);
        if (ended != HasEnded(row)) Recompare(row, version);
    }

    // What passes by itself: how long it takes tells what takes too long.
    private void Observe(int row, Execution execution)
    {
        var state = States[State[row]].Known;
        if (state is not (KnownExecutionState.Pending or KnownExecutionState.Starting or KnownExecutionState.Validating or KnownExecutionState.Stopping or KnownExecutionState.Degraded)) return;
        if (Updated[row] is var since && since != 0 && FromTime(execution.UpdatedAt) is var until && until >= since && execution.JobId.Length > 0)
            _observations.Left(execution.JobId, state, until - since);
    }

    private bool Holds(int row, Execution execution) =>
        Revision[row] == execution.Revision && Updated[row] == FromTime(execution.UpdatedAt)
        && States[State[row]] == execution.Actual.State && States[Desired[row]] == execution.Desired.State
        && Messages[Message[row]] == execution.Actual.Message && JobVersion[row] == execution.JobVersion
        && Jobs[Job[row]].Id == execution.JobId && Nodes[Node[row]].Id == execution.NodeId
        && ((Flags[row] & HasOwnDeployment) != 0 ? Deployments[Deployment[row]].Id : "") == execution.DeploymentId
        && Namespaces[Namespace[row]] == execution.Namespace && Types[Type[row]] == execution.JobType
        && Texts[Evaluation[row]] == execution.EvaluationId && Texts[Spec[row]] == execution.SpecHash
        && Created[row] == FromTime(execution.CreatedAt) && Stable[row] == FromTime(execution.StableAt)
        && SameId(Previous[row], execution.PreviousId) && SameId(Next[row], execution.NextId)
        && AllNotes[Notes[row]].AreOf(execution);

    private bool SameId(UInt128 key, string id) =>
        id.Length == 0 ? key == default : Ids.TryParse(id, out var uuid) ? key == uuid : !IdTable.IsUuid(key) && !IdTable.IsOfPlane(key) && Ids.Text(key) == id;

    private int DeploymentOf(int row, Execution execution, int job, bool own)
    {
        var owned = (Flags[row] & HasOwnDeployment) != 0;
        if (own) return owned && Deployments[Deployment[row]].Id == execution.DeploymentId ? Deployment[row] : DeploymentOf(execution, job);
        return !owned && job == Job[row] && execution.JobVersion == JobVersion[row] ? Deployment[row] : DeploymentOf(execution, job);
    }

    /// <summary>The deployment that an execution belongs to: its own, or the one made from its job's rollout of its version.</summary>
    private int DeploymentOf(Execution execution, int job) =>
        execution.DeploymentId.Length > 0 ? Deployments.Intern(execution.DeploymentId).Number : RolloutOf(job, execution.JobVersion);

    /// <summary>The deployment made from a job's rollout of a version; that without an id for no job.</summary>
    private int RolloutOf(int job, int version)
    {
        if (job == 0) return 0;
        if (!_rollouts.TryGetValue((job, version), out var rollout))
            _rollouts[(job, version)] = rollout = Deployments.Intern(ExecutionDashboard.Fleet.Deployment.IdOf(Jobs[job].Id, version));
        return rollout.Number;
    }

    private static void Move(GroupTable groups, NumberColumn column, int row, int group)
    {
        if (column[row] == group) return;
        groups[column[row]].Remove(row);
        groups[group].Add(row);
        column[row] = group;
    }

    private static void MoveState(ref RowSet[] sets, NumberColumn column, int row, int state)
    {
        if (column[row] == state) return;
        sets[column[row]].Remove(row);
        SetOf(ref sets, state).Add(row);
        column[row] = state;
    }

    private static void Rename(NameTable names, NumberColumn column, int row, string name)
    {
        if (names[column[row]] == name) return;
        names.Hold(column[row], -1);
        column[row] = names.Intern(name);
        names.Hold(column[row], 1);
    }

    private static void Replace<T>(SharedPool<T> pool, NumberColumn column, int row, T value) where T : class
    {
        var before = column[row];
        if (pool[before].Equals(value)) return;
        column[row] = pool.Take(value);
        pool.Release(before);
    }

    private static void Reorder(OrderIndex order, LongColumn column, int row, long key)
    {
        if (column[row] == key) return;
        order.Remove(row);
        column[row] = key;
        order.Insert(row);
    }

    private static RowSet SetOf(ref RowSet[] sets, int number)
    {
        if (number >= sets.Length)
        {
            var grown = sets;
            Array.Resize(ref grown, number + 1);
            for (var i = sets.Length; i < grown.Length; i++) grown[i] = new RowSet();
            Volatile.Write(ref sets, grown);
        }
        return sets[number];
    }
}
