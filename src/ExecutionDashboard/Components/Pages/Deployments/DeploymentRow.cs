using ExecutionDashboard.Components.Shared;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>One deployment as the list draws it.</summary>
public sealed record DeploymentRow(
    Deployment Deployment, DeploymentProgress Bar, RolloutProgress Progress, RolloutLimits Limits, bool Waits, string Canary, string Estimate, Operation? Operation)
{
    /// <summary>The row of a deployment. Cost: its executions while it is open, its kept counts afterwards.</summary>
    public static DeploymentRow Of(Deployment deployment, FleetStore store, OperationLog operations, DateTimeOffset now)
    {
        var standing = RolloutStanding.Of(deployment, store);
        return new(
            deployment, DeploymentProgress.Of(deployment, store), standing.Progress, RolloutLimits.Of(deployment, deployment.Strategy, standing.Progress),
            standing.WaitsForPerson, CanaryWords(deployment),
            deployment.IsOpen ? RolloutEstimate.Of(standing, now).Sentence : "", operations.Of(deployment.Id));
    }

    /// <summary>Failed nodes against the limit, in words.</summary>
    public string FailureWords => Limits.TripsAfter is > 0 and < int.MaxValue ? $"{Progress.Failed} of {Limits.TripsAfter}" : $"{Progress.Failed}";

    /// <summary>Wave in words; empty when there are none.</summary>
    public string WaveWords => (Deployment.CurrentWave, Deployment.TotalWaves) switch
    {
        ({ } wave, > 0 and { } waves) => $"{wave} of {waves}",
        ({ } wave, _) when wave > 0 => $"{wave}",
        _ => "",
    };

    /// <summary>How long it took, or has taken.</summary>
    public string? Duration => (Deployment.CreatedAt, Deployment.CompletedAt) is ({ } from, { } to) ? Format.Span(to - from) : null;

    private static string CanaryWords(Deployment deployment) => deployment switch
    {
        { CanaryNodes.Count: 0 } => "",
        { CanaryPromoted: true } => $"{deployment.CanaryNodes.Count}, promoted",
        { Strategy.AutoPromote: true } => $"{deployment.CanaryNodes.Count}, auto",
        { IsOpen: true } => $"{deployment.CanaryNodes.Count}, waiting",
        _ => $"{deployment.CanaryNodes.Count}, not promoted",
    };
}
