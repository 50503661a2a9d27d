using System.Globalization;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>Messages of deployments.</summary>
internal static class RolloutMessages
{
    /// <summary>The current phase.</summary>
    public static string Place(SimDeployment deployment) => deployment.InCanaryPhase
        ? $"Canary on {deployment.CanarySize} nodes, watching its health" : $"Wave {deployment.CurrentWave} of {deployment.TotalWaves}";

    /// <summary>Paused, with the phase.</summary>
    public static string Paused(SimDeployment deployment) =>
        deployment.InCanaryPhase ? "Paused during the canary" : $"Paused in wave {deployment.CurrentWave} of {deployment.TotalWaves}";

    /// <summary>Completed.</summary>
    public static string Completed(SimDeployment deployment)
    {
        var away = deployment.Targets.Length - deployment.Updated - deployment.Failed;
        return $"Version {deployment.To.Number} on {deployment.Updated} nodes" + (deployment.Failed > 0 ? $", {deployment.Failed} failed" : "")
            + (away > 0 ? $", {away} not reached" : "");
    }

    /// <summary>Why it failed.</summary>
    public static string Halted(SimDeployment deployment)
    {
        var what = deployment.InCanaryPhase ? $"Canary failed on {deployment.Failed} of {deployment.CanarySize} nodes"
            : $"Stopped in wave {deployment.CurrentWave} of {deployment.TotalWaves}: {deployment.Failed} of {deployment.Targets.Length} nodes failed";
        return deployment.TooManyFailedNodes ? $"{what}, more than {deployment.Strategy.MaxFailedNodes} allowed"
            : deployment.TooHighShareFailed ? string.Create(CultureInfo.InvariantCulture, $"{what}, more than {deployment.Strategy.MaxFailedNodesPercent} % allowed") : what;
    }

    /// <summary>A message with its reason, if there is one.</summary>
    public static string With(string message, string reason) => reason.Length > 0 ? $"{message}: {reason}" : message;
}
