using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class RolloutPhasesTests
{
    private static readonly RolloutStrategy Canary = new() { Kind = "canary", MaxParallel = 2 };
    private static readonly DateTimeOffset Now = Start.AddMinutes(5);

    private static Deployment InCanary(string state = "in_progress") =>
        Rollout(7, state, "n000", "n001", "n002") with { CurrentWave = 1, TotalWaves = 3, LastProgressAt = Start.AddMinutes(2), Strategy = Canary };

    private static string Strip(Deployment deployment, FleetStore store) =>
        string.Join(" | ", RolloutPhases.Of(RolloutSummary.Of(deployment, store)).Select(p => $"{p.Name}: {p.State}"));

    [Fact]
    public void Sentence_HealthyCanaryWithoutAutoPromote_WaitsForPromotion()
    {
        var store = StoreOf([.. Many(0, 3, "running")]);
        Assert.Equal("Awaiting promotion since 14:02 UTC: 3 of 3 canaries healthy.", RolloutPhases.Sentence(RolloutSummary.Of(InCanary(), store), Now));
        Assert.True(RolloutSummary.Of(InCanary(), store).WaitsForPerson);
        Assert.Equal("Canary: Current | Wave 2: Ahead | Wave 3: Ahead | Done: Ahead", Strip(InCanary(), store));
    }

    [Fact]
    public void WaitsForPerson_AutoPromoteOrAnUnhealthyCanaryOrNotYetUpdated_No()
    {
        var healthy = StoreOf([.. Many(0, 3, "running")]);
        Assert.False(RolloutSummary.Of(InCanary() with { Strategy = Canary with { AutoPromote = true } }, healthy).WaitsForPerson);
        Assert.False(RolloutSummary.Of(InCanary() with { UpdatedNodes = 2 }, healthy).WaitsForPerson);
        Assert.False(RolloutSummary.Of(InCanary() with { CanaryPromoted = true }, healthy).WaitsForPerson);
        Assert.False(RolloutSummary.Of(InCanary(), StoreOf([.. Many(0, 2, "running"), On("n002", "degraded")])).WaitsForPerson);
        Assert.False(RolloutSummary.Of(InCanary("completed"), healthy).WaitsForPerson);
    }

    [Fact]
    public void Sentence_CanaryStillWatched_CountsAndCountsDown()
    {
        var deployment = InCanary() with { HealthDeadline = Start.AddMinutes(10) };
        Assert.Equal("Canary on 3 nodes: 1 healthy, 1 failed; must be healthy by 14:10 UTC.",
            RolloutPhases.Sentence(RolloutSummary.Of(deployment, StoreOf(On("n000", "running"), On("n001", "failed"), On("n002", "starting"))), Now));
    }

    [Fact]
    public void Of_SecondWave_TimesComeFromTheExecutions()
    {
        var deployment = InCanary() with { CanaryPromoted = true, CurrentWave = 2 };
        var phases = RolloutPhases.Of(RolloutSummary.Of(deployment, StoreOf([.. Many(0, 3, "running"), .. Many(3, 2, "starting", 120)])));
        Assert.Equal(new RolloutPhase("Canary", RolloutPhaseState.Done, Start, Start.AddSeconds(120)), phases[0]);
        Assert.Equal(new RolloutPhase("Wave 2", RolloutPhaseState.Current, Start.AddSeconds(120), null), phases[1]);
        Assert.Equal(new RolloutPhase("Wave 3", RolloutPhaseState.Ahead, null, null), phases[2]);
    }

    [Fact]
    public void Sentence_WaveWithDeadlinePassed_SaysSoAndCountsOffline()
    {
        var deployment = InCanary() with { CanaryPromoted = true, CurrentWave = 2, HealthDeadline = Start.AddMinutes(3) };
        var store = StoreOf([new Node { Id = "n003", Connection = "lost" }], [.. Many(0, 3, "running"), On("n003", "starting", 60)]);
        Assert.Equal("Wave 2 of 3: 3 of 7 nodes healthy, 1 on unreachable nodes; the health deadline passed 2 min ago.", RolloutPhases.Sentence(RolloutSummary.Of(deployment, store), Now));
    }

    [Theory]
    [InlineData("paused", "Canary: Done | Wave 2, paused: Current | Wave 3: Ahead | Done: Ahead", "Paused since 14:02 UTC in wave 2 of 3, 3 of 7 nodes healthy; continues when it is resumed.")]
    [InlineData("failed", "Canary: Done | Wave 2: Failed | Wave 3: Skipped | Failed: Failed", "Failed at 14:04 UTC in wave 2 of 3, 3 of 7 nodes healthy. Too many failed.")]
    [InlineData("rolled_back", "Canary: Done | Wave 2: Failed | Wave 3: Skipped | Rolled back: Failed", "Rolled back at 14:04 UTC in wave 2 of 3. Too many failed.")]
    [InlineData("canceled", "Canary: Done | Wave 2: Skipped | Wave 3: Skipped | Canceled: Done", "Canceled at 14:04 UTC in wave 2 of 3, 3 of 7 nodes healthy. Too many failed.")]
    [InlineData("completed", "Canary: Done | Wave 2: Done | Wave 3: Done | Done: Done", "Completed at 14:04 UTC after 4 min, 3 of 7 nodes done.")]
    [InlineData("pending", "Canary: Ahead | Wave 2: Ahead | Wave 3: Ahead | Done: Ahead", "Not started. Too many failed.")]
    [InlineData("frozen", "Canary: Done | Wave 2: Current | Wave 3: Ahead | Done: Ahead", "Its state “frozen” is not known here; 3 of 7 nodes healthy. Too many failed.")]
    public void Of_EveryState_StripAndSentence(string state, string strip, string sentence)
    {
        var deployment = InCanary(state) with { CanaryPromoted = true, CurrentWave = 2, CompletedAt = state is "paused" or "pending" or "frozen" ? null : Start.AddMinutes(4), Message = "Too many failed" };
        var store = StoreOf([.. Many(0, 3, "running")]);
        Assert.Equal(strip, Strip(deployment, store));
        Assert.Equal(sentence, RolloutPhases.Sentence(RolloutSummary.Of(deployment, store), Now));
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
        Assert.InRange(RolloutPhases.Of(RolloutSummary.Of(Rollout(3) with { TotalWaves = total, CurrentWave = current }, StoreOf(On("a", "running")))).Count, 2, 4);

    [Fact]
    public void Sentence_JobDeleted_SaysSo()
    {
        var store = StoreOf([.. Many(0, 1, "running")]);
        store.Apply([FleetChange.Gone(FleetKind.Job, "job"), FleetChange.Of(new Job { Id = "another" })]);
        Assert.EndsWith("Its job is no longer on the control plane.", RolloutPhases.Sentence(RolloutSummary.Of(Rollout(3), store), Now), StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OtherDay_NamesTheDate() =>
        Assert.Contains("since 4 May 14:02 UTC", RolloutPhases.Sentence(RolloutSummary.Of(InCanary("paused"), StoreOf()), Now.AddDays(2)), StringComparison.Ordinal);

    [Theory]
    [InlineData("failed", RolloutPhaseState.Failed)]
    [InlineData("rolled_back", RolloutPhaseState.Failed)]
    [InlineData("in_progress", RolloutPhaseState.Current)]
    public void Fold_ManyWaves_ShowsTheOneItIsOrFailedInOnItsOwn(string state, RolloutPhaseState expected)
    {
        foreach (var wave in Enumerable.Range(1, 20))
        {
            var phases = RolloutPhases.Of(RolloutSummary.Of(Rollout(60, state) with { TotalWaves = 20, CurrentWave = wave }, StoreOf(On("a", "failed"))));
            var folded = RolloutPhases.Fold(phases, 9);
            Assert.Equal(expected, Assert.Single(folded, phase => phase.Name == $"Wave {wave}").State);
            Assert.InRange(folded.Count, 7, 10);
            Assert.Equal((phases[0], phases[^1]), (folded[0], folded[^1]));
        }
    }

    [Fact]
    public void Fold_ManyWaves_NamesThoseTogether()
    {
        var phases = RolloutPhases.Of(RolloutSummary.Of(Rollout(60, "failed") with { TotalWaves = 20, CurrentWave = 8 }, StoreOf(On("a", "failed"))));
        Assert.Equal(
            ["Wave 1: Done", "Waves 2–4: Done", "Wave 5: Done", "Wave 6: Done", "Wave 7: Done", "Wave 8: Failed", "Wave 9: Skipped", "Wave 10: Skipped", "Waves 11–20: Skipped", "Failed: Failed"],
            RolloutPhases.Fold(phases, 9).Select(phase => $"{phase.Name}: {phase.State}"));
    }

    [Fact]
    public void Fold_FewPhases_AreAllShown()
    {
        var phases = RolloutPhases.Of(RolloutSummary.Of(Rollout(60) with { TotalWaves = 8, CurrentWave = 2 }, StoreOf(On("a", "running"))));
        Assert.Same(phases, RolloutPhases.Fold(phases, 9));
    }

    [Theory]
    [InlineData("in_progress", 1, null, "canary")]
    [InlineData("in_progress", 2, null, "wave 2 of 3")]
    [InlineData("in_progress", 1, true, "wave 1 of 3")]
    [InlineData("paused", 2, true, "paused")]
    [InlineData("pending", null, null, "pending")]
    [InlineData("rolled_back", 2, true, "rolled back")]
    public void Phase_OfEachState_IsInAFewWords(string state, int? wave, bool? promoted, string phase) =>
        Assert.Equal(phase, RolloutSummary.Of(InCanary(state) with { CurrentWave = wave, CanaryPromoted = promoted }, StoreOf(On("n000", "starting"))).Phase);

    [Theory]
    [InlineData("rolling", 2, 5, "2 of 5")]
    [InlineData("rolling", 7, 5, "7 of 7")]
    [InlineData("rolling", 0, 5, "0 of 5")]
    [InlineData("rolling", 3, null, "3")]
    [InlineData("rolling", null, 5, "")]
    [InlineData("immediate", 1, 1, "1 of 1")]
    [InlineData("immediate", null, null, "")]
    public void Wave_AsFarAsTheServerTells_IsTheOneOfThePhase(string strategy, int? wave, int? waves, string words)
    {
        var deployment = Rollout(10) with { TotalNodes = null, CurrentWave = wave, TotalWaves = waves, Strategy = new RolloutStrategy { Kind = strategy } };
        var summary = RolloutSummary.Of(deployment, StoreOf(On("n000", "running"), On("n001", "running")));

        Assert.Equal(words, summary.Wave);
        Assert.Equal(words is "" or "0 of 5" ? "in progress" : $"wave {words}", summary.Phase);
    }

    [Fact]
    public void Sentence_WaveNotSent_SaysNoWave() =>
        Assert.Equal("Failed at 14:04 UTC, 1 of 2 placed nodes healthy, 1 failed.",
            RolloutPhases.Sentence(RolloutSummary.Of(Rollout(null, "failed") with { CompletedAt = Start.AddMinutes(4) }, StoreOf(On("a", "running"), On("b", "failed"))), Now));

    [Fact]
    public void HealthDeadline_NothingIsWatched_None()
    {
        Deployment With(string state) => InCanary(state) with { HealthDeadline = Start.AddMinutes(10) };
        Assert.Equal(Start.AddMinutes(10), RolloutSummary.Of(With("in_progress"), StoreOf(On("n000", "starting"))).HealthDeadline);
        Assert.Null(RolloutSummary.Of(With("completed"), StoreOf(On("n000", "running"))).HealthDeadline);
        Assert.Null(RolloutSummary.Of(With("rolled_back"), StoreOf(On("n000", "failed"))).HealthDeadline);
        Assert.Null(RolloutSummary.Of(With("in_progress"), StoreOf([.. Many(0, 3, "running")])).HealthDeadline);
    }
}
