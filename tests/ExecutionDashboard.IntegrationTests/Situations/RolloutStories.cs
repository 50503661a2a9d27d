using static ExecutionDashboard.IntegrationTests.Situations.Things;

namespace ExecutionDashboard.IntegrationTests.Situations;

/// <summary>Situations of rollouts, against a control plane that omits every optional field, in both generations.</summary>
public sealed class RolloutStories
{
    private const string CanarySpec = """{"strategy":"canary","canary_count":3,"max_failed_nodes_percent":12.5}""";

    [Theory]
    [InlineData("deployment", "dz-can")]
    [InlineData("rollout", "dz@8")]
    public async Task SilentCanary_WhatTheServerDoesNotSendIsSaidToBeUnknown(string generation, string id)
    {
        await using var story = await Story.BeginAsync(generation, SilentCanary(generation));

        story.List().Says("tbody tr", "Awaiting promotion", "3 healthy; total not reported", "0, server counts 1 (limit 10 or 12.5 %)").HasNo(".over");
        story.Overview().Says(".deployments", "awaiting promotion", "3 healthy; total not reported");
        story.Page(id)
            .Says(".sentence", "Awaiting promotion since ", ": 3 of 3 canaries healthy.")
            .Says("", "The server does not say how many nodes it is for; 3 nodes have an execution of it.", "Of 3 nodes that have it; the total is not reported.")
            .Says("#limits ~ p", "0, server counts 1 (limit 10 or 12.5 %)", "The limit in percent cannot be computed: the server does not say how many nodes there are.")
            .NeverSays(" 0 nodes", "more than 0", "Of 3 nodes.", "100 %");
    }

    [Fact]
    public async Task SilentCanary_PromoteSaysWhatFollowsAsFarAsItIsKnown()
    {
        await using var story = await Story.BeginAsync("deployment", SilentCanary("deployment"));

        story.Dialog(story.Page("dz-can"), "Promote…")
            .Says("p", "Promotes 3 canaries of version 8. The rest of its nodes follow; the server does not say how many. 12 nodes run an older version now (v7).",
                "The limit in percent cannot be computed")
            .NeverSays(" 0 nodes", "more than 0");
    }

    [Theory]
    [InlineData("deployment", "dz-again")]
    [InlineData("rollout", "dz@4")]
    public async Task RetriedNode_CountsOnceAndByItsNewestExecutionEverywhere(string generation, string id)
    {
        await using var story = await Story.BeginAsync(generation, RetriedNode(generation));

        const string everywhere = "2 healthy, 1 failed, 3 not placed";
        story.List().Says("[data-label=Progress]", everywhere).Says("[data-label=Failures]", "1 (limit 0)");
        story.Overview().Says(".deployments", everywhere);
        story.Job("dz").Says(".deployments", everywhere);
        story.Page(id)
            .Says(".tally .st-running", "2").Says(".tally .st-failed", "1").Says(".tally .st-pending", "3")
            .Says("#limits ~ p", "1 (limit 0)", "Stops if any node fails: it reruns v4, and the server names no other version.")
            .NeverSays("rolls back automatically");
    }

    [Fact]
    public async Task PageLeftOpen_WordsFollowTheClockWhileNothingChanges()
    {
        await using var story = await Story.BeginAsync("deployment", RetriedNode("deployment", more: ""","healthy_deadline":"now-3min" """));
        var (page, list) = (story.Page("dz-again").Says(".sentence", "the health deadline passed 3 min"), story.List());
        page.Says("", "Ends ");

        story.WhenTimePasses(seconds: 90);

        page.Says(".sentence", "the health deadline passed 4 min 3").Says("", "No estimate: nothing finished for 3 min");
        list.Says("[data-label=Duration]", "No estimate: nothing finished for 3 min");
    }

    [Fact]
    public async Task Finished_NoDeadlineIsActive()
    {
        await using var story = await Story.BeginAsync("deployment",
            Job("dz", 4),
            Deployment("""{"id":"dz-done","job_id":"dz","to_version":4,"spec":{"strategy":"rolling"},"status":{"state":"completed","completed_at":"now-8min","healthy_deadline":"now+4min"}}"""),
            Execution("e1", "dz", 4, "n1", "running", deployment: "dz-done"));

        story.Page("dz-done")
            .Says(".pairs", "Health deadline none active", "End Ended at")
            .Says(".sentence", "Completed at").HasNo("[mode=left]").NeverSays("left", "must be healthy", "rolls back");
        story.List().Says("[data-label=Progress]", "1 healthy").Says("[data-label=Failures]", "0").NeverSays("limit", "not reported");
    }

    [Theory]
    [InlineData("deployment", "dz-bad")]
    [InlineData("rollout", "dz@2")]
    public async Task FailedWave_IsShownOnItsOwn(string generation, string id)
    {
        const string waves = "\"current_wave\":7,\"total_waves\":20";
        await using var story = await Story.BeginAsync(generation,
            generation == "deployment" ? Job("dz", 2) : Job("dz", 2, "rollout_failed", "\"rollout\":{\"strategy\":\"rolling\"}", $"\"rollout\":{{\"type\":\"update\",{waves}}}"),
            Deployment($$"""{"id":"dz-bad","job_id":"dz","to_version":2,"spec":{"strategy":"rolling"},"status":{"state":"failed",{{waves}} } }"""),
            Execution("e1", "dz", 2, "n1", "failed", deployment: generation == "deployment" ? "dz-bad" : ""));

        story.Page(id).Says(".phases .failed", "Wave 7 failed").Says(".phases .skipped", "Waves 10–20 skipped").Says(".phases .done", "Waves 2–3 done")
            .Says(".phases li:last-child", "Failed time not reported");
    }

