using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Attention;

/// <summary>Problems in words, signs and addresses.</summary>
public static class ProblemLabels
{
    /// <summary>A cause, as a heading.</summary>
    public static string Title(ProblemCause cause) => cause switch
    {
        ProblemCause.DispatchLost => "Dispatch lost",
        ProblemCause.UnreachableNode => "Waiting for an unreachable node",
        ProblemCause.NoMatchingNode => "No matching node",
        ProblemCause.StuckStarting => "Stuck starting",
        ProblemCause.StuckValidating => "Stuck validating",
        ProblemCause.StuckStopping => "Stuck stopping",
        ProblemCause.StuckDegraded => "Stuck degraded",
        ProblemCause.IgnoresStop => "Runs on after a stop",
        ProblemCause.Failed => "Failed",
        ProblemCause.SpecFault => "Spec at fault",
        ProblemCause.NodeFault => "Node at fault",
        ProblemCause.CohortFault => "Group of nodes at fault",
        ProblemCause.Outage => "Outage",
        ProblemCause.NodeUnreachable => "Node unreachable",
        ProblemCause.RestartLoop => "Restart loop",
        ProblemCause.FlappingNode => "Flapping node",
        ProblemCause.AwaitingPromotion => "Awaiting promotion",
        ProblemCause.RolloutPaused => "Rollout paused",
        ProblemCause.RolloutStalled => "Rollout stalled",
        ProblemCause.RolloutNearLimit => "Rollout near its failure limit",
        ProblemCause.RolloutDeadline => "Health deadline near",
        ProblemCause.RolloutFailed => "Rollout failed",
        ProblemCause.RolledBack => "Rolled back",
        ProblemCause.Outdated => "Outdated",
        ProblemCause.StaleHeartbeat => "Stale heartbeat",
        ProblemCause.DiskNearlyFull => "Disk nearly full",
        ProblemCause.MemoryNearlyFull => "Memory nearly full",
        ProblemCause.CredentialEnding => "Credential expires soon",
        ProblemCause.ClockSkew => "Clock skew",
        ProblemCause.AgentBehind => "Outdated agent",
        ProblemCause.ConvergenceSlow => "Slow convergence",
        ProblemCause.ControlPlaneUnreachable => "Control plane unreachable",
        ProblemCause.FeedLost => "Feed unreachable",
        ProblemCause.LogUnwritable => "Change log not writable",
        ProblemCause.ListIncomplete => "List incomplete",
        _ => ProblemCauses.CodeOf(cause),
    };

    /// <summary>A severity, in a word; also its name in addresses.</summary>
    public static string Severity(ProblemSeverity severity) => severity switch
    {
        ProblemSeverity.Critical => "critical",
        ProblemSeverity.Warning => "warning",
        _ => "notice",
    };

    /// <summary>The severity of a word; null when it is none.</summary>
    public static ProblemSeverity? FindSeverity(string word) => AllSeverities.Where(s => Severity(s) == word).Select(s => (ProblemSeverity?)s).FirstOrDefault();

    /// <summary>All severities, worst first.</summary>
    public static IReadOnlyList<ProblemSeverity> AllSeverities { get; } = [ProblemSeverity.Critical, ProblemSeverity.Warning, ProblemSeverity.Notice];

    /// <summary>Class of a severity's colour.</summary>
    public static string Css(ProblemSeverity severity) => "sev-" + Severity(severity);

    /// <summary>Sign and word of a severity.</summary>
    public static MarkupString Sign(ProblemSeverity severity) =>
        Markup.Of($"""<span class="severity {Css(severity)}">{Icon.Of(Severity(severity))}{Severity(severity)}</span>""");

    /// <summary>How many it concerns: <c>38 nodes, 120 executions</c>; empty where it concerns no number of things.</summary>
    public static string Extent(Problem problem) => string.Join(", ", new[]
    {
        problem.Nodes > 0 ? Format.Count(problem.Nodes, "node") : "",
        problem.Executions > 0 ? Format.Count(problem.Executions, "execution") : "",
    }.Where(part => part.Length > 0));

    /// <summary>How often it opened within a day, where that is more than once: <c>3rd time in 24 h</c>.</summary>
    public static string Repeats(ProblemRecord? record) => record is { OpenedToday: > 1 and var times } ? $"{Ordinal(times)} time in 24 h" : "";

    /// <summary>Address of a problem's evidence and steps.</summary>
    public static string Address(string id) => "attention?open=" + Uri.EscapeDataString(id);

    /// <summary>Address of a subject's page.</summary>
    public static string Address(ProblemSubject subject) => subject.Kind switch
    {
        FleetKind.Execution => ExecutionView.Address(subject.Id),
        FleetKind.Node => NodeLabels.Address(subject.Id),
        FleetKind.Job => JobLabels.Address(subject.Id),
        FleetKind.Deployment => DeploymentLabels.Address(subject.Id),
        _ => "",
    };

    private static string Ordinal(int number) => (number % 100, number % 10) switch
    {
        (11 or 12 or 13, _) => $"{number}th",
        (_, 1) => $"{number}st",
        (_, 2) => $"{number}nd",
        (_, 3) => $"{number}rd",
        _ => $"{number}th",
    };
}
