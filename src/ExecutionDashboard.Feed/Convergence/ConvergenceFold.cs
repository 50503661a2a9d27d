using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Convergence;
using ExecutionDashboard.Storage.Convergence;

namespace ExecutionDashboard.Feed.Convergence;

/// <summary>
/// The one rule for how long an execution takes to its desired state. The clock starts when the desired state changed, or the execution was first seen, and it is not in it
/// (<see cref="Execution.IsDrift"/>); it ends when it is. A new desired state starts it anew, since the one before is no longer wanted. An execution that was replaced or removed before has missed. One that
/// leaves its desired state by itself, such as a failure, has no changed desired state and starts none.
/// </summary>
/// <param name="textOf">The text of a key.</param>
/// <param name="open">The executions whose clock runs, by key.</param>
internal sealed class ConvergenceFold(Func<long, string> textOf, Dictionary<long, OpenConvergence> open)
{
    private readonly Dictionary<long, ExecutionState> _states = [];
    private readonly Dictionary<(long Job, long Hour), ConvergenceHistogram> _counts = [];
    private readonly HashSet<long> _touched = [];

    /// <summary>What was counted, by job and by the hour in which it ended; job 0 is the fleet.</summary>
    public IReadOnlyDictionary<(long Job, long Hour), ConvergenceHistogram> Counts => _counts;

    /// <summary>Executions whose clock started or ended.</summary>
    public IReadOnlySet<long> Touched => _touched;

    /// <summary>Takes a change, in the order of the log. Gives how long the execution took when it ends its clock.</summary>
    public TimeSpan? Add(in DesiredChange change)
    {
        var isOpen = open.TryGetValue(change.Entity, out var since);
        if (change.New == 0 || change.Replaced)
        {
            if (!isOpen) return null;
            Close(change.Entity);
            foreach (var counts in Of(since.Job, change.At)) counts.Miss();
            return null;
        }
        var drifts = Execution.IsDrift(StateOf(change.Desired), StateOf(change.New));
        if (change.Old == 0 || change.Desired != change.DesiredBefore)
        {
            if (drifts)
            {
                open[change.Entity] = new(change.Job, change.At);
                _touched.Add(change.Entity);
                return null;
            }
            if (isOpen) Close(change.Entity);
            // Of one that was there already, nobody knows since when. One that changed both at once took no time that was seen.
            return change.Old == 0 || change.DesiredBefore == 0 ? null : Count(change.Job, change.At, TimeSpan.Zero);
        }
        if (!isOpen || drifts) return null;
        Close(change.Entity);
        return Count(since.Job, change.At, change.At > since.Since ? change.At - since.Since : TimeSpan.Zero);
    }

    private TimeSpan Count(long job, DateTimeOffset at, TimeSpan took)
    {
        foreach (var counts in Of(job, at)) counts.Add(took);
        return took;
    }

    private void Close(long entity)
    {
        open.Remove(entity);
        _touched.Add(entity);
    }

    private IEnumerable<ConvergenceHistogram> Of(long job, DateTimeOffset at)
    {
        var hour = at.UtcTicks / TimeSpan.TicksPerHour;
        foreach (var of in job == 0 ? (long[])[0] : [0, job])
        {
            if (!_counts.TryGetValue((of, hour), out var counts)) _counts[(of, hour)] = counts = new();
            yield return counts;
        }
    }

    private ExecutionState StateOf(long key) => _states.TryGetValue(key, out var known) ? known : _states[key] = ExecutionState.Parse(textOf(key));
}
