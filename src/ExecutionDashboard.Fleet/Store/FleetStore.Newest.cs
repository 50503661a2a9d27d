namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    private KeptNewest? _newestDeployments;

    /// <summary>The newest deployment of a job; null without one. Computed once per change of the deployments.</summary>
    public Deployment? NewestDeploymentOf(string jobId)
    {
        var all = Deployments;
        var kept = Volatile.Read(ref _newestDeployments);
        if (kept is null || !ReferenceEquals(kept.All, all))
        {
            var newest = new Dictionary<string, Deployment>(StringComparer.Ordinal);
            foreach (var deployment in all) newest.TryAdd(deployment.JobId, deployment);
            kept = new(all, newest);
            Volatile.Write(ref _newestDeployments, kept);
        }
        return kept.ByJob.GetValueOrDefault(jobId);
    }

    private sealed record KeptNewest(IReadOnlyList<Deployment> All, IReadOnlyDictionary<string, Deployment> ByJob);
}
