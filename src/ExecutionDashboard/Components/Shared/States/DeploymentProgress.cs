using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;

namespace ExecutionDashboard.Components.Shared.States;

/// <summary>How far a deployment is, as a bar and in words: counted by node, from the newest execution of each. Never called done while something is missing.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Parts">Nodes by the state of their execution.</param>
/// <param name="Rest">Nodes that have no execution of it; 0 where their number is not known.</param>
/// <param name="IsRestUnknown">More nodes may follow, and the server does not say how many.</param>
/// <param name="Words">The counts in words.</param>
/// <param name="Phase">Where it is, in a few words.</param>
public sealed record DeploymentProgress(
    Deployment Deployment, IReadOnlyList<(ExecutionState State, int Count)> Parts, int Rest, bool IsRestUnknown, string Words, string Phase)
{
    /// <summary>From which version to which.</summary>
    public string Versions => DeploymentLabels.Versions(Deployment);

    /// <inheritdoc/>
    public bool Equals(DeploymentProgress? other) =>
        other is not null && (Deployment, Rest, IsRestUnknown, Words, Phase) == (other.Deployment, other.Rest, other.IsRestUnknown, other.Words, other.Phase) && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Deployment, Rest, Words);

    /// <summary>The progress of a deployment.</summary>
    public static DeploymentProgress Of(RolloutSummary standing)
    {
        var isUnknown = standing.Progress.NotPlaced is null && standing.IsLive;
        return new(
            standing.Deployment, StateParts.Of(standing.States), standing.Progress.NotPlaced ?? 0, isUnknown,
            standing.Progress.Words + (isUnknown ? "; total not reported" : ""), standing.Phase);
    }
}
