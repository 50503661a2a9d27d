using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.History;

/// <summary>The changes of one entity on a lane, read backwards from the newest.</summary>
/// <param name="id">Its id.</param>
/// <param name="next">Sequence number of its newest change.</param>
internal sealed class LaneChain(string id, long next)
{
    private readonly List<LaneStep> _steps = [];

    /// <summary>Its id.</summary>
    public string Id { get; } = id;
    /// <summary>The execution as it is now; null when it was removed, and for nodes.</summary>
    public Execution? Now { get; init; }
    /// <summary>The execution it replaced.</summary>
    public string PreviousId { get; init; } = "";
    /// <summary>When it was created, as sent.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>When it became stable, as sent.</summary>
    public DateTimeOffset? StableAt { get; init; }
    /// <summary>Its job.</summary>
    public string JobId { get; set; } = "";
    /// <summary>Its job's version.</summary>
    public int JobVersion { get; set; }
    /// <summary>Its deployment.</summary>
    public string DeploymentId { get; set; } = "";
    /// <summary>Sequence number of the next change to read; 0 at the end.</summary>
    public long Next { get; set; } = next;
    /// <summary>Whether the first change that the feed saw was reached.</summary>
    public bool IsWhole { get; set; }
    /// <summary>The changes, oldest first.</summary>
    public IEnumerable<LaneStep> Steps => Enumerable.Reverse(_steps);
    /// <summary>Number of changes kept.</summary>
    public int Count => _steps.Count;
    /// <summary>The oldest change kept.</summary>
    public LaneStep Oldest => _steps[^1];

    /// <summary>Whether a long-lasting state means that the execution is over and not drawn. A failure that was not replaced is still drawn.</summary>
    /// <param name="state">The state.</param>
    /// <param name="now">The execution as it is now; null when it was removed.</param>
    public static bool IsOver(ExecutionState state, Execution? now) =>
        state.IsTerminal && (state.Known is not (KnownExecutionState.Failed or KnownExecutionState.Lost) || now is null or { NextId.Length: > 0 });

    /// <summary>Adds the change before those it has.</summary>
    /// <param name="step">The change.</param>
    /// <param name="to">End of the range; changes after it are kept only to end the last span.</param>
    /// <param name="apart">Whether to keep the following change although the state is the same, because changes between them may be missing.</param>
    /// <returns>Whether it is an additional change within the range, and not one with the same state.</returns>
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
        // All following changes are after the range too. Two are kept, because the older one may reach into the range.
        if (_steps.Count > 2) _steps.RemoveRange(0, _steps.Count - 2);
        return false;
    }
}