    [Theory]
    [InlineData("""{"strategy":"rolling","max_parallel":2}""", "2", "wave 2")]
    [InlineData("""{"strategy":"immediate"}""", "–", "in progress")]
    public async Task WaveNotSent_ListAndOverviewSayTheSame(string spec, string wave, string phase)
    {
        await using var story = await Story.BeginAsync("deployment",
            [
                Job("dz", 2), Deployment($$"""{"id":"dz-now","job_id":"dz","to_version":2,"spec":{{spec}},"status":{"state":"in_progress"} }"""),
                .. Enumerable.Range(1, 3).Select(i => Execution($"e{i}", "dz", 2, $"n{i}", "running", deployment: "dz-now")),
            ]);

        story.List().Says("[data-label=Wave]", wave);
        story.Overview().Says(".deployments", phase);
        story.Job("dz").Says(".deployments", phase);
    }

    [Fact]
    public async Task PromotedCanary_VerdictIsKeptAsItStoodAtPromotion()
    {
        static (string, string) Canary(string promoted, int revision) => Deployment($$"""
            {"id":"dz-can","job_id":"dz","from_version":7,"to_version":8,"spec":{{CanarySpec}},
             "status":{"state":"in_progress","canary_nodes":["n1","n2","n4"],"canary_promoted":{{promoted}},"revision":{{revision}} } }
            """);
        var others = Enumerable.Range(10, 12).ToArray();
        await using var story = await Story.BeginAsync("deployment",
            [
                Job("dz", 8), Canary("false", 1),
                Execution("c1", "dz", 8, "n1", "failed", deployment: "dz-can"), Execution("c2", "dz", 8, "n2", "failed", deployment: "dz-can"), Execution("c4", "dz", 8, "n4", "running", deployment: "dz-can"),
                .. others.Select(i => Execution($"old-{i}", "dz", 7, $"n{i}", "running", deployment: "before")),
            ]);
        story.Page("dz-can").Says("section", "Canary worse", "Worse than the other nodes: 2 of 3 canaries failed or degraded, 0 of 12 other nodes failed or degraded");

        await story.ThenAsync(
            store => store.FindDeployment("dz-can")?.CanaryPromoted == true && store.FindExecution("old-21")?.Revision == 2,
            [
                Canary("true", 2),
                .. others.Select(i => Execution($"new-{i}", "dz", 8, $"n{i}", "running", "now", deployment: "dz-can")),
                .. others.Select(i => Execution($"old-{i}", "dz", 7, $"n{i}", "stopped", updated: "now+1s", deployment: "before", revision: 2)),
            ]);

        story.Page("dz-can").Says("section", "at promotion", "Worse than the other nodes: 2 of 3 canaries failed or degraded, 0 of 12 other nodes failed or degraded");
    }

    private static (string, string)[] SilentCanary(string generation)
    {
        const string progress = """ "canary_nodes":["n1","n2","n4"],"canary_promoted":false,"current_wave":1,"failed_nodes":1 """;
        var of = generation == "deployment" ? "dz-can" : "";
        var before = generation == "deployment" ? "dz-before" : "";
        return
        [
            generation == "deployment" ? Job("dz", 8) : Job("dz", 8, "deploying", $"\"rollout\":{CanarySpec}", $$"""
                "rollout":{"type":"update","rollback_to_version":7,"started_at":"now-20min",{{progress}} }
                """),
            Deployment($$"""{"id":"dz-can","job_id":"dz","from_version":7,"to_version":8,"spec":{{CanarySpec}},"status":{"state":"in_progress",{{progress}} } }"""),
            .. new[] { "n1", "n2", "n4" }.Select(node => Execution($"new-{node}", "dz", 8, node, "running", deployment: of)),
            .. Enumerable.Range(10, 12).Select(i => Execution($"old-{i}", "dz", 7, $"n{i}", "running", "now-30d", deployment: before)),
        ];
    }

    private static (string, string)[] RetriedNode(string generation, string more = "")
    {
        var progress = $$"""
             "total_nodes":6,"updated_nodes":2,"failed_nodes":0{{more}}
            """;
        var of = generation == "deployment" ? "dz-again" : "";
        return
        [
            generation == "deployment" ? Job("dz", 4, more: "\"deployment_id\":\"dz-again\"") : Job("dz", 4, "deploying", "\"rollout\":{\"strategy\":\"rolling\"}", $$"""
                "rollout":{"type":"restart","rollback_to_version":4,"started_at":"now-4min",{{progress}} }
                """),
            Deployment($$"""
                {"id":"dz-again","job_id":"dz","type":"restart","from_version":4,"to_version":4,"spec":{"strategy":"rolling"},
                 "status":{"state":"in_progress","created_at":"now-4min",{{progress}} } }
                """),
            Execution("b1", "dz", 4, "n1", "failed", "now-200s", deployment: of),
            Execution("b1r", "dz", 4, "n1", "running", "now-100s", deployment: of, more: "\"previous_execution_id\":\"b1\""),
            Execution("b2", "dz", 4, "n2", "running", "now-190s", deployment: of),
            Execution("b3", "dz", 4, "n3", "failed", "now-150s", deployment: of),
        ];
    }
}
