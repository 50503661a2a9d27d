namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    private KeptLatest? _latest;

    /// <summary>The newest deployment of a job; null when it has none. Cost: the deployments, once after one of them changed.</summary>
    public Deployment? LatestDeployment(string jobId)
    {
        var all = Deployments;
        if (Volatile.Read(ref _latest) is { } kept && ReferenceEquals(kept.From, all)) return kept.ByJob.GetValueOrDefault(jobId);
        var byJob = new Dictionary<string, Deployment>(StringComparer.Ordinal);
        foreach (var deployment in all)
            if (deployment.JobId.Length > 0 && (!byJob.TryGetValue(deployment.JobId, out var held) || IsNewer(deployment, held))) byJob[deployment.JobId] = deployment;
        Volatile.Write(ref _latest, new(all, byJob));
        return byJob.GetValueOrDefault(jobId);
    }

    // Where the server tells no times, versions tell the order.
    private static bool IsNewer(Deployment one, Deployment other) =>
        one.CreatedAt != other.CreatedAt ? Nullable.Compare(one.CreatedAt, other.CreatedAt) > 0 : (one.ToVersion ?? 0) > (other.ToVersion ?? 0);

    private sealed record KeptLatest(IReadOnlyList<Deployment> From, Dictionary<string, Deployment> ByJob);
}
