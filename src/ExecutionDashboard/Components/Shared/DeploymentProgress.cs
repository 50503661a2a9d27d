using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Shared;

/// <summary>How far a deployment is, counted from its executions; never called done while something is missing.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="JobName">Name of its job.</param>
/// <param name="Parts">Executions by state.</param>
/// <param name="Rest">Nodes that have no execution of it yet.</param>
public sealed record DeploymentProgress(Deployment Deployment, string JobName, IReadOnlyList<(ExecutionState State, int Count)> Parts, int Rest)
{
    /// <summary>From which version to which.</summary>
    public string Versions => (Deployment.FromVersion, Deployment.ToVersion) switch
    {
        ( > 0 and var from, { } to) => $"v{from} → v{to}",
        (_, { } to) => $"v{to}",
        _ => "",
    };

    /// <summary>Where it stands, in words.</summary>
    public string Phase => Deployment switch
    {
        { State: "paused" } => "paused",
        { State: "pending" } => "pending",
        { CanaryNodes.Count: > 0, CanaryPromoted: false or null, CurrentWave: null or <= 1 } => "canary",
        { CurrentWave: { } wave, TotalWaves: { } waves } when waves > 0 => $"wave {wave} of {waves}",
        { CurrentWave: { } wave } => $"wave {wave}",
        _ => "in progress",
    };

    /// <summary>The counts in words.</summary>
    public string Words
    {
        get
        {
            var words = Parts.Select(p => $"{Format.Count(p.Count)} {p.State.Name}");
            return string.Join(", ", Rest > 0 ? words.Append($"{Format.Count(Rest)} not placed yet") : words) is { Length: > 0 } text ? text : "no executions yet";
        }
    }

    /// <inheritdoc/>
    public bool Equals(DeploymentProgress? other) => other is not null && (Deployment, JobName, Rest) == (other.Deployment, other.JobName, other.Rest) && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Deployment, JobName, Rest);

    /// <summary>The progress of a deployment.</summary>
    public static DeploymentProgress Of(Deployment deployment, FleetStore store)
    {
        var counts = store.CountsOfDeployment(deployment.Id);
        return new(deployment, store.FindJob(deployment.JobId)?.DisplayName ?? deployment.JobId, StateParts.Of(counts), Math.Max(0, (deployment.TotalNodes ?? 0) - counts.Total));
    }
}
