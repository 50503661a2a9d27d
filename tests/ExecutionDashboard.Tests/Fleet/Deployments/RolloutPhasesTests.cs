using ExecutionDashboard.Fleet;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class RolloutPhasesTests
{
    private static readonly RolloutStrategy Canary = new() { Kind = "canary", MaxParallel = 2 };
    private static readonly DateTimeOffset Now = Start.AddMinutes(5);

    private static Deployment InCanary(string state = "in_progress") =>
        Rollout(7, state, "n000", "n001", "n002") with { CurrentWave = 1, TotalWaves = 3, LastProgressAt = Start.AddMinutes(2), Strategy = Canary };

    private static string Strip(Deployment deployment, FleetStore store) =>
        string.Join(" | ", RolloutPhases.Of(RolloutStanding.Of(deployment, store, deployment.Strategy)).Select(p => $"{p.Name}: {p.State}"));

    [Fact]
    public void Sentence_HealthyCanaryWithoutAutoPromote_WaitsForPromotion()
    {
        var store = Store([.. Many(0, 3, "running")]);
        Assert.Equal("Waits for promotion since 14:02 UTC, 3 of 3 canaries healthy.", RolloutPhases.Sentence(RolloutStanding.Of(InCanary(), store, Canary), Now));
        Assert.True(RolloutStanding.Of(InCanary(), store, Canary).WaitsForPerson);
        Assert.Equal("Canary: Current | Wave 2: Ahead | Wave 3: Ahead | Done: Ahead", Strip(InCanary(), store));
    }

    [Fact]
    public void WaitsForPerson_AutoPromoteOrAnUnhealthyCanaryOrNotYetUpdated_No()
    {
        var healthy = Store([.. Many(0, 3, "running")]);
        Assert.False(RolloutStanding.Of(InCanary(), healthy, Canary with { AutoPromote = true }).WaitsForPerson);
        Assert.False(RolloutStanding.Of(InCanary() with { UpdatedNodes = 2 }, healthy, Canary).WaitsForPerson);
        Assert.False(RolloutStanding.Of(InCanary() with { CanaryPromoted = true }, healthy, Canary).WaitsForPerson);
        Assert.False(RolloutStanding.Of(InCanary(), Store([.. Many(0, 2, "running"), On("n002", "degraded")]), Canary).WaitsForPerson);
        Assert.False(RolloutStanding.Of(InCanary("completed"), healthy, Canary).WaitsForPerson);
    }

    [Fact]
    public void Sentence_CanaryStillWatched_CountsAndCountsDown()
    {
        var deployment = InCanary() with { HealthDeadline = Start.AddMinutes(10) };
        Assert.Equal("Canary on 3 nodes: 1 healthy, 1 failed; must be healthy by 14:10 UTC.",
            RolloutPhases.Sentence(RolloutStanding.Of(deployment, Store(On("n000", "running"), On("n001", "failed"), On("n002", "starting")), Canary), Now));
    }

    [Fact]
    public void Of_SecondWave_TimesComeFromTheExecutions()
    {
        var deployment = InCanary() with { CanaryPromoted = true, CurrentWave = 2 };
        var phases = RolloutPhases.Of(RolloutStanding.Of(deployment, Store([.. Many(0, 3, "running"), .. Many(3, 2, "starting", 120)]), Canary));
        Assert.Equal(new RolloutPhase("Canary", RolloutPhaseState.Done, Start, Start.AddSeconds(120)), phases[0]);
        Assert.Equal(new RolloutPhase("Wave 2", RolloutPhaseState.Current, Start.AddSeconds(120), null), phases[1]);
        Assert.Equal(new RolloutPhase("Wave 3", RolloutPhaseState.Ahead, null, null), phases[2]);
    }

    [Fact]
    public void Sentence_WaveWithDeadlinePassed_SaysSoAndCountsOffline()
    {
        var deployment = InCanary() with { CanaryPromoted = true, CurrentWave = 2, HealthDeadline = Start.AddMinutes(3) };
        var store = Store([new Node { Id = "n003", Connection = "lost" }], [.. Many(0, 3, "running"), On("n003", "starting", 60)]);
        Assert.Equal("Wave 2 of 3: 3 of 7 nodes healthy, 1 on nodes that are not heard from; the health deadline passed 2 min ago.", RolloutPhases.Sentence(RolloutStanding.Of(deployment, store, Canary), Now));
    }

    [Theory]
    [InlineData("paused", "Canary: Done | Wave 2, paused: Current | Wave 3: Ahead | Done: Ahead", "Paused since 14:02 UTC in wave 2 of 3, 3 of 7 nodes healthy; waits for somebody to resume it.")]
    [InlineData("failed", "Canary: Done | Wave 2: Failed | Wave 3: Skipped | Failed: Failed", "Failed at 14:04 UTC in wave 2 of 3, 3 of 7 nodes healthy. Too many failed.")]
    [InlineData("rolled_back", "Canary: Done | Wave 2: Failed | Wave 3: Skipped | Rolled back: Failed", "Rolled back at 14:04 UTC in wave 2 of 3. Too many failed.")]
    [InlineData("canceled", "Canary: Done | Wave 2: Skipped | Wave 3: Skipped | Canceled: Done", "Canceled at 14:04 UTC in wave 2 of 3, 3 of 7 nodes healthy. Too many failed.")]
    [InlineData("completed", "Canary: Done | Wave 2: Done | Wave 3: Done | Done: Done", "Completed at 14:04 UTC after 4 min, 3 of 7 nodes done.")]
    [InlineData("pending", "Canary: Ahead | Wave 2: Ahead | Wave 3: Ahead | Done: Ahead", "Has not started. Too many failed.")]
    [InlineData("frozen", "Canary: Done | Wave 2: Current | Wave 3: Ahead | Done: Ahead", "Its state “frozen” is not known here; 3 of 7 nodes healthy. Too many failed.")]
    public void Of_EveryState_StripAndSentence(string state, string strip, string sentence)
    {
        var deployment = InCanary(state) with { CanaryPromoted = true, CurrentWave = 2, CompletedAt = state is "paused" or "pending" or "frozen" ? null : Start.AddMinutes(4), Message = "Too many failed" };
        var store = Store([.. Many(0, 3, "running")]);
        Assert.Equal(strip, Strip(deployment, store));
        Assert.Equal(sentence, RolloutPhases.Sentence(RolloutStanding.Of(deployment, store, Canary), Now));
    }

    [Fact]
    public void Of_ImmediateOrNothingKnown_AllNodes()
    {
        Assert.Equal("All nodes: Current | Done: Ahead", Strip(Rollout(3) with { Strategy = new RolloutStrategy { Kind = "immediate" } }, new FleetStore()));
        Assert.Equal("All nodes: Current | Done: Ahead", Strip(Rollout(), new FleetStore()));
        Assert.Equal("All nodes: Ahead | Done: Ahead", Strip(new Deployment { Id = "x" }, new FleetStore()));
    }

    [Theory]
    [InlineData(int.MaxValue, 1)]
    [InlineData(3, int.MaxValue)]
    [InlineData(-1, -1)]
    [InlineData(int.MinValue, 0)]
    public void Of_AbsurdWaves_StaysSmall(int total, int current) =>
        Assert.InRange(RolloutPhases.Of(RolloutStanding.Of(Rollout(3) with { TotalWaves = total, CurrentWave = current }, Store(On("a", "running")))).Count, 2, 4);

    [Fact]
    public void Sentence_JobDeleted_SaysSo()
    {
        var store = Store([.. Many(0, 1, "running")]);
        store.Apply([FleetChange.Gone(FleetKind.Job, "job"), FleetChange.Of(new Job { Id = "another" })]);
        Assert.EndsWith("Its job is no longer on the control plane.", RolloutPhases.Sentence(RolloutStanding.Of(Rollout(3), store), Now), StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OtherDay_NamesTheDate() =>
        Assert.Contains("since 4 May 14:02 UTC", RolloutPhases.Sentence(RolloutStanding.Of(InCanary("paused"), Store(), Canary), Now.AddDays(2)), StringComparison.Ordinal);
}
