using ExecutionDashboard.Components.Shared;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>One deployment as the list draws it.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Bar">Its executions by state.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="Canary">Its canary, in words.</param>
/// <param name="Operation">The newest command for it.</param>
public sealed record DeploymentRow(Deployment Deployment, DeploymentProgress Bar, DeploymentStanding Standing, string Canary, Operation? Operation)
{
    /// <summary>The row of a deployment.</summary>
    public static DeploymentRow Of(Deployment deployment, FleetStore store, DeploymentStandings standings, OperationLog operations) =>
        new(deployment, DeploymentProgress.Of(deployment, store), standings.Of(deployment), CanaryWords(deployment), operations.Of(deployment.Id));

    /// <summary>Failed nodes against the limit, in words.</summary>
    public string FailureWords =>
        Standing.Limits.TripsAfter is > 0 and < int.MaxValue and var limit ? $"{Standing.Progress.Failed} of {limit}" : $"{Standing.Progress.Failed}";

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
