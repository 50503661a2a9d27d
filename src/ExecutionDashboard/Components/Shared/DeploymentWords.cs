namespace ExecutionDashboard.Components.Shared;

/// <summary>Deployments in words and addresses.</summary>
public static class DeploymentWords
{
    /// <summary>A state as people read it: <c>in_progress</c> is "in progress".</summary>
    public static string State(string state) => state.Length == 0 ? "unknown" : state.Replace('_', ' ');

    /// <summary>Address of a deployment's page.</summary>
    public static string Address(string id) => "deployments/" + Uri.EscapeDataString(id);
}
