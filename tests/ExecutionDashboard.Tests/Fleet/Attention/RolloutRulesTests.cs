using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Attention;

public class RolloutRulesTests
{
    private static readonly AttentionOptions Options = new();
    private static readonly RolloutStrategy Rolling = new() { Kind = "rolling", MaxParallel = 3, MaxFailedNodes = 3, MaxFailedNodesPercent = 100 };

    private static IReadOnlyList<Problem> Find(Deployment deployment, FleetStore store, DateTimeOffset now, out DateTimeOffset? next)
    {
        store.Apply([FleetChange.Of(deployment)]);
        return RolloutRules.Of(deployment, store, Options, now, out next);
    }

    private static Problem Only(Deployment deployment, FleetStore store, DateTimeOffset now) => Assert.Single(Find(deployment, store, now, out _));

    [Fact]
    public void Of_HealthyCanary_AwaitsPromotion()
    {
        var canary = Rollout(20, "in_progress", "n001", "n002", "n003") with { Strategy = new() { Kind = "canary", MaxParallel = 5 }, LastProgressAt = Start.AddMinutes(1) };
        var problem = Only(canary, StoreOf([.. Many(1, 3, "running"), .. Many(4, 17, "running", deployment: "before", version: 6)]), Start.AddHours(1));
        Assert.Equal((ProblemCause.AwaitingPromotion, ProblemSeverity.Notice, true, Start.AddMinutes(1)), (problem.Cause, problem.Severity, problem.AwaitsDecision, problem.Since));
        Assert.Equal("ingest v7 awaits promotion: 3 canaries are healthy.", problem.Summary);
        Assert.Contains(problem.Evidence, e => e.Text == "All 3 canaries are healthy; 17 other nodes get v7 next.");
        Assert.Equal([StepAction.Promote, StepAction.Open, StepAction.Rollback, StepAction.Open], problem.NextSteps.Select(s => s.Action));
        Assert.Equal("compare?left=version%3A6%3Ajob&right=version%3A7%3Ajob", problem.NextSteps[1].Target);
    }

    [Fact]
    public void Of_HealthyCanaryOfTheRolloutGeneration_OffersNoPromotion()
    {
        var canary = Rollout(20, "in_progress", "n001") with { Strategy = new() { Kind = "canary" }, IsRollout = true };
        Assert.DoesNotContain(Only(canary, StoreOf([.. Many(1, 1, "running")]), Start.AddHours(1)).NextSteps, s => s.Action == StepAction.Promote);
    }

    [Fact]
    public void Of_Paused_NamesResume()
    {
        var problem = Only(Rollout(20, "paused") with { Message = "Held by ops", UpdatedAt = Start.AddMinutes(3) }, StoreOf([.. Many(1, 5, "running")]), Start.AddHours(1));
        Assert.Equal((ProblemCause.RolloutPaused, Start.AddMinutes(3), true), (problem.Cause, problem.Since, problem.AwaitsDecision));
        Assert.Contains(problem.Evidence, e => e.Text == "Held by ops" && e.Source == "control plane");
        Assert.Equal((StepAction.Resume, "dep", "Continues with the 15 nodes left."), (problem.NextSteps[0].Action, problem.NextSteps[0].Target, problem.NextSteps[0].Consequence));
    }

    [Fact]
    public void Of_ItsOwnPace_IsStalledAfterThreeTimesTheLongestPause()
    {
        // A node finishes every minute; the last at 10 min.
        var store = StoreOf([.. Enumerable.Range(1, 10).Select(i => On($"n{i:000}", "running", i * 60 - 5)), On("n011", "starting", 600)]);
        Assert.Empty(Find(Rollout(30), store, Start.AddMinutes(12), out var next));
        Assert.Equal(Start.AddMinutes(13), next);
        var problem = Only(Rollout(30), store, Start.AddMinutes(13));
        Assert.Equal((ProblemCause.RolloutStalled, Start.AddMinutes(10), 20), (problem.Cause, problem.Since, problem.Nodes));
        Assert.Contains(problem.Evidence, e => e.Text == "10 nodes finished; the longest pause between two was 1 min.");
        Assert.Contains(problem.Evidence, e => e.Text == "starting on n011." && e.Address == "executions/dep%2Fn011%2F600");
        store.Apply([FleetChange.Of(On("n011", "running", 775))]);
        Assert.Empty(Find(Rollout(30), store, Start.AddMinutes(13), out _));
    }

