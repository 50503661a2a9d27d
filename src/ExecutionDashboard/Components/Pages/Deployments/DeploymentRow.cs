using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>One deployment as the list draws it.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="JobName">Name of its job.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="Operation">The newest command for it.</param>
public sealed record DeploymentRow(Deployment Deployment, string JobName, DeploymentStanding Standing, Operation? Operation)
{
    /// <summary>The row of a deployment.</summary>
    public static DeploymentRow Of(Deployment deployment, FleetStore store, RolloutSummaries standings, OperationLog operations) =>
        new(deployment, DeploymentLabels.JobName(deployment, store), standings.Of(deployment), operations.Of(deployment.Id));

    /// <summary>How long it took, or has taken.</summary>
    public string? Duration => (Deployment.CreatedAt, Deployment.CompletedAt) is ({ } from, { } to) ? Format.Span(to - from) : null;
}
