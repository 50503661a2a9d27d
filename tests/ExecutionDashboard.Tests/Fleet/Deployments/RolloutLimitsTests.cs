using ExecutionDashboard.Fleet;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class RolloutLimitsTests
{
    private static RolloutLimits Limits(RolloutStrategy? strategy, int total, int failed = 0, Func<Deployment, Deployment>? change = null) =>
        RolloutLimits.Of((change ?? (d => d))(Rollout(total)), strategy, new RolloutProgress { Total = total, Failed = failed });

    [Theory]
    [InlineData(null, null, 200, 10, "max_failed_nodes")]
    [InlineData(null, null, 50, 5, "max_failed_nodes_percent")]
    [InlineData(null, null, 0, 10, "max_failed_nodes")]
    [InlineData(0, null, 200, 0, "max_failed_nodes")]
    [InlineData(100, 0.0, 200, 0, "max_failed_nodes_percent")]
    [InlineData(-4, -1.0, 200, 10, "max_failed_nodes")]
    [InlineData(int.MaxValue, 1e300, int.MaxValue, int.MaxValue - 1, "max_failed_nodes_percent")]
    [InlineData(3, double.NaN, 1000, 3, "max_failed_nodes")]
    public void Of_BothLimits_TheFirstToTripCounts(int? nodes, double? percent, int total, int trips, string by)
    {
        var limits = Limits(new RolloutStrategy { Kind = "rolling", MaxFailedNodes = nodes, MaxFailedNodesPercent = percent }, total);
        Assert.Equal((trips, by), (limits.TripsAfter, limits.TripsBy));
        Assert.Equal((nodes is not >= 0, percent is not >= 0), (limits.MaxFailedNodesIsDefault, limits.MaxFailedPercentIsDefault));
        Assert.Equal(nodes < 0 || percent < 0 || percent is double.NaN, limits.Note.Length > 0);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(10, 10 / 11.0, false)]
    [InlineData(11, 1, true)]
    [InlineData(22, 2, true)]
    public void Of_SomeFailed_ShareIsOneWhenItTrips(int failed, double share, bool tripped)
    {
        var limits = Limits(null, 200, failed);
        Assert.Equal((share, tripped, 11), (limits.Share, limits.IsTripped, limits.TripsAt));
    }

    [Fact]
    public void Of_ServerCountsMoreFailed_ItIsTheServerThatStops() => Assert.Equal(7, Limits(null, 200, 2, d => d with { FailedNodes = 7 }).FailedNodes);

    [Theory]
    [InlineData("update", 6, null, null, "Rolls back by itself to version 6.")]
    [InlineData("update", 6, 4, null, "Rolls back by itself to version 4.")]
    [InlineData("update", 6, 0, null, "Stops where it is: there is nothing to roll back to.")]
    [InlineData("update", null, null, null, "Rolls back by itself; the server does not say to which version.")]
    [InlineData("create", null, null, null, "Stops where it is: there is nothing to roll back to.")]
    [InlineData("rollback", 7, null, null, "Stops: it is a rollback itself, there is nothing further to roll back to.")]
    [InlineData("update", 6, 4, true, "Stops where it is: automatic rollback is off (no_auto_rollback).")]
    public void Of_EveryWayToFail_SaysWhatHappens(string type, int? from, int? back, bool? off, string said) =>
        Assert.Equal(said, Limits(new RolloutStrategy { Kind = "rolling", NoAutoRollback = off }, 10, change: d => d with { Type = type, FromVersion = from, RollbackToVersion = back }).OnFailure);

    [Fact]
    public void Of_Immediate_HasNoLimit()
    {
        var limits = Limits(new RolloutStrategy { Kind = "immediate" }, 10, 10);
        Assert.Equal((null, null, 0.0, false, null), (limits.MaxFailedNodes, limits.MaxFailedPercent, limits.Share, limits.IsTripped, limits.TripsAt));
    }

    [Fact]
    public void HealthDeadlineLeft_BeforeAndAfter_IsPositiveAndNegative()
    {
        var limits = Limits(null, 10, change: d => d with { HealthDeadline = Start });
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(-1)), (limits.HealthDeadlineLeft(Start.AddMinutes(-1)), limits.HealthDeadlineLeft(Start.AddMinutes(1))));
        Assert.Null(Limits(null, 10).HealthDeadlineLeft(Start));
        Assert.Null(Limits(null, 10, change: d => d with { HealthDeadline = Start, State = "completed" }).HealthDeadlineLeft(Start));
    }

    [Theory]
    [InlineData(false, 20, "20 nodes at a time")]
    [InlineData(false, 1, "1 node at a time")]
    [InlineData(false, 0, "all nodes at once")]
    [InlineData(false, null, "")]
    [InlineData(true, 20, "20 % of the nodes per wave (40 of 200)")]
    [InlineData(true, null, "10 % of the nodes per wave (20 of 200), the default")]
    [InlineData(true, 900, "")]
    public void Of_MaxParallel_IsSaidInTheGenerationsMeaning(bool percent, int? parallel, string said) =>
        Assert.Equal(said, Limits(new RolloutStrategy { Kind = "rolling", MaxParallel = parallel, ParallelIsPercent = percent }, 200).Parallel);

    [Fact]
    public void Of_HealthCheckOfEachGeneration_DefaultsAreItsOwn()
    {
        var (deployment, rollout) = (Limits(new RolloutStrategy(), 1), Limits(new RolloutStrategy { ParallelIsPercent = true }, 1));
        Assert.Equal((TimeSpan.FromSeconds(30), null, null, 0.10, true), (deployment.MinHealthyTime, deployment.Interval, deployment.SuccessThreshold, deployment.MaxErrorRate, deployment.MaxErrorRateIsDefault));
        Assert.Equal((null, TimeSpan.FromSeconds(10), 2, 3), (rollout.MinHealthyTime, rollout.Interval, rollout.SuccessThreshold, rollout.FailureThreshold));
    }
}
