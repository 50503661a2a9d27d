using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane;

/// <summary>The result of creating or updating a job, or of a dry run.</summary>
/// <param name="Job">The job; null when the server sent none with an id (a dry run of a new job).</param>
/// <param name="Created">Whether the job is new.</param>
/// <param name="Warnings">The server's warnings.</param>
public sealed record JobPut(Job? Job, bool Created, IReadOnlyList<string> Warnings);

/// <summary>A diff made by the server.</summary>
/// <param name="Diff">Its text, not masked; empty without differences.</param>
/// <param name="Warnings">Its warnings.</param>
public sealed record ServerDiff(string Diff, IReadOnlyList<string> Warnings);

/// <summary>An evaluation: a decision of the scheduler about a job.</summary>
public sealed record Evaluation
{
    /// <summary>Its id; executions refer to the evaluation that created them.</summary>
    public required string Id { get; init; }
    /// <summary>Type of the job.</summary>
    public string Type { get; init; } = "";
    /// <summary>Its deployment; empty without one.</summary>
    public string DeploymentId { get; init; } = "";
    /// <summary>Its trigger: <c>job-create</c>, <c>job-update</c>, <c>node-join</c>, <c>exec-failure</c>, … or another word.</summary>
    public string TriggeredBy { get; init; } = "";
    /// <summary>Priority, higher first; null when not sent.</summary>
    public int? Priority { get; init; }
    /// <summary>State: <c>blocked</c>, <c>pending</c>, <c>complete</c>, <c>failed</c>, <c>canceled</c> or another word.</summary>
    public string State { get; init; } = "";
    /// <summary>The result as text, such as <c>Scheduled on 5 nodes</c>.</summary>
    public string Message { get; init; } = "";
    /// <summary>Increases with every change.</summary>
    public long Revision { get; init; }
    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
    /// <summary>When it is evaluated again, UTC; null when it is not.</summary>
    public DateTimeOffset? WaitUntil { get; init; }
}
