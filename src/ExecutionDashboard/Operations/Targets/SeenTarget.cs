using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Operations.Targets;

/// <summary>
/// What an operator saw of a command's target when it was asked for. Every command carries it, and is not sent if the target has moved since (<see cref="TargetRules"/>). Immutable.
/// </summary>
public sealed record SeenTarget
{
    /// <summary>Execution, job or deployment.</summary>
    public required FleetKind Kind { get; init; }
    /// <summary>Its id.</summary>
    public required string Id { get; init; }
    /// <summary>The execution; null for another kind, or when it was not known.</summary>
    public Execution? Execution { get; init; }
    /// <summary>The job; null for another kind, or when it was not known.</summary>
    public Job? Job { get; init; }
    /// <summary>The deployment; null for another kind, or when it was not known.</summary>
    public Deployment? Deployment { get; init; }
    /// <summary>The newest deployment of the job; null for executions, and when there is none.</summary>
    public Deployment? Newest { get; init; }
    /// <summary>Current executions of the deployment that failed or are lost; 0 for another kind.</summary>
    public int Failed { get; init; }
    /// <summary>Nodes with an execution of the job that has not ended; 0 for another kind.</summary>
    public int Nodes { get; init; }

    /// <summary>Whether the target was known at all.</summary>
    public bool IsKnown => Execution is not null || Job is not null || Deployment is not null;

    /// <summary>Its version on the server; 0 when not sent.</summary>
    public long Revision => Execution?.Revision ?? Job?.Revision ?? Deployment?.Revision ?? 0;
}

/// <summary>One thing that changed between what an operator saw and now.</summary>
/// <param name="Was">A clause: <c>It was running when you asked</c>; empty when only the present is to be said.</param>
/// <param name="Is">A clause: <c>it has failed</c>.</param>
/// <param name="Since">Since when, UTC, by the server's clock; null when the server does not say.</param>
public sealed record TargetChange(string Was, string Is, DateTimeOffset? Since = null)
{
    /// <summary>As a sentence, with the time in UTC, for records and logs. Pages show the time in the zone of the browser.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(Was.Length > 0 ? $"{Was}; {Is}" : Is)}{(Since is { } at ? $" since {at.UtcDateTime:HH:mm:ss} UTC" : "")}.");
}

/// <summary>Why a command was not sent: its target is not what the operator saw.</summary>
/// <param name="Changes">What changed.</param>
/// <param name="Now">The target as it is now: a command that is asked for again carries this.</param>
public sealed record MovedTarget(IReadOnlyList<TargetChange> Changes, SeenTarget Now);
