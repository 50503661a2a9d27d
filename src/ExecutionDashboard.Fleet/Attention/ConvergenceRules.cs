using System.Globalization;
using ExecutionDashboard.Fleet.Convergence;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>Jobs whose changes become real too slowly, as the feed measures them.</summary>
public static class ConvergenceRules
{
    /// <summary>One problem for each job that burns its objective.</summary>
    /// <param name="burning">What the feed says; null for none.</param>
    /// <param name="store">The fleet.</param>
    public static IReadOnlyList<Problem> Of(IReadOnlyList<BurningObjective>? burning, FleetStore store) =>
        burning is null ? [] : [.. burning.Where(job => store.FindJob(job.JobId) is not null).Select(job => Problem(job, store.FindJob(job.JobId)!.DisplayName))];

    private static Problem Problem(BurningObjective job, string name)
    {
        var (share, objective) = (Percent((double)job.Within / Math.Max(1, job.Judged)), RolloutSummary.Length(job.Objective));
        return new()
        {
            Id = $"{ProblemCauses.CodeOf(ProblemCause.ConvergenceSlow)}/{job.JobId}", Cause = ProblemCause.ConvergenceSlow, Severity = ProblemSeverity.Warning, Since = job.Since, JobId = job.JobId,
            Summary = $"{name}: {share} of its changes of the last 24 hours became real within {objective}; {Percent(job.Target)} should.",
            Subjects = [new(FleetKind.Job, job.JobId, name)],
            Address = PageAddress.Job(job.JobId),
            Evidence =
            [
                new($"{job.Within.ToString("#,0", CultureInfo.InvariantCulture)} of {job.Judged.ToString("#,0", CultureInfo.InvariantCulture)} changes within {objective}.", "change log", job.Since, PageAddress.Job(job.JobId)),
                .. job.Late > 0 ? (Evidence[])[new($"{job.Late.ToString("#,0", CultureInfo.InvariantCulture)} of them have not arrived yet.", "change log")] : [],
            ],
            NextSteps = [new(StepAction.Open, PageAddress.Job(job.JobId), "Open the job", "Shows how long its changes take, and what is on its way. Look for nodes that are slow or unreachable, or set another objective.")],
        };
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(1_000 * share) / 10:0.#} %");
}
