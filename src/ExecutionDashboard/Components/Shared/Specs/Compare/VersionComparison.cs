using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>A comparison of two versions; secrets are masked where it is displayed.</summary>
/// <param name="Left">The left spec.</param>
/// <param name="Right">The right spec.</param>
/// <param name="Comparison">The differences.</param>
public sealed record VersionComparison(SpecRef Left, SpecRef Right, SpecComparison Comparison)
{
    /// <summary>The versions as text: <c>v2 → v3</c>.</summary>
    public string Between => $"v{Left.Number} → v{Right.Number}";

    /// <summary>Compares versions of a job; the problem is a sentence, empty without one.</summary>
    public static async Task<(VersionComparison? Comparison, string Problem)> OfAsync(SpecSources sources, string jobId, int? from, int? to, CancellationToken cancel)
    {
        if (from is null && to > 1) return (null, "The server does not say which version was before.");
        if (from is null or 0) return (null, "It is the first version: there is nothing to compare it with.");
        if (to is null) return (null, "The server does not say which version this is.");
        var (left, right) = (SpecRef.Version(jobId, from.Value), SpecRef.Version(jobId, to.Value));
        var before = await sources.FindAsync(left, cancel);
        if (before.Spec is null) return (null, before.Problem);
        var after = await sources.FindAsync(right, cancel);
        if (after.Spec is null) return (null, after.Problem);
        if (SpecValue.Parse(before.Spec.Json) is not { } first || SpecValue.Parse(after.Spec.Json) is not { } second) return (null, "One of the specs cannot be read.");
        return (new(left, right, SpecComparison.Of(first, second)), "");
    }
}
