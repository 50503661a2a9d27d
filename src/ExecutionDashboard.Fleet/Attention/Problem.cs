using System.Text.Json.Serialization;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>Something that is wrong, or waits for a person: one for one common cause, however many executions and nodes it concerns.</summary>
public sealed record Problem
{
    /// <summary>Most subjects that are named one by one.</summary>
    public const int MostSubjects = 50;

    /// <summary>
    /// Stable while the problem lasts, and the same when it comes back: the cause's code and what it is about, such as
    /// <c>outage/region=eu</c> or <c>stuck-starting/job-1@3</c>.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>What kind of problem it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ProblemCause Cause { get; init; }

    /// <summary>How bad it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ProblemSeverity Severity { get; init; }

    /// <summary>When it began, UTC, by the server's clock: not when it was found.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>It in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What it is about, worst first; at most <see cref="MostSubjects"/>.</summary>
    public IReadOnlyList<ProblemSubject> Subjects { get; init; } = [];

    /// <summary>Executions it concerns, in all.</summary>
    public int Executions { get; init; }

    /// <summary>Nodes it concerns, in all.</summary>
    public int Nodes { get; init; }

    /// <summary>The job it concerns; empty where it concerns none, or several.</summary>
    public string JobId { get; init; } = "";

    /// <summary>The deployment it concerns; empty where it concerns none.</summary>
    public string DeploymentId { get; init; } = "";

    /// <summary>Address of the page that lists all it concerns, relative to the base, such as <c>executions?state=pending</c>.</summary>
    public string Address { get; init; } = "";

    /// <summary>The facts it rests on, most telling first.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What can be done, best first.</summary>
    public IReadOnlyList<NextStep> NextSteps { get; init; } = [];

    /// <summary>It goes on only when a person decides: promotes, resumes.</summary>
    public bool AwaitsDecision { get; init; }

    /// <summary>Equal when every field is, lists by their entries.</summary>
    public bool Equals(Problem? other) =>
        other is not null && Id == other.Id && Cause == other.Cause && Severity == other.Severity && Since == other.Since && Summary == other.Summary
        && Executions == other.Executions && Nodes == other.Nodes && JobId == other.JobId && DeploymentId == other.DeploymentId && Address == other.Address
        && AwaitsDecision == other.AwaitsDecision && Subjects.SequenceEqual(other.Subjects) && Evidence.SequenceEqual(other.Evidence) && NextSteps.SequenceEqual(other.NextSteps);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Severity, Since, Executions, Nodes);
}

/// <summary>How bad a problem is.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth knowing: nothing is broken yet, or a decision is due.</summary>
    Notice,
    /// <summary>Something does not do what it should.</summary>
    Warning,
    /// <summary>Many are down, or nothing can be known.</summary>
    Critical,
}

/// <summary>A thing that a problem is about.</summary>
/// <param name="Kind">Kind of the thing.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name for people.</param>
public sealed record ProblemSubject(FleetKind Kind, string Id, string Name);

/// <summary>A fact that a problem rests on.</summary>
/// <param name="Text">The fact, in words.</param>
/// <param name="Source">Who says so: <c>node</c>, <c>control plane</c>, <c>change log</c>, <c>computed</c>.</param>
/// <param name="At">When it was so, UTC; null where that is not known.</param>
/// <param name="Address">Page that shows it, relative to the base; empty where there is none.</param>
public sealed record Evidence(string Text, string Source, DateTimeOffset? At = null, string Address = "");

/// <summary>Something to do about a problem.</summary>
/// <param name="Action">What kind.</param>
/// <param name="Target">What it is done to: an id, or an address for <see cref="StepAction.Open"/>.</param>
/// <param name="Text">What its button says.</param>
/// <param name="Consequence">What it would do, in one sentence.</param>
public sealed record NextStep(StepAction Action, string Target, string Text, string Consequence);

/// <summary>What a next step does.</summary>
public enum StepAction
{
    /// <summary>Opens a page of the dashboard.</summary>
    Open,
    /// <summary>Stops an execution.</summary>
    StopExecution,
    /// <summary>Stops a job.</summary>
    StopJob,
    /// <summary>Reruns a job.</summary>
    RerunJob,
    /// <summary>Promotes the canary of a deployment.</summary>
    Promote,
    /// <summary>Pauses a deployment.</summary>
    Pause,
    /// <summary>Resumes a deployment.</summary>
    Resume,
    /// <summary>Rolls a deployment back.</summary>
    Rollback,
}
