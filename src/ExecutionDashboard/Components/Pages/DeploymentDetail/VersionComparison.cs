using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Pages.DeploymentDetail;

/// <summary>Two versions of a job, compared; secrets masked.</summary>
/// <param name="From">The version before.</param>
/// <param name="To">The version after.</param>
/// <param name="Differences">What differs.</param>
public sealed record VersionComparison(int From, int To, IReadOnlyList<SpecDifference> Differences)
{
    /// <summary>Compares versions as the control plane keeps them; the problem is for people, empty when there is none.</summary>
    public static async Task<(VersionComparison? Comparison, string Problem)> OfAsync(
        IControlPlane controlPlane, string jobId, int? from, int? to, CancellationToken cancel)
    {
        if (from is null or 0) return (null, "It is the first version: there is nothing to compare it with.");
        if (to is null) return (null, "The server does not say which version this is.");
        var versions = await controlPlane.ListJobVersionsAsync(jobId, cancel);
        if (!versions.Succeeded) return (null, $"The job's versions cannot be had: {versions.Failure.Message}");
        var before = versions.Value.FirstOrDefault(v => v.Version == from)?.Spec;
        var after = versions.Value.FirstOrDefault(v => v.Version == to)?.Spec;
        if (before is null || after is null) return (null, $"The server no longer has version {(before is null ? from : to)} of the job.");
        return (new(from.Value, to.Value, SpecDiff.Masked(SpecDiff.Of(before.Json, after.Json))), "");
    }
}
