using System.Diagnostics.Metrics;

namespace ExecutionDashboard.Fleet;

/// <summary>Buckets of all lag histograms, seconds. They are the same everywhere, so that stages can be compared.</summary>
public static class LagBuckets
{
    /// <summary>From the time of a screen frame up to a lag that is no longer live.</summary>
    public static InstrumentAdvice<double> Advice { get; } = new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2, 5, 15, 60] };
}
