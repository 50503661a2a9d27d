using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using static ExecutionDashboard.Tests.Fleet.Attention.AttentionFleet;

namespace ExecutionDashboard.Tests.Fleet.Attention;

/// <summary>What is wrong with single executions, and how long they have time to mend.</summary>
public class ExecutionProblemTests
{
    [Theory]
    [InlineData("pending", "running", ProblemCause.DispatchLost, 120)]
    [InlineData("starting", "running", ProblemCause.StuckStarting, 300)]
    [InlineData("validating", "running", ProblemCause.StuckValidating, 600)]
    [InlineData("degraded", "running", ProblemCause.StuckDegraded, 600)]
    [InlineData("stopping", "stopped", ProblemCause.StuckStopping, 120)]
    [InlineData("running", "stopped", ProblemCause.IgnoresStop, 60)]
    [InlineData("degraded", "stopped", ProblemCause.IgnoresStop, 60)]
    public void Update_StateThatOutlastsItsThreshold_IsAProblemUntilItChanges(string state, string desired, ProblemCause cause, double threshold)
    {
        var fleet = new AttentionFleet().Has(Node("n1"), Node("n2")).Has(Run("e1", "n1", state, desired: desired), Run("e2", "n2", "running"));

        Assert.Empty(fleet.ProblemsAt(threshold - 0.001));
        var problem = fleet.ProblemAt(threshold);
        Assert.Equal((cause, Start, "job", 1, 1), (problem.Cause, problem.Since, problem.JobId, problem.Executions, problem.Nodes));
        Assert.Equal($"{ProblemCauses.CodeOf(cause)}/job@1", problem.Id);
        Assert.Contains(problem.Evidence, e => e.Address == "executions/e1");
        Assert.NotEmpty(problem.NextSteps);

        fleet.Has(Run("e1", "n1", desired, threshold + 1, desired: desired));
        Assert.Empty(fleet.ProblemsAt(threshold + 1));
    }

    [Theory]
    [InlineData("running", "running")]
    [InlineData("completed", "running")]
    [InlineData("stopped", "stopped")]
    [InlineData("failed", "stopped")]
    [InlineData("pending", "stopped")]
    [InlineData("quarantined", "running")]
    [InlineData("pending", "")]
    [InlineData("starting", "")]
    public void Update_StateThatNeedsNobody_IsNone(string state, string desired) =>
        Assert.Empty(new AttentionFleet().Has(Node("n1")).Has(Run("e1", "n1", state, desired: desired)).ProblemsAt(1e6));

    [Fact]
    public void Update_WhatTheServerDidNotSay_OpensNothing()
    {
        var fleet = new AttentionFleet().Has(new Node { Id = "silent" }, Node("n1")).Has(
            Run("no-times", "n1", "pending") with { CreatedAt = null, UpdatedAt = null },
            Run("unplaced", "", "pending"), Run("unlisted", "n9", "pending"), Run("unknown-contact", "silent", "pending"));

        Assert.Empty(fleet.ProblemsAt(1e6));
    }

    [Fact]
    public void Update_Replaced_IsHistory()
    {
        var fleet = new AttentionFleet().Has(Node("n1")).Has(Run("e1", "n1", "failed"), Run("e2", "n1", "running", 10, previous: "e1"));

        Assert.Empty(fleet.ProblemsAt(1000));
    }

    [Fact]
    public void Update_FailedOnOneNode_IsAProblemAtOnceWithItsError()
    {
        var fleet = new AttentionFleet().Has(new Job { Id = "job", Name = "ingest" }).Has(Node("n1"), Node("n2")).Has(Run("e1", "n1", "failed", 5, message: "disk full"), Run("e2", "n2", "running"));

        var problem = fleet.ProblemAt(5);
        Assert.Equal((ProblemCause.Failed, "ingest v1 on n1 failed: disk full"), (problem.Cause, problem.Summary));
        Assert.Contains("disk full", problem.Evidence[0].Text, StringComparison.Ordinal);
        Assert.Equal("executions?state=failed&state=lost&of=current&job=job&version=1", problem.Address);
        Assert.True(fleet.Found[0].Concerns(FleetKind.Execution, "e1"));
        Assert.True(fleet.Found[0].Concerns(FleetKind.Node, "n1"));
        Assert.True(fleet.Found[0].Concerns(FleetKind.Job, "job"));
        Assert.True(fleet.Found[0].Concerns(FleetKind.Deployment, "job@1"));
        Assert.False(fleet.Found[0].Concerns(FleetKind.Node, "n2"));
        Assert.False(fleet.Found[0].Concerns(FleetKind.Execution, "e2"));
    }

