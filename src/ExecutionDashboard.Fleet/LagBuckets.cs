using System.Diagnostics.Metrics;

namespace ExecutionDashboard.Fleet;

/// <summary>The buckets of every histogram of a lag, seconds: the same everywhere, so that stages of the way can be compared.</summary>
public static class LagBuckets
{
    /// <summary>From a frame of the screen to what nobody would call live.</summary>
    public static InstrumentAdvice<double> Advice { get; } = new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2, 5, 15, 60] };
}
