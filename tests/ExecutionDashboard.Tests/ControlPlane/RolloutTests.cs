using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.ControlPlane;

/// <summary>Jobs and deployments of both generations.</summary>
public class RolloutTests
{
    private static string Job(string state, string rollout, string more = "") => $$$"""
        {"items":[{"id":"j1","spec":{"name":"ingest","type":"pipeline","namespace":"prod",
          "rollout":{"strategy":"canary","max_parallel":10,"health_check":{"deadline":300000000000,"interval":10000000000,"success_threshold":2,"max_error_rate":null} } },
          "status":{"state":{"state_type":"{{{state}}}","message":"wave 2"},"version":7,"revision":19,"updated_at":"2026-01-02T00:00:00Z","rollout":{{{rollout}}}{{{more}}} } }]}
        """;

    private static async Task<FleetPage<Job>> Jobs(string json) => await ContractTests.Value(CannedControlPlane.Answering(json).ListJobsAsync());

    [Fact]
    public async Task Rollout_InProgress_BecomesADeployment()
    {
        var page = await Jobs(Job("deploying", """
            {"type":"update","total_nodes":20,"updated_nodes":4,"failed_nodes":1,"current_wave":2,"total_waves":10,"canary_nodes":["n1"],
             "canary_promoted":false,"rollback_to_version":6,"started_at":"2026-01-01T00:00:00Z","completed_at":"0001-01-01T00:00:00Z"}
            """));
        Assert.Equal(
            new Deployment
            {
                Id = "j1@7", JobId = "j1", JobType = "pipeline", Namespace = "prod", Type = "update", FromVersion = 6, ToVersion = 7, RollbackToVersion = 6,
                Strategy = new()
                {
                    Kind = "canary", MaxParallel = 10, ParallelIsPercent = true,
                    HealthCheck = new(TimeSpan.FromMinutes(5), null, TimeSpan.FromSeconds(10), 2, null, null),
                },
                State = "in_progress", Message = "wave 2", CanaryNodes = ["n1"], CanaryPromoted = false, CurrentWave = 2, TotalWaves = 10,
                TotalNodes = 20, UpdatedNodes = 4, FailedNodes = 1, Revision = 19, IsRollout = true,
                CreatedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), UpdatedAt = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero),
            },
            Assert.Single(page.Deployments));
        Assert.Equal("j1@7", page.Items[0].DeploymentId);
    }

    [Theory]
    [InlineData("deploying", """{"total_nodes":2,"updated_nodes":2}""", "in_progress")]
    [InlineData("rollout_paused", """{"total_nodes":2}""", "paused")]
    [InlineData("rollout_failed", """{"completed_at":"2026-01-01T00:00:00Z"}""", "failed")]
    [InlineData("running", """{"total_nodes":2,"updated_nodes":2,"completed_at":"2026-01-01T00:00:00Z"}""", "completed")]
    [InlineData("running", """{"total_nodes":2,"updated_nodes":2}""", "completed")]
    [InlineData("degraded", """{"total_nodes":2,"updated_nodes":1}""", "in_progress")]
    [InlineData("queued", """{"type":"create"}""", "in_progress")]
    [InlineData("stopped", """{"total_nodes":2,"updated_nodes":1}""", "canceled")]
    [InlineData("Deploying", """{"type":"create"}""", "in_progress")]
    public async Task Rollout_StateOfTheJob_GivesTheDeploymentsState(string jobState, string rollout, string state)
    {
        var page = await Jobs(Job(jobState, rollout));
        Assert.Equal(state, Assert.Single(page.Deployments).State);
        Assert.Equal(page.Deployments[0].IsOpen ? "j1@7" : "", page.Items[0].DeploymentId);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"none\"")]
    [InlineData("""{"canary_nodes":null,"started_at":"0001-01-01T00:00:00Z"}""")]
    public async Task Rollout_Empty_IsNone(string rollout) => Assert.Empty((await Jobs(Job("running", rollout))).Deployments);

    [Theory]
    [InlineData("update", 6, 6, 6)]
    [InlineData("create", 0, 0, 0)]
    [InlineData("rollback", 8, 8, null)]
    public async Task Rollout_RollbackToVersion_MeansAnotherThingByType(string type, int sent, int? from, int? rollbackTo)
    {
        var made = (await Jobs(Job("deploying", $$"""{"type":"{{type}}","rollback_to_version":{{sent}}}"""))).Deployments[0];
        Assert.Equal((from, rollbackTo), (made.FromVersion, made.RollbackToVersion));
    }

    [Fact]
    public async Task Job_OfTheDeploymentGeneration_NamesItsDeployment()
    {
        var page = await Jobs(Job("running", "{}", ""","deployment_id":"dep-9" """));
        Assert.Equal("dep-9", page.Items[0].DeploymentId);
        Assert.Empty(page.Deployments);
    }

    [Fact]
    public async Task GetDeploymentAsync_MadeId_IsReadFromTheJob()
    {
        var client = CannedControlPlane.Answering(target => target == "/jobs/j1"
            ? """{"job":{"id":"j1","status":{"version":7,"state":{"state_type":"deploying"},"rollout":{"type":"create"}}}}"""
            : throw new InvalidOperationException(target));
        var reading = await ContractTests.Value(client.GetDeploymentAsync("j1@7"));
        Assert.Equal(("j1@7", "create"), (reading.Value.Id, reading.Value.Type));
        Assert.Equal(ControlPlaneError.NotFound, (await client.GetDeploymentAsync("j1@6")).Failure?.Error);
    }

    [Fact]
    public async Task ListDeploymentsAsync_DeploymentGeneration_IsReadInFull()
    {
        var page = await ContractTests.Value(CannedControlPlane.Answering("""
            {"items":[{"id":"dep-9","job_id":"j1","job_type":"pipeline","namespace":"prod","type":"rollback","from_version":3,"to_version":2,
              "spec":{"strategy":"rolling","max_parallel":4,"health_check":{"deadline":"5m"}},
              "status":{"state":"In_Progress","message":"wave 1 of 3","canary_nodes":["n1"],"canary_promoted":true,"current_wave":1,"total_waves":3,"total_nodes":12,
                "updated_nodes":4,"failed_nodes":0,"health_check_deadline":"2026-01-01T00:05:00Z","healthy_deadline":"2026-01-01T00:09:00Z",
                "last_progress_time":"2026-01-01T00:01:00Z","revision":6,"created_at":"2026-01-01T00:00:00Z","completed_at":"0001-01-01T00:00:00Z"}}]}
            """).ListDeploymentsAsync());
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            new Deployment
            {
                Id = "dep-9", JobId = "j1", JobType = "pipeline", Namespace = "prod", Type = "rollback", FromVersion = 3, ToVersion = 2,
                Strategy = new() { Kind = "rolling", MaxParallel = 4, HealthCheck = new(TimeSpan.FromMinutes(5), null, null, null, null, null) },
                State = "in_progress", Message = "wave 1 of 3", CanaryNodes = ["n1"], CanaryPromoted = true, CurrentWave = 1, TotalWaves = 3,
                TotalNodes = 12, UpdatedNodes = 4, FailedNodes = 0, HealthDeadline = start.AddMinutes(5), LastProgressAt = start.AddMinutes(1),
                Revision = 6, CreatedAt = start,
            },
            Assert.Single(page.Items));
    }

    [Fact]
    public async Task ListJobVersionsAsync_BothForms_NewestFirst()
    {
        var versions = await ContractTests.Value(CannedControlPlane.Answering("""
            {"items":[{"version":1,"created_at":"2026-01-01T00:00:00Z","spec":{"name":"a"}},{"version":2,"spec":{"name":"b"},"status":{"state":{"state_type":"running"}}},
              {"spec":{}},{"version":3,"status":"stable"}]}
            """).ListJobVersionsAsync("j1"));
        Assert.Equal([3, 2, 1], versions.Select(v => v.Version));
        Assert.Equal(["stable", "running", ""], versions.Select(v => v.State));
        Assert.Equal("b", versions[1].Spec?.Name);
        Assert.NotNull(versions[2].CreatedAt);
    }

    [Fact]
    public async Task GetStatusAsync_EveryCounter_IsRead()
    {
        var status = await ContractTests.Value(CannedControlPlane.Answering("""
            {"runtime":{"version":"2.1.21","start_time":"2026-01-01T00:00:00Z"},"nodes":{"total":4},"jobs":{"total":"2"},
             "executions":{"total":9,"by_state":{"running":7,"failed":2,"odd":null}},"collected_at":"2026-01-01T01:00:00Z"}
            """).GetStatusAsync());
        Assert.Equal(("2.1.21", 4L, 2L, 9L), (status.Version, status.Nodes, status.Jobs, status.Executions));
        Assert.Equal(new() { ["running"] = 7, ["failed"] = 2 }, new Dictionary<string, long>(status.ExecutionsByState));
        Assert.NotNull(status.StartedAt);
        Assert.NotNull(status.CollectedAt);
    }
}
