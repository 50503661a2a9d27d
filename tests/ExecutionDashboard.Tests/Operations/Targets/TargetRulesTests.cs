using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Targets;

namespace ExecutionDashboard.Tests.Operations.Targets;

/// <summary>What of a target matters for a command, and what does not.</summary>
public sealed class TargetRulesTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 1, 14, 2, 11, TimeSpan.Zero);
    private static readonly Execution Running = new() { Id = "e", JobId = "j", NodeId = "n", Revision = 4, Actual = State(KnownExecutionState.Running), Desired = State(KnownExecutionState.Running), UpdatedAt = Then.AddMinutes(-9) };
    private static readonly Deployment Canary = new()
    {
        Id = "d", JobId = "j", State = "in_progress", FromVersion = 3, ToVersion = 4, CanaryNodes = ["n"], CanaryPromoted = false, RollbackToVersion = 3, Revision = 4, CreatedAt = Then.AddHours(-1),
    };
    private static readonly Job Job = new() { Id = "j", State = "running", Version = 4, Revision = 4 };

    [Theory]
    [InlineData(KnownExecutionState.Failed, "It was running when you asked; it has failed since 14:02:11 UTC.")]
    [InlineData(KnownExecutionState.Completed, "It was running when you asked; it has completed since 14:02:11 UTC.")]
    [InlineData(KnownExecutionState.Lost, "It was running when you asked; it is lost since 14:02:11 UTC.")]
    [InlineData(KnownExecutionState.Degraded, "It was running when you asked; it is degraded now.")]
    [InlineData(KnownExecutionState.Stopping, "It was running when you asked; it is stopping now.")]
    public void StopExecution_OtherState_IsSaid(KnownExecutionState state, string says) =>
        Assert.Equal(says, Said(OperationKind.StopExecution, Of(Running), Of(Running with { Actual = State(state), Revision = 5, UpdatedAt = Then })));

    [Fact]
    public void StopExecution_StopAskedForReplacedOrMovedToAnotherNode_IsSaid()
    {
        Assert.Equal("Nobody had asked to stop it when you asked; somebody has asked now.", Said(OperationKind.StopExecution, Of(Running), Of(Running with { Desired = State(KnownExecutionState.Stopped), Revision = 5 })));
        Assert.Equal("It was the current execution of its job on its node when you asked; execution f has replaced it.", Said(OperationKind.StopExecution, Of(Running), Of(Running with { ReplacedBy = new("f", default) })));
        Assert.Equal("It was on node n when you asked; it is on node m.", Said(OperationKind.StopExecution, Of(Running), Of(Running with { NodeId = "m", Revision = 5 })));
        Assert.Equal("It is no longer on the control plane.", Said(OperationKind.StopExecution, Of(Running), new SeenTarget { Kind = FleetKind.Execution, Id = "e" }));
    }

    // Heartbeats, messages and revisions, on the way to running.
    [Fact]
    public void StopExecution_Progress_DoesNotMatter()
    {
        KnownExecutionState[] early = [KnownExecutionState.Pending, KnownExecutionState.Starting, KnownExecutionState.Validating];
        var execution = from state in One(early) from message in Gen.String[0, 5] from revision in Gen.Long[4, 99] from seconds in Gen.Int[0, 999]
                        select Running with { Actual = new(ExecutionState.Of(state), message), Revision = revision, UpdatedAt = Then.AddSeconds(seconds), StableAt = Then };
        Gen.Select(execution, execution).Sample((seen, now) => TargetRules.Of(OperationKind.StopExecution, Of(seen), Of(now)).Count == 0, iter: 200);
    }

    // Whatever the states: what is the same matters for nothing, and what the feed shows of an earlier time says nothing.
    [Fact]
    public void Of_SameOrEarlier_HasNoChanges() =>
        Gen.Select(Gen.Enum<OperationKind>(), One("pending", "in_progress", "paused", "completed", "failed", "new-word"), One("in_progress", "paused", "failed"), Gen.Bool).Sample((kind, before, after, promoted) =>
        {
            var seen = Of(Canary with { State = before, CanaryPromoted = promoted });
            var earlier = Of(Canary with { State = after, CanaryPromoted = !promoted, Revision = 3 });
            return TargetRules.Of(kind, seen, seen).Count == 0 && TargetRules.Of(kind, seen, earlier).Count == 0;
        }, iter: 200);

    [Theory]
    [InlineData(OperationKind.Promote, "Its canary was not promoted when you asked; it is promoted now.")]
    [InlineData(OperationKind.Rollback, "Its canary was not promoted when you asked; it is promoted now.")]
    [InlineData(OperationKind.Resume, "Its canary was not promoted when you asked; it is promoted now.")]
    [InlineData(OperationKind.Pause, "")]
    public void Deployment_PromotedMeanwhile_MattersUnlessItIsPaused(OperationKind kind, string says) => Assert.Equal(says, Said(kind, Of(Canary), Of(Canary with { CanaryPromoted = true, Revision = 5 })));

    [Theory]
    [InlineData("paused", "It was in progress when you asked; it is paused now.")]
    [InlineData("failed", "It was in progress when you asked; it has failed since 14:02:11 UTC.")]
    [InlineData("rolled_back", "It was in progress when you asked; it has been rolled back since 14:02:11 UTC.")]
    public void Deployment_OtherState_MattersForEachCommand(string state, string says)
    {
        foreach (var kind in new[] { OperationKind.Promote, OperationKind.Pause, OperationKind.Resume, OperationKind.Rollback })
            Assert.Equal(says, Said(kind, Of(Canary), Of(Canary with { State = state, CompletedAt = Then, Revision = 5 })));
    }

    [Fact]
    public void Deployment_Progress_DoesNotMatter() =>
        Gen.Select(One(OperationKind.Promote, OperationKind.Pause, OperationKind.Resume, OperationKind.Rollback), Gen.Int[0, 50], Gen.Int[1, 9], Gen.Int[0, 9]).Sample((kind, updated, wave, failed) =>
            TargetRules.Of(kind, Of(Canary), Of(Canary with { UpdatedNodes = updated, CurrentWave = wave, FailedNodes = failed, Message = "on its way", LastProgressAt = Then, HealthDeadline = Then, Revision = 5 })).Count == 0, iter: 200);

    [Theory]
    [InlineData(OperationKind.Promote, "No execution had failed when you asked; 2 have failed now.")]
    [InlineData(OperationKind.Resume, "No execution had failed when you asked; 2 have failed now.")]
    [InlineData(OperationKind.Pause, "")]
    [InlineData(OperationKind.Rollback, "")]
    public void Deployment_MoreFailures_MatterForWhatGoesOn(OperationKind kind, string says) => Assert.Equal(says, Said(kind, Of(Canary), Of(Canary) with { Failed = 2 }));

    [Fact]
    public void Deployment_AnotherRolloutOrTarget_IsSaid()
    {
        Assert.Equal("Another rollout of the job has begun, of version 5 since 14:02:11 UTC.", Said(OperationKind.Rollback, Of(Canary), Of(Canary) with { Newest = Canary with { Id = "d2", ToVersion = 5, CreatedAt = Then } }));
        Assert.Equal("A rollback went to version 3 when you asked; it goes to version 2.", Said(OperationKind.Rollback, Of(Canary), Of(Canary with { RollbackToVersion = 2, Revision = 5 })));
        // In the rollout generation a rerun keeps the id.
        Assert.Equal("Another rollout of the job has begun, of version 4 since 14:02:11 UTC.", Said(OperationKind.Pause, Of(Canary), Of(Canary) with { Newest = Canary with { CreatedAt = Then } }));
    }

    [Theory]
    [InlineData(OperationKind.StopJob, "degraded", 4, 12, "")]
    [InlineData(OperationKind.Rerun, "deploying", 4, 12, "")]
    [InlineData(OperationKind.Rerun, "stopped", 4, 12, "It was running when you asked; it has stopped.")]
    [InlineData(OperationKind.DeleteJob, "deleted", 4, 0, "It was running when you asked; it has been deleted.")]
    [InlineData(OperationKind.StopJob, "running", 5, 12, "It had version 4 when you asked; it has version 5.")]
    [InlineData(OperationKind.StopJob, "running", 4, 15, "")]
    [InlineData(OperationKind.StopJob, "running", 4, 16, "It was on 10 nodes when you asked; it is on 16 now.")]
    [InlineData(OperationKind.Rollback, "running", 4, 16, "")]
    public void Job_StateVersionAndReach_MatterByCommand(OperationKind kind, string state, int version, int nodes, string says) =>
        Assert.Equal(says, Said(kind, Of(Job) with { Nodes = 10 }, Of(Job with { State = state, Version = version, Revision = 5 }) with { Nodes = nodes }));

    private static string Said(OperationKind kind, SeenTarget seen, SeenTarget now) => string.Join(' ', TargetRules.Of(kind, seen, now));

    private static SeenTarget Of(Execution execution) => new() { Kind = FleetKind.Execution, Id = execution.Id, Execution = execution };

    private static SeenTarget Of(Deployment deployment) => new() { Kind = FleetKind.Deployment, Id = deployment.Id, Deployment = deployment, Newest = Canary };

    private static SeenTarget Of(Job job) => new() { Kind = FleetKind.Job, Id = job.Id, Job = job, Newest = Canary };

    private static Gen<T> One<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    private static StateReport State(KnownExecutionState state) => new(ExecutionState.Of(state));
}
