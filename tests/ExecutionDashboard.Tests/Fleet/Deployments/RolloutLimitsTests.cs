using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class RolloutLimitsTests
{
    private static RolloutLimits Limits(RolloutStrategy? strategy, int? total, int failed = 0, Func<Deployment, Deployment>? change = null) =>
        RolloutLimits.Of(RolloutSummary.Of((change ?? (d => d))(Rollout(total) with { Strategy = strategy }), StoreOf([.. Many(0, failed, "failed")])));

    [Theory]
    [InlineData(null, null, 200, 10, "max_failed_nodes")]
    [InlineData(null, null, 50, 5, "max_failed_nodes_percent")]
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
        var limits = Limits(new RolloutStrategy { Kind = "rolling" }, 200, failed);
        Assert.Equal((share, tripped, 11), (limits.Share!.Value, limits.IsTripped, limits.TripsAt));
    }

    [Theory]
    [InlineData(null, 2, "2 (limit 4)", false)]
    [InlineData(2, 2, "2 (limit 4)", false)]
    [InlineData(1, 2, "2 (limit 4)", false)]
    [InlineData(4, 2, "2, server counts 4 (limit 4)", false)]
    [InlineData(5, 0, "0, server counts 5 (limit 4)", true)]
    [InlineData(null, 5, "5 (limit 4)", true)]
    public void Words_ExecutionsAndServerCount_AreSaidWhereTheyDifferAndNeverARedZeroAlone(int? server, int failed, string words, bool tripped)
    {
        var limits = Limits(new RolloutStrategy { Kind = "rolling", MaxFailedNodes = 4 }, 200, failed, d => d with { FailedNodes = server });
        Assert.Equal((words, tripped, failed), (limits.Words, limits.IsTripped, limits.FailedNodes));
    }

    [Theory]
    [InlineData(null, 12.5, 0, null, "0 (limit 10 or 12.5 %)", false)]
    [InlineData(2, 12.5, 3, null, "3 (limit 2 or 12.5 %)", true)]
    [InlineData(0, 12.5, 0, 0, "0 (limit 0)", false)]
    [InlineData(3, 0.0, 0, 0, "0 (limit 0)", false)]
    [InlineData(3, 100.0, 0, 3, "0 (limit 3)", false)]
    [InlineData(1, 50.0, 2, 1, "2 (limit 1)", true)]
    public void Of_TotalNotSent_PercentIsComputedOnlyWhereItCannotMatter(int? nodes, double? percent, int failed, int? trips, string words, bool tripped)
    {
        var limits = Limits(new RolloutStrategy { Kind = "rolling", MaxFailedNodes = nodes, MaxFailedNodesPercent = percent }, null, failed);
        Assert.Equal((trips, words, tripped, trips is null), (limits.TripsAfter, limits.Words, limits.IsTripped, limits.IsPercentUnknown));
        Assert.Equal(trips is null, limits.OnFailure.Contains("cannot be computed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("completed", "5", false)]
    [InlineData("canceled", "5", false)]
    [InlineData("failed", "5 (limit 4)", true)]
    [InlineData("rolled_back", "5 (limit 4)", true)]
    public void Words_EndedRollout_HaveALimitOnlyWhereItStopped(string state, string words, bool tripped)
    {
        var limits = Limits(new RolloutStrategy { Kind = "rolling", MaxFailedNodes = 4 }, 200, 5, d => d with { State = state });
        Assert.Equal((words, tripped, tripped), (limits.Words, limits.IsTripped, limits.Share >= 1));
    }

    [Fact]
    public void Of_StrategyNotSent_NoLimitIsMadeUp()
    {
        var limits = Limits(null, 200, 3);
        Assert.Equal(("3", null, null, "The server does not say what stops it."), (limits.Words, limits.TripsAfter, limits.MaxFailedNodes, limits.OnFailure));
    }

    [Theory]
    [InlineData("update", 6, null, null, "Rolls back automatically to v6 if more than 2 nodes fail.")]
    [InlineData("update", 6, 4, null, "Rolls back automatically to v4 if more than 2 nodes fail.")]
    [InlineData("update", 6, 0, null, "Stops if more than 2 nodes fail: there is no earlier version.")]
    [InlineData("update", null, null, null, "Rolls back automatically if more than 2 nodes fail. The server does not say to which version.")]
    [InlineData("create", null, null, null, "Stops if more than 2 nodes fail: there is no earlier version.")]
    [InlineData("rollback", 7, null, null, "Stops if more than 2 nodes fail: it is a rollback itself.")]
    [InlineData("restart", 7, null, null, "Stops if more than 2 nodes fail: it reruns v7, and the server names no other version.")]
    [InlineData("restart", 7, 5, null, "Rolls back automatically to v5 if more than 2 nodes fail.")]
    [InlineData("update", 6, 4, true, "Stops if more than 2 nodes fail: automatic rollback is off (no_auto_rollback).")]
    public void Of_EveryWayToFail_SaysWhatHappensAndWhen(string type, int? from, int? back, bool? off, string said) =>
        Assert.Equal(said, Limits(new RolloutStrategy { Kind = "rolling", NoAutoRollback = off }, 24, change: d => d with { Type = type, FromVersion = from, RollbackToVersion = back }).OnFailure);

    [Theory]
    [InlineData(0, "Rolls back automatically to v6 if any node fails.")]
    [InlineData(1, "Rolls back automatically to v6 if more than 1 node fails.")]
    public void Of_SmallLimits_ReadWell(int most, string said) => Assert.Equal(said, Limits(new RolloutStrategy { Kind = "rolling", MaxFailedNodes = most }, 200).OnFailure);

    [Theory]
    [InlineData("completed", null, "")]
    [InlineData("rolled_back", null, "")]
    [InlineData("failed", true, "Not rolled back: automatic rollback is off (no_auto_rollback).")]
    public void Of_EndedRollout_PromisesNothing(string state, bool? off, string said) =>
        Assert.Equal(said, Limits(new RolloutStrategy { Kind = "rolling", NoAutoRollback = off }, 24, change: d => d with { State = state }).OnFailure);

    [Fact]
    public void Of_Immediate_HasNoLimit()
    {
        var limits = Limits(new RolloutStrategy { Kind = "immediate" }, 10, 10);
        Assert.Equal((null, null, null, false, null, "10"), (limits.MaxFailedNodes, limits.MaxFailedPercent, limits.Share, limits.IsTripped, limits.TripsAt, limits.Words));
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
