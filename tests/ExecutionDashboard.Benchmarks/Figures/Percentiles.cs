namespace ExecutionDashboard.Benchmarks.Figures;

/// <summary>Percentiles of what was measured.</summary>
internal static class Percentiles
{
    /// <summary>The value that a share of all is not above; NaN without values.</summary>
    /// <param name="values">What was measured, in any order.</param>
    /// <param name="share">0–1.</param>
    public static double Percentile(this IReadOnlyCollection<double> values, double share)
    {
        if (values.Count == 0) return double.NaN;
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