    [Fact]
    public void Update_FailedOnNodesOneOfWhichIsGone_IsOneProblemWithItsMostFrequentError()
    {
        var fleet = new AttentionFleet().Has(new Job { Id = "job", Name = "ingest" }).Has(Node("n1"), Node("n2", connection: "disconnected", since: 6), Node("n3"), Node("n4"))
            .Has(Run("e1", "n1", "failed", 5, message: "disk full"), Run("e2", "n2", "failed", 5, message: "disk full"), Run("e3", "n3", "failed", 5, message: "no route"), Run("e4", "n4", "running"));

        var problem = Assert.Single(fleet.ProblemsAt(6), p => p.Cause == ProblemCause.Failed);
        Assert.Equal("3 executions of ingest v1 failed, with 2 different errors, most often: disk full", problem.Summary);
    }

    [Fact]
    public void Update_ErrorsThatAreEquallyFrequent_NamesOneAsAnExample()
    {
        var fleet = new AttentionFleet().Has(Node("n1"), Node("n2")).Has(Run("e1", "n1", "failed", 5, message: "no route"), Run("e2", "n2", "failed", 6, message: "disk full"));

        Assert.EndsWith(" failed, with 2 different errors, such as: disk full", fleet.ProblemAt(7).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Update_NodeConnectedAgain_HasTimeToBeSentWhatItMissed()
    {
        var fleet = new AttentionFleet().Has(Node("n1", connection: "disconnected", since: -10)).Has(Run("e1", "n1", "pending"));
        Assert.Equal(ProblemCause.UnreachableNode, fleet.ProblemAt(500).Cause);

        fleet.Has(Node("n1", since: 505));
        Assert.Empty(fleet.ProblemsAt(534));
        var problem = fleet.ProblemAt(535);
        Assert.Equal(ProblemCause.DispatchLost, problem.Cause);
        Assert.Equal(("Its node connected after the execution was created: a message sent before that is lost.", (DateTimeOffset?)At(505)), (problem.Evidence[0].Text, problem.Evidence[0].At));
        Assert.Contains(problem.NextSteps, step => step is { Action: StepAction.RerunJob, Target: "job" });
    }

    [Fact]
    public void Update_CreatedSoonAfterTheControlPlaneStarted_SaysSo()
    {
        var fleet = new AttentionFleet().Has(Node("n1")).Has(Run("e1", "n1", "pending", 40));
        fleet.Store.Observations.ControlPlaneStarted = At(0).UtcTicks;

        var fact = fleet.ProblemAt(500).Evidence[0];
        Assert.StartsWith("The control plane started 40 s before the execution was created", fact.Text, StringComparison.Ordinal);
        Assert.Equal(At(0), fact.At);
    }

    [Fact]
    public void Update_PendingOrStartingOnUnreachableNode_IsOneProblemOfTheNode()
    {
        var fleet = new AttentionFleet().Has(Node("n1", connection: "disconnected", since: 60)).Has(Run("e1", "n1", "pending"), Run("e2", "n1", "starting", job: "other"), Run("e3", "n1", "degraded", job: "third"));

        var problem = fleet.ProblemAt(1e6);
        Assert.Equal((ProblemCause.UnreachableNode, "unreachable-node/n1", At(60), 2), (problem.Cause, problem.Id, problem.Since, problem.Executions));
        Assert.Equal("n1 is disconnected, and 2 executions wait for it.", problem.Summary);
        Assert.Equal(["n1", "e1", "e2"], problem.Subjects.Select(s => s.Id));

        fleet.Has(Run("e1", "n1", "running", 70), Run("e2", "n1", "running", 70, job: "other"));
        Assert.Equal((ProblemCause.NodeUnreachable, "node-unreachable/n1"), fleet.ProblemAt(1e6) is var alone ? (alone.Cause, alone.Id) : default);
    }

    [Fact]
    public void Update_StopOnUnreachableNode_SaysThatItMayGoOn()
    {
        var fleet = new AttentionFleet().Has(Node("n1", connection: "lost", since: -10), Node("n2")).Has(
            Run("e1", "n1", "running", desired: "stopped"), Run("e2", "n2", "running", desired: "stopped"));

        var problems = fleet.ProblemsAt(100);
        Assert.Equal(["ignores-stop/job@1", "node-unreachable/n1", "ignores-stop/job@1/unreachable"], problems.Select(p => p.Id));
        Assert.Equal("job v1 on n1 was asked to stop and may go on running: the node is unreachable.", problems[2].Summary);
        Assert.Equal(ProblemSeverity.Notice, problems[2].Severity);
    }

    [Fact]
    public void Update_StuckStarting_SaysHowLongOthersOfTheJobTook()
    {
        var fleet = new AttentionFleet().Has(Enumerable.Range(0, 21).Select(i => Node($"n{i}")));
        fleet.Has(Enumerable.Range(0, 21).Select(i => Run($"e{i}", $"n{i}", "starting")));
        fleet.Has(Enumerable.Range(1, 20).Select(i => Run($"e{i}", $"n{i}", "running", i, created: 0)));

        Assert.Contains(fleet.ProblemAt(300).Evidence, e => e.Text == "20 other executions of the job took 10 s (median) and 19 s (95th percentile) to start." && e.Source == "change log");
    }

    [Fact]
    public void Update_StuckStartingAfterASnapshot_SaysHowLongOthersTellThatTheyTook()
    {
        var fleet = new AttentionFleet().Has(Enumerable.Range(0, 21).Select(i => Node($"n{i}")));
        fleet.Has(Enumerable.Range(1, 20).Select(i => Run($"e{i}", $"n{i}", "running", i, created: 0))).Has(Run("e0", "n0", "starting"));

        Assert.Contains(fleet.ProblemAt(300).Evidence, e => e.Text == "20 other executions of the job took 10 s (median) and 19 s (95th percentile) to start." && e.Source == "control plane");
    }

    [Fact]
    public void Update_LongHealthDeadline_GivesValidationItsTime()
    {
        var fleet = new AttentionFleet().Has(Node("n1")).Apply(FleetChange.Of(new JobSpec
        {
            Hash = "spec", Json = "{}", Strategy = new RolloutStrategy { HealthCheck = new HealthCheck(TimeSpan.FromMinutes(20), null, null, null, null, null) },
        })).Has(Run("e1", "n1", "validating") with { SpecHash = "spec" });

        Assert.Empty(fleet.ProblemsAt(1199));
        Assert.Equal(ProblemCause.StuckValidating, fleet.ProblemAt(1200).Cause);
    }

    [Fact]
    public void Update_ReplacedAgainAndAgain_IsARestartLoopUntilItRunsLongerThanItsPace()
    {
        var fleet = new AttentionFleet().Has(Node("n1"));
        for (var i = 0; i < 4; i++) fleet.Has(Run($"e{i}", "n1", "failed", i * 10 + 5, message: "boom", previous: i > 0 ? $"e{i - 1}" : "", created: i * 10));
        Assert.Equal(ProblemCause.Failed, fleet.ProblemAt(39).Cause);

        fleet.Has(Run("e4", "n1", "starting", 40, previous: "e3"));
        var problem = fleet.ProblemAt(40);
        Assert.Equal((ProblemCause.RestartLoop, Start), (problem.Cause, problem.Since));
        Assert.Contains(problem.NextSteps, step => step.Action == StepAction.StopJob);

        fleet.Has(Run("e4", "n1", "running", 45, previous: "e3", created: 40));
        Assert.Equal(ProblemCause.RestartLoop, fleet.ProblemAt(164).Cause);
        Assert.Empty(fleet.ProblemsAt(165));
    }

    [Fact]
    public void Update_QueryRunAgainAndAgain_IsNoRestartLoop()
    {
        var fleet = new AttentionFleet().Has(Node("n1"));
        for (var i = 0; i < 8; i++) fleet.Has(Run($"e{i}", "n1", "completed", i * 10, previous: i > 0 ? $"e{i - 1}" : "") with { JobType = "query" });

        Assert.Empty(fleet.ProblemsAt(80));
    }

    [Fact]
    public void Update_ManyVersionsInARow_AreNoRestartLoop()
    {
        var fleet = new AttentionFleet().Has(Node("n1"));
        for (var i = 0; i < 8; i++) fleet.Has(Run($"e{i}", "n1", i == 7 ? "running" : "stopped", i, version: i + 1, desired: i == 7 ? "running" : "stopped", previous: i > 0 ? $"e{i - 1}" : ""));

        Assert.Empty(fleet.ProblemsAt(10));
    }

    [Fact]
    public void Update_ManyJobsWithOneCause_AreOneProblem()
    {
        var fleet = new AttentionFleet().Has(Enumerable.Range(0, 11).Select(i => Node($"n{i}"))).Has(Enumerable.Range(0, 11).Select(i => Run($"e{i}", $"n{i}", "failed", i, job: $"job-{i}")));

        var problem = fleet.ProblemAt(20);
        Assert.Equal(("failed/fleet", "11 executions of 11 jobs failed, without a message.", 11, ""), (problem.Id, problem.Summary, problem.Executions, problem.JobId));
    }
}
