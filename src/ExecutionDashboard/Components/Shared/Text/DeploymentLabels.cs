using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>Labels and addresses of deployments.</summary>
public static class DeploymentLabels
{
    /// <summary>Label of a state: <c>in_progress</c> is "in progress".</summary>
    public static string State(string state) => state.Length == 0 ? "unknown" : state.Replace('_', ' ');

    /// <summary>The versions before and after: <c>v3 → v4</c>; empty when not sent.</summary>
    public static string Versions(Deployment deployment) => (deployment.FromVersion, deployment.ToVersion) switch
    {
        ( > 0 and var from, { } to) => $"v{from} → v{to}",
        (_, { } to) => $"v{to}",
        _ => "",
    };

    /// <summary>Name of its job.</summary>
    public static string JobName(Deployment deployment, FleetStore store) => store.FindJob(deployment.JobId)?.DisplayName ?? deployment.JobId;

    private const string Folder = "deployments/";

    /// <summary>Address of a deployment's page.</summary>
    public static string Address(string id) => IdAddress.Of(Folder, id);

    /// <summary>The id in an address made by <see cref="Address"/>; null for another page.</summary>
    public static string? IdIn(string address) => IdAddress.In(Folder, address);
}
