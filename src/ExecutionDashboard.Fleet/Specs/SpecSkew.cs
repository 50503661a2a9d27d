using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>How many nodes run one spec of a job.</summary>
/// <param name="Version">The version they were started with; the newest of several that mean the same.</param>
/// <param name="SpecHash">The spec; empty when not sent.</param>
/// <param name="Nodes">Nodes.</param>
/// <param name="LastKnown">Those of them that are not heard from.</param>
/// <param name="IsOld">It differs from the job's spec now.</param>
public sealed record SpecShare(int Version, string SpecHash, int Nodes, int LastKnown, bool IsOld);

/// <summary>Which share of the fleet runs which spec of a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Shares">Its specs that run somewhere: the present one first, then the old ones, newest first.</param>
public sealed record SpecSkew(Job Job, IReadOnlyList<SpecShare> Shares)
{
    /// <summary>Nodes that run it.</summary>
    public int Nodes { get; } = Shares.Sum(share => share.Nodes);

    /// <summary>Nodes that run an old spec of it.</summary>
    public int Behind { get; } = Shares.Where(share => share.IsOld).Sum(share => share.Nodes);

    /// <inheritdoc/>
    public bool Equals(SpecSkew? other) => other is not null && Job == other.Job && Shares.SequenceEqual(other.Shares);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Job, Shares.Count);

    /// <summary>The jobs of a fleet: those with most nodes behind first, then by name; those that run nowhere last.</summary>
    public static IReadOnlyList<SpecSkew> Of(FleetStore store)
    {
        var byJob = store.SpecUses().ToLookup(use => use.JobId, StringComparer.Ordinal);
        return [.. store.Jobs.Select(job => new SpecSkew(job, SharesOf(job, byJob[job.Id], store)))
            .OrderByDescending(skew => skew.Behind).ThenByDescending(skew => skew.Nodes > 0).ThenBy(skew => skew.Job.DisplayName, NaturalOrder.Instance).ThenBy(skew => skew.Job.Id, StringComparer.Ordinal)];
    }

    /// <summary>Executions of a job that have not ended and run an old spec, one a node, oldest first.</summary>
    public static IReadOnlyList<Execution> BehindOf(FleetStore store, Job job) =>
        [.. store.RunningOfJob(job.Id).Where(execution => store.DiffersFromNow(job, execution.JobVersion, execution.SpecHash))];

    private static List<SpecShare> SharesOf(Job job, IEnumerable<SpecUse> uses, FleetStore store)
    {
        var shares = new List<SpecShare>();
        foreach (var use in uses.OrderByDescending(u => u.Version))
        {
            var old = store.DiffersFromNow(job, use.Version, use.SpecHash);
            // A version that changed nothing, as a rollback to what was, is no other spec.
            var same = shares.FindIndex(share => share.IsOld == old && (use.SpecHash.Length == 0 || share.SpecHash.Length == 0 ? use.Version == share.Version : store.SameSpecs(use.SpecHash, share.SpecHash)));
            if (same < 0) shares.Add(new(use.Version, use.SpecHash, use.Nodes, use.LastKnown, old));
            else shares[same] = shares[same] with { Nodes = shares[same].Nodes + use.Nodes, LastKnown = shares[same].LastKnown + use.LastKnown };
        }
        return [.. shares.OrderBy(share => share.IsOld).ThenByDescending(share => share.Version)];
    }
}
