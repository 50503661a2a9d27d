using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    private IReadOnlyList<FoundProblem> _problems = [];

    /// <summary>
    /// Marks the nodes that open problems concern, for filters; true when the set of marked nodes changed. Costs the nodes of the problems and, when the problems
    /// changed, one pass over the nodes. Called by the writer or the watch of problems.
    /// </summary>
    /// <param name="problems">All open problems; the same list as before when none changed.</param>
    public bool MarkProblems(IReadOnlyList<FoundProblem> problems)
    {
        if (ReferenceEquals(Interlocked.Exchange(ref _problems, problems), problems)) return false;
        _gate.Enter();
        try
        {
            var concerned = problems.SelectMany(problem => problem.NodesIn(this)).ToHashSet();
            var changed = false;
            for (var number = 1; number < _table.Nodes.Count; number++)
            {
                var group = _table.Nodes[number];
                if (group.HasProblem == concerned.Contains(number)) continue;
                group.HasProblem = !group.HasProblem;
                _table.Touch(group);
                changed = true;
            }
            return changed;
        }
        finally
        {
            _gate.Exit();
        }
    }
}
