using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>Number of nodes that run one spec of a job.</summary>
/// <param name="Version">Version of the spec; the newest of several with the same meaning.</param>
/// <param name="SpecHash">Hash of the spec; empty when not sent.</param>
/// <param name="Nodes">Number of nodes.</param>
/// <param name="LastKnown">Number of them that are unreachable.</param>
/// <param name="IsOld">Whether it differs from the job's current spec.</param>
public sealed record SpecShare(int Version, string SpecHash, int Nodes, int LastKnown, bool IsOld);

/// <summary>How the specs of a job are distributed over the fleet.</summary>
/// <param name="Job">The job.</param>
/// <param name="Shares">The specs that run: the current one first, then outdated ones, newest first.</param>
public sealed record SpecSkew(Job Job, IReadOnlyList<SpecShare> Shares)
{
    /// <summary>Nodes that run the job.</summary>
    public int Nodes { get; } = Shares.Sum(share => share.Nodes);

    /// <summary>Nodes that run an outdated spec of it.</summary>
    public int Behind { get; } = Shares.Where(share => share.IsOld).Sum(share => share.Nodes);

    /// <inheritdoc/>
    public bool Equals(SpecSkew? other) => other is not null && Job == other.Job && Shares.SequenceEqual(other.Shares);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Job, Shares.Count);

    /// <summary>All jobs: most outdated nodes first, then by name; jobs that run nowhere last.</summary>
    public static IReadOnlyList<SpecSkew> Of(FleetStore store)
    {
        var byJob = store.SpecUses().ToLookup(use => use.JobId, StringComparer.Ordinal);
        return [.. store.Jobs.Select(job => new SpecSkew(job, SharesOf(job, byJob[job.Id], store)))
            .OrderByDescending(skew => skew.Behind).ThenByDescending(skew => skew.Nodes > 0).ThenBy(skew => skew.Job.DisplayName, NaturalOrder.Instance).ThenBy(skew => skew.Job.Id, StringComparer.Ordinal)];
    }

    /// <summary>Executions that have not ended and run an outdated spec, one per node, oldest first.</summary>
    public static IReadOnlyList<Execution> BehindOf(FleetStore store, Job job) =>
        [.. store.RunningOfJob(job.Id).Where(execution => store.DiffersFromNow(job, execution.JobVersion, execution.SpecHash))];

    private static List<SpecShare> SharesOf(Job job, IEnumerable<SpecUse> uses, FleetStore store)
    {
        var shares = new List<SpecShare>();
        foreach (var use in uses.OrderByDescending(u => u.Version))
        {
            var old = store.DiffersFromNow(job, use.Version, use.SpecHash);
            // A version with the same spec, such as a rollback, is not outdated.
            var same = shares.FindIndex(share => share.IsOld == old && (use.SpecHash.Length == 0 || share.SpecHash.Length == 0 ? use.Version == share.Version : store.SameSpecs(use.SpecHash, share.SpecHash)));
            if (same < 0) shares.Add(new(use.Version, use.SpecHash, use.Nodes, use.LastKnown, old));
            else shares[same] = shares[same] with { Nodes = shares[same].Nodes + use.Nodes, LastKnown = shares[same].LastKnown + use.LastKnown };
        }
        return [.. shares.OrderBy(share => share.IsOld).ThenByDescending(share => share.Version)];
    }
}
