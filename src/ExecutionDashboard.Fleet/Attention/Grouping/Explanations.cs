namespace ExecutionDashboard.Fleet.Attention.Grouping;

/// <summary>Leaves out problems that others of the same rollout explain: one cause is one problem.</summary>
internal static class Explanations
{
    /// <summary>All problems but those that are explained.</summary>
    /// <param name="grouped">Problems of executions and of the connections of nodes.</param>
    /// <param name="others">Problems of jobs, rollouts and fields of nodes.</param>
    public static IEnumerable<FoundProblem> LeaveOut(IReadOnlyList<FoundProblem> grouped, IEnumerable<Problem> others)
    {
        Problem[] all = [.. others];
        // What failed of a rollout that failed, or is about to, is told with it.
        var failing = all.Where(p => p.Cause is ProblemCause.RolloutFailed or ProblemCause.RolloutNearLimit && p.DeploymentId.Length > 0).ToArray();
        var left = failing.Length == 0 ? grouped : [.. grouped.Where(g => g.Problem.Cause != ProblemCause.Failed || !failing.Any(p => g.IsWithin(p.DeploymentId)))];
        return left.Concat(all.Where(p => !IsExplained(p, left)).Select(p => new FoundProblem(p)));
    }

    // A rollout that stands still, or is late, because executions of it are in trouble; one near its limit because its spec is wrong.
    private static bool IsExplained(Problem problem, IReadOnlyList<FoundProblem> grouped) => problem.Cause switch
    {
        ProblemCause.RolloutStalled or ProblemCause.RolloutDeadline => grouped.Any(g => g.Concerns(FleetKind.Deployment, problem.DeploymentId)),
        ProblemCause.RolloutNearLimit => grouped.Any(g => g.Problem.Cause is ProblemCause.SpecFault or ProblemCause.CohortFault or ProblemCause.Outage && g.Concerns(FleetKind.Deployment, problem.DeploymentId)),
        _ => false,
    };
}
