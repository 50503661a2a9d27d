using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>One row of the list of deployments.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="JobName">Name of its job.</param>
/// <param name="Summary">Its progress.</param>
/// <param name="Operation">The newest command for it.</param>
public sealed record DeploymentRow(Deployment Deployment, string JobName, DeploymentSummary Summary, Operation? Operation)
{
    /// <summary>The row of a deployment.</summary>
    public static DeploymentRow Of(Deployment deployment, FleetStore store, RolloutSummaries summaries, OperationLog operations) =>
        new(deployment, DeploymentLabels.JobName(deployment, store), summaries.Of(deployment), operations.Of(deployment.Id));

    /// <summary>Its duration so far, or in total.</summary>
    public string? Duration => (Deployment.CreatedAt, Deployment.CompletedAt) is ({ } from, { } to) ? Format.Span(to - from) : null;
}
