namespace ExecutionDashboard.Components.Shared;

/// <summary>Deployments in words and addresses.</summary>
public static class DeploymentWords
{
    /// <summary>A state as people read it: <c>in_progress</c> is "in progress".</summary>
    public static string State(string state) => state.Length == 0 ? "unknown" : state.Replace('_', ' ');

    private const string Folder = "deployments/";

    /// <summary>Address of a deployment's page.</summary>
    public static string Address(string id) => IdAddress.Of(Folder, id);

    /// <summary>The id in an address of <see cref="Address"/>; null when it is of another page.</summary>
    public static string? IdIn(string address) => IdAddress.In(Folder, address);
}