    [Fact]
    public void Of_NothingFinishedYet_WaitsForTheHealthDeadlineOfTheSpec()
    {
        var slow = Rollout(30) with { Strategy = Rolling with { HealthCheck = new(TimeSpan.FromMinutes(5), null, null, null, null, null) } };
        var store = StoreOf([.. Many(1, 3, "starting")]);
        Assert.Empty(Find(slow, store, Start.AddMinutes(4), out var next));
        Assert.Equal(Start.AddMinutes(5), next);
        Assert.Equal(ProblemCause.RolloutStalled, Only(slow, store, Start.AddMinutes(5)).Cause);
        // What the server notes as progress counts.
        Assert.Empty(Find(slow with { LastProgressAt = Start.AddMinutes(4) }, store, Start.AddMinutes(5), out _));
    }

    [Fact]
    public void Of_EveryNodeFinishedAndNotEnded_IsStalled()
    {
        var problem = Only(Rollout(10), StoreOf([.. Many(1, 10, "running")]), Start.AddMinutes(10));
        Assert.Equal("The rollout of ingest v7 is stalled: every node has finished, but the control plane has not ended it.", problem.Summary);
    }

    [Fact]
    public void Of_FailuresNearTheLimit_SaysHowManyMoreStopIt()
    {
        var near = Rollout(30) with { Strategy = Rolling };
        var store = StoreOf([.. Many(1, 10, "running", 10), .. Many(11, 2, "failed", 20)]);
        Assert.Empty(Find(near, store, Start.AddSeconds(30), out _));
        store.Apply([FleetChange.Of(On("n013", "failed", 22))]);
        var problem = Only(near, store, Start.AddSeconds(30));
        Assert.Equal((ProblemCause.RolloutNearLimit, Start.AddSeconds(27)), (problem.Cause, problem.Since));
        Assert.Equal("The rollout of ingest v7 is near its limit: 3 nodes failed, one more stops it.", problem.Summary);
        Assert.Equal("Failures: 3 (limit 3), by max_failed_nodes.", problem.Evidence[0].Text);
        Assert.Contains(problem.Evidence, e => e.Text.StartsWith("3 executions failed: Failed, without a message", StringComparison.Ordinal));
        // Tripped: then it failed, or is being rolled back, and that is said instead.
        store.Apply([FleetChange.Of(On("n014", "failed", 23))]);
        Assert.Empty(Find(near, store, Start.AddSeconds(31), out _));
    }

    [Fact]
    public void Of_LimitOfNone_IsNotNearItFromTheStart() =>
        Assert.Empty(Find(Rollout(30) with { Strategy = Rolling with { MaxFailedNodes = 0 } }, StoreOf([.. Many(1, 3, "starting", 10)]), Start.AddSeconds(30), out _));

    [Theory]
    [InlineData(600, 60)]
    [InlineData(60, 15)]
    public void Of_HealthDeadline_IsNearInItsLastQuarterAtMost(int length, int near)
    {
        var watched = Rollout(30) with
        {
            Strategy = Rolling with { HealthCheck = new(TimeSpan.FromSeconds(length), null, null, null, null, null) }, HealthDeadline = Start.AddSeconds(100), LastProgressAt = Start,
        };
        var store = StoreOf([.. Many(1, 2, "running", 10), .. Many(3, 1, "starting", 10)]);
        Assert.Empty(Find(watched, store, Start.AddSeconds(100 - near - 1), out var next));
        Assert.Equal(Start.AddSeconds(100 - near), next);
        var problem = Only(watched, store, Start.AddSeconds(100 - near));
        Assert.Equal((ProblemCause.RolloutDeadline, Start.AddSeconds(100 - near), 1), (problem.Cause, problem.Since, problem.Nodes));
        Assert.Equal(Start.AddSeconds(100), problem.Evidence[0].At);
        store.Apply([FleetChange.Of(On("n003", "running", 10))]);
        Assert.Empty(Find(watched, store, Start.AddSeconds(99), out _));
    }

    [Fact]
    public void Of_FailedWithoutRollback_SaysWhyAndOffersIt()
    {
        var failed = Rollout(10, "failed") with { Strategy = Rolling with { NoAutoRollback = true }, CompletedAt = Start.AddMinutes(2), Message = "5 nodes failed", RollbackToVersion = 6 };
        var store = StoreOf([.. Many(1, 4, "running"), .. Many(5, 5, "failed"), .. Many(10, 1, "running", deployment: "before", version: 6)]);
        var problem = Only(failed, store, Start.AddDays(3));
        Assert.Equal((ProblemCause.RolloutFailed, Start.AddMinutes(2), true, 5), (problem.Cause, problem.Since, problem.AwaitsDecision, problem.Nodes));
        Assert.Contains(problem.Evidence, e => e.Text == "Not rolled back: automatic rollback is off (no_auto_rollback).");
        Assert.Contains(problem.Evidence, e => e.Text == "1 node runs an older version now (v6).");
        Assert.Equal((StepAction.Rollback, "Starts a new rollout that takes its nodes back to v6."), (problem.NextSteps[0].Action, problem.NextSteps[0].Consequence));
        // A newer rollout of the job is the present.
        store.Apply([FleetChange.Of(Rollout(10, "completed") with { Id = "fix", FromVersion = 7, ToVersion = 8, CreatedAt = Start.AddHours(1) })]);
        Assert.Empty(Find(failed, store, Start.AddDays(3), out _));
    }

