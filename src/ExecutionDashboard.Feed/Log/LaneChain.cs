using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Log;

/// <summary>The changes of one thing on its lane, as far as they were walked back.</summary>
/// <param name="id">Its id.</param>
/// <param name="next">Number of its newest change.</param>
internal sealed class LaneChain(string id, long next)
{
    private readonly List<LaneStep> _steps = [];

    /// <summary>Its id.</summary>
    public string Id { get; } = id;
    /// <summary>The execution as it is now; null when it is gone, or a node.</summary>
    public Execution? Now { get; init; }
    /// <summary>The execution before it.</summary>
    public string PreviousId { get; init; } = "";
    /// <summary>When it was created, as told.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>When it became stable, as told.</summary>
    public DateTimeOffset? StableAt { get; init; }
    /// <summary>Its job.</summary>
    public string JobId { get; set; } = "";
    /// <summary>Its job's version.</summary>
    public int JobVersion { get; set; }
    /// <summary>Its deployment.</summary>
    public string DeploymentId { get; set; } = "";
    /// <summary>Number of the change to walk to next; 0 at the end.</summary>
    public long Next { get; set; } = next;
    /// <summary>The walk came to the first change that the feed ever saw of it.</summary>
    public bool IsWhole { get; set; }
    /// <summary>The changes, oldest first.</summary>
    public IEnumerable<LaneStep> Steps => Enumerable.Reverse(_steps);
    /// <summary>Changes kept.</summary>
    public int Count => _steps.Count;
    /// <summary>The oldest change kept.</summary>
    public LaneStep Oldest => _steps[^1];

    /// <summary>Nothing is to be shown of an execution that has been in this state for long. A failure that nothing followed still stands.</summary>
    /// <param name="state">The state.</param>
    /// <param name="now">The execution as it is now; null when it is gone.</param>
    public static bool IsOver(ExecutionState state, Execution? now) =>
        state.IsTerminal && (state.Known is not (KnownExecutionState.Failed or KnownExecutionState.Lost) || now is null or { NextId.Length: > 0 });

    /// <summary>Takes the change before those it has.</summary>
    /// <param name="step">The change.</param>
    /// <param name="to">End of the range: what is after it is only kept to tell where the last span ends.</param>
    /// <param name="apart">The change after it is kept though the state was the same: there may have been others between.</param>
    /// <returns>It is one more within the range; not one that kept the state.</returns>
    public bool Take(LaneStep step, DateTimeOffset to, bool apart)
    {
        var isMore = _steps.Count == 0 || apart || _steps[^1].State != step.State;
        if (isMore)
        {
            _steps.Add(step);
        }
        else
        {
            var newer = _steps[^1];
            _steps[^1] = step with { Floor = newer.Floor > step.Floor ? newer.Floor : step.Floor };
        }
        if (step.At <= to) return isMore;
        // All that follows is after the range too: the log's order rules. Two are kept, as the older may go on into the range.
        if (_steps.Count > 2) _steps.RemoveRange(0, _steps.Count - 2);
        return false;
    }
}
