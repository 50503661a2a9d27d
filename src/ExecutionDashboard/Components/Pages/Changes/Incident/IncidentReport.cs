using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Components.Pages.Changes.Incident;

/// <summary>Everything that is known of a range of time, for a file that is handed over. Secrets are masked.</summary>
public sealed record IncidentReport
{
    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }
    /// <summary>By whom, as the audit names the person.</summary>
    public required string MadeBy { get; init; }
    /// <summary>Address of the control plane.</summary>
    public string ControlPlane { get; init; } = "";
    /// <summary>What changed, with rollouts, commands and problems.</summary>
    public required FleetChanges Changes { get; init; }
    /// <summary>Problems that were open at the beginning, as they were then.</summary>
    public IReadOnlyList<ProblemRecord> OpenBefore { get; init; } = [];
    /// <summary>What happened to the problems within the range and before, by problem.</summary>
    public IReadOnlyList<ProblemEvent> ProblemEvents { get; init; } = [];
    /// <summary>The timeline of the nodes concerned; null without any.</summary>
    public FleetTimeline? Timeline { get; init; }
    /// <summary>Nodes concerned that are not on the timeline, since there are too many.</summary>
    public int NodesLeftOut { get; init; }
    /// <summary>Failed executions, newest first.</summary>
    public IReadOnlyList<IncidentExecution> Executions { get; init; } = [];
    /// <summary>Specs that changed, with their differences.</summary>
    public IReadOnlyList<IncidentSpecs> Specs { get; init; } = [];
    /// <summary>What could not be had, one sentence each.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

/// <summary>An execution that failed.</summary>
/// <param name="Thing">What stands in its place.</param>
/// <param name="JobName">Name of its job.</param>
/// <param name="NodeName">Name of its node.</param>
/// <param name="History">Its changes, oldest first.</param>
/// <param name="Problem">Why the history is not known, or not complete; empty when it is.</param>
public sealed record IncidentExecution(ChangedThing Thing, string JobName, string NodeName, IReadOnlyList<StateChange> History, string Problem = "");

/// <summary>Two versions of a spec.</summary>
/// <param name="JobId">The job.</param>
/// <param name="JobName">Its name.</param>
/// <param name="From">The version before.</param>
/// <param name="To">The version after.</param>
/// <param name="Differences">The differences, secrets masked.</param>
/// <param name="Problem">Why they are not known; empty when they are.</param>
public sealed record IncidentSpecs(string JobId, string JobName, int From, int To, IReadOnlyList<SpecDifference> Differences, string Problem = "");
