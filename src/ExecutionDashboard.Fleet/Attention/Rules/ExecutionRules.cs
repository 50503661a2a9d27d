using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Attention.Rules;

/// <summary>The rules of single executions. Made for one moment, within a read of the store.</summary>
internal sealed class ExecutionRules(ExecutionTable table, Catalog catalog, AttentionOptions options, long now)
{
    // The scheduler looks at nodes that joined again in batches of about 15 s: twice that before anything counts as forgotten.
    private static readonly long Rejoin = TimeSpan.FromSeconds(30).Ticks;

    private readonly long _loopSpan = options.RestartLoopSpan.Ticks;

    /// <summary>
    /// Judges a row. What was replaced is history, what is not placed waits for its job, and what the server did not say opens nothing. The answer depends on the
    /// row, its node's connection, the executions it replaced within <see cref="AttentionOptions.RestartLoopSpan"/>, and the moment.
    /// </summary>
    public Verdict<Finding> Of(int row)
    {
        if (!table.IsLive(row) || !table.IsCurrent(row)) return default;
        var (state, desired) = (table.States[table.State[row]].Known, table.States[table.Desired[row]].Known);
        return desired switch
        {
            KnownExecutionState.Stopped => WantedStopped(row, state),
            KnownExecutionState.Running => WantedRunning(row, state),
            // Without a desired state, what failed is still known to have failed.
            KnownExecutionState.Other when state == KnownExecutionState.Failed && table.States[table.Desired[row]].IsNone => Now(row, ProblemCause.Failed),
            _ => default,
        };
    }

    private Verdict<Finding> WantedStopped(int row, KnownExecutionState state) => state switch
    {
        KnownExecutionState.Starting or KnownExecutionState.Validating or KnownExecutionState.Running or KnownExecutionState.Degraded => After(row, ProblemCause.IgnoresStop, options.IgnoresStop),
        // Whether a node that nobody hears from stops it is not known.
        KnownExecutionState.Stopping when IsUnreachable(row) => After(row, ProblemCause.IgnoresStop, options.IgnoresStop),
        KnownExecutionState.Stopping => After(row, ProblemCause.StuckStopping, options.StuckStopping),
        _ => default,
    };

    private Verdict<Finding> WantedRunning(int row, KnownExecutionState state)
    {
        var own = state switch
        {
            KnownExecutionState.Running or KnownExecutionState.Completed or KnownExecutionState.Stopped => default,
            KnownExecutionState.Pending or KnownExecutionState.Starting when IsUnreachable(row) => Now(row, ProblemCause.UnreachableNode),
            KnownExecutionState.Pending => Pending(row),
            KnownExecutionState.Starting => After(row, ProblemCause.StuckStarting, options.StuckStarting),
            KnownExecutionState.Failed => Now(row, ProblemCause.Failed),
            KnownExecutionState.Lost => Lost(row),
            // The last known state of what is cut off gets no older: its node is the problem.
            _ when IsUnreachable(row) => default,
            KnownExecutionState.Validating => After(row, ProblemCause.StuckValidating, Longer(options.StuckValidating, HealthDeadline(row))),
            KnownExecutionState.Stopping => After(row, ProblemCause.StuckStopping, options.StuckStopping),
            KnownExecutionState.Degraded => After(row, ProblemCause.StuckDegraded, options.StuckDegraded),
            _ => default,
        };
        // A query ends and is run again because somebody wants so.
        if (table.Created[row] < now - _loopSpan || table.Types[table.Type[row]] == "query") return own;
        var loop = Loop(row, state);
        if (loop.Finding is null) return own;
        return loop with { Due = own.Due == 0 ? loop.Due : Math.Min(own.Due, loop.Due) };
    }

    private Verdict<Finding> Pending(int row)
    {
        if (Since(row) is not (> 0 and var since) || NodeOf(row) is not { IsConnected: true } node) return default;
        var due = since + options.DispatchLost.Ticks;
        if (ExecutionTable.FromTime(node.ConnectedSince) is > 0 and var connected) due = Math.Max(due, connected + Rejoin);
        return At(row, ProblemCause.DispatchLost, since, due);
    }

    // What was lost with its node is placed again when the node is back.
    private Verdict<Finding> Lost(int row)
    {
        var since = Since(row);
        return NodeOf(row) is { IsConnected: true } node && ExecutionTable.FromTime(node.ConnectedSince) is > 0 and var connected && connected > since
            ? At(row, ProblemCause.Failed, since, connected + Rejoin) : Now(row, ProblemCause.Failed);
    }

    /// <summary>Too many executions of its version on its node within the span, each replacing the one before. Over once it ran for longer than their pace.</summary>
    private Verdict<Finding> Loop(int row, KnownExecutionState state)
    {
        var (links, at, oldest) = (1, row, table.Created[row]);
        while (links < options.RestartLoopLinks && table.RestartOf(at) is >= 0 and var before && table.Created[before] >= now - _loopSpan)
        {
            at = before;
            oldest = Math.Min(oldest, table.Created[at]);
            links++;
        }
        if (links < options.RestartLoopLinks) return default;
        var until = oldest + _loopSpan + 1;
        if (state == KnownExecutionState.Running && table.Updated[row] is > 0 and var runs) until = Math.Min(until, runs + _loopSpan / options.RestartLoopLinks);
        return now >= until ? default : new(Make(row, ProblemCause.RestartLoop, oldest), until);
    }

    private Verdict<Finding> Now(int row, ProblemCause cause) => new(Make(row, cause, Since(row)), 0);

    private Verdict<Finding> After(int row, ProblemCause cause, TimeSpan threshold) =>
        Since(row) is > 0 and var since ? At(row, cause, since, since + threshold.Ticks) : default;

    private Verdict<Finding> At(int row, ProblemCause cause, long since, long due) => now >= due ? new(Make(row, cause, since), 0) : new(null, due);

    private Finding Make(int row, ProblemCause cause, long since) => new(
        cause, row, table.Job[row], table.JobVersion[row], table.Node[row], table.Deployment[row], since, IsUnreachable(row),
        table.States[table.State[row]].Known == KnownExecutionState.Lost);

    // When it came to its state, as near as the server tells.
    private long Since(int row) => table.Updated[row] is > 0 and var updated ? updated : table.Created[row];

    private Node? NodeOf(int row) => table.Node[row] == 0 ? null : catalog.FindNode(table.Nodes[table.Node[row]].Id);

    private bool IsUnreachable(int row) => NodeOf(row) is { } node && ContactRules.IsUnreachable(node);

    private TimeSpan HealthDeadline(int row) => catalog.Specs.Find(table.Texts[table.Spec[row]])?.Strategy?.HealthCheck?.Deadline ?? TimeSpan.Zero;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
