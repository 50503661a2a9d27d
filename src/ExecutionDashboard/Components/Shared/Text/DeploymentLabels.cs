using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>Deployments in words and addresses.</summary>
public static class DeploymentLabels
{
    /// <summary>A state as people read it: <c>in_progress</c> is "in progress".</summary>
    public static string State(string state) => state.Length == 0 ? "unknown" : state.Replace('_', ' ');

    /// <summary>From which version to which: <c>v3 → v4</c>; empty where the server does not say.</summary>
    public static string Versions(Deployment deployment) => (deployment.FromVersion, deployment.ToVersion) switch
    {
        ( > 0 and var from, { } to) => $"v{from} → v{to}",
        (_, { } to) => $"v{to}",
        _ => "",
    };

    /// <summary>Name of the job that it rolls out.</summary>
    public static string JobName(Deployment deployment, FleetStore store) => store.FindJob(deployment.JobId)?.DisplayName ?? deployment.JobId;

    private const string Folder = "deployments/";

    /// <summary>Address of a deployment's page.</summary>
    public static string Address(string id) => IdAddress.Of(Folder, id);

    /// <summary>The id in an address of <see cref="Address"/>; null when it is of another page.</summary>
    public static string? IdIn(string address) => IdAddress.In(Folder, address);
}
