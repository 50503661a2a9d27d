using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;

namespace ExecutionDashboard.Components.Shared.States;

/// <summary>Progress of a deployment as a bar and as text, by the newest execution of each node. Never shown as done while a node is missing.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Parts">Nodes by the state of their execution.</param>
/// <param name="Rest">Nodes without an execution of it; 0 when unknown.</param>
/// <param name="IsRestUnknown">Whether an unknown number of nodes may follow.</param>
/// <param name="Words">The counts as text.</param>
/// <param name="Phase">The phase in a few words.</param>
public sealed record DeploymentProgress(
    Deployment Deployment, IReadOnlyList<(ExecutionState State, int Count)> Parts, int Rest, bool IsRestUnknown, string Words, string Phase)
{
    /// <summary>The versions before and after.</summary>
    public string Versions => DeploymentLabels.Versions(Deployment);

    /// <inheritdoc/>
    public bool Equals(DeploymentProgress? other) =>
        other is not null && (Deployment, Rest, IsRestUnknown, Words, Phase) == (other.Deployment, other.Rest, other.IsRestUnknown, other.Words, other.Phase) && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Deployment, Rest, Words);

    /// <summary>The progress of a deployment.</summary>
    public static DeploymentProgress Of(RolloutSummary summary)
    {
        var isUnknown = summary.Progress.NotPlaced is null && summary.IsLive;
        return new(
            summary.Deployment, StateParts.Of(summary.States), summary.Progress.NotPlaced ?? 0, isUnknown,
            summary.Progress.Words + (isUnknown ? "; total not reported" : ""), summary.Phase);
    }
}
