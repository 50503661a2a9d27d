using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane;

/// <summary>What came, or would come, of a spec that was put.</summary>
/// <param name="Job">The job; null when the server did not send one that has an id (a dry run that would create it).</param>
/// <param name="Created">There was no job of the name.</param>
/// <param name="Warnings">The server's warnings.</param>
public sealed record JobPut(Job? Job, bool Created, IReadOnlyList<string> Warnings);

/// <summary>A difference in the server's own words.</summary>
/// <param name="Diff">Its text; empty when nothing differs. Not masked.</param>
/// <param name="Warnings">Its warnings.</param>
public sealed record ServerDiff(string Diff, IReadOnlyList<string> Warnings);

/// <summary>A decision of the scheduler about a job.</summary>
public sealed record Evaluation
{
    /// <summary>Its id; an execution names the one that created it.</summary>
    public required string Id { get; init; }
    /// <summary>Kind of work of the job.</summary>
    public string Type { get; init; } = "";
    /// <summary>The deployment it is part of; empty when none.</summary>
    public string DeploymentId { get; init; } = "";
    /// <summary>What asked for it: <c>job-create</c>, <c>job-update</c>, <c>node-join</c>, <c>exec-failure</c>, … or another word.</summary>
    public string TriggeredBy { get; init; } = "";
    /// <summary>Priority, higher first; null when not sent.</summary>
    public int? Priority { get; init; }
    /// <summary>State: <c>blocked</c>, <c>pending</c>, <c>complete</c>, <c>failed</c>, <c>canceled</c> or another word.</summary>
    public string State { get; init; } = "";
    /// <summary>The outcome in words, such as <c>Scheduled on 5 nodes</c>.</summary>
    public string Message { get; init; } = "";
    /// <summary>Grows with any change.</summary>
    public long Revision { get; init; }
    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
    /// <summary>When it is looked at again, UTC; null when it is not.</summary>
    public DateTimeOffset? WaitUntil { get; init; }
}