    [Fact]
    public void Of_FailedFirstVersion_OffersNoRollback()
    {
        var failed = Rollout(10, "failed") with { Type = "create", FromVersion = 0, RollbackToVersion = 0, ToVersion = 1 };
        Assert.DoesNotContain(Only(failed, StoreOf([.. Many(5, 5, "failed")]), Start.AddDays(3)).NextSteps, s => s.Action == StepAction.Rollback);
    }

    [Fact]
    public void Of_RolledBack_IsNamedForADayOrUntilANewVersion()
    {
        var back = Rollout(10, "rolled_back") with { CompletedAt = Start.AddMinutes(2), FailedNodes = 2, Message = "2 nodes failed" };
        var store = StoreOf();
        store.Apply([FleetChange.Of(Rollout(10, "completed") with { Id = "way-back", Type = "rollback", FromVersion = 7, ToVersion = 6, CreatedAt = Start.AddMinutes(2), CompletedAt = Start.AddMinutes(4) })]);
        var problem = Assert.Single(Find(back, store, Start.AddHours(3), out var next));
        Assert.Equal((ProblemCause.RolledBack, "v7 of ingest was rolled back to v6.", Start.AddMinutes(2)), (problem.Cause, problem.Summary, problem.Since));
        Assert.Equal(Start.AddMinutes(2).AddDays(1), next);
        Assert.Empty(Find(back, store, next!.Value, out _));
        Assert.Empty(RolloutRules.Of(store.FindDeployment("way-back")!, store, Options, Start.AddHours(3), out _));
        store.Apply([FleetChange.Of(Rollout(10, "in_progress") with { Id = "fix", ToVersion = 8, CreatedAt = Start.AddMinutes(9) })]);
        Assert.Empty(Find(back, store, Start.AddHours(3), out _));
    }

    [Fact]
    public void Of_RolledBackInTheRolloutGeneration_IsToldByTheWayBack()
    {
        var back = Rollout(10, "completed") with { Id = "job@8", Type = "rollback", FromVersion = 7, ToVersion = 8, CompletedAt = Start.AddMinutes(2), IsRollout = true };
        var store = StoreOf();
        store.Apply([FleetChange.Of(new Job { Id = "job", Name = "ingest", State = "running", Version = 8 })]);
        Assert.Equal("v7 of ingest was rolled back to v8.", Only(back, store, Start.AddHours(3)).Summary);
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("canceled")]
    [InlineData("pending")]
    [InlineData("superseded")]
    [InlineData("")]
    public void Of_OtherStates_NamesNothing(string state) => Assert.Empty(Find(Rollout(30, state), StoreOf([.. Many(1, 5, "failed")]), Start.AddDays(1), out _));

    [Theory]
    [InlineData("stopped")]
    [InlineData("deleted")]
    public void Of_JobThatWasStopped_NamesNothing(string state)
    {
        var store = StoreOf([.. Many(1, 5, "failed")]);
        store.Apply([FleetChange.Of(new Job { Id = "job", Name = "ingest", State = state })]);
        Assert.Empty(Find(Rollout(30, "failed"), store, Start.AddDays(1), out _));
    }

    [Fact]
    public void Of_ServerThatSendsNoOptionalField_NamesNothingButItsPhase()
    {
        var bare = new Deployment { Id = "dep", JobId = "job", State = "in_progress" };
        var store = new FleetStore();
        store.Apply([FleetChange.Of(new Job { Id = "job" }), FleetChange.Of(new Execution { Id = "e", JobId = "job", DeploymentId = "dep", NodeId = "n" }), FleetChange.Of(bare)]);
        Assert.Empty(RolloutRules.Of(bare, store, Options, Start.AddDays(1), out _));
        Assert.Equal(ProblemCause.RolloutPaused, Assert.Single(RolloutRules.Of(bare with { State = "paused" }, store, Options, Start.AddDays(1), out _)).Cause);
    }
}
