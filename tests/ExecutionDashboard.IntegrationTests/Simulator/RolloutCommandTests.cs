using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.IntegrationTests.Simulator;

public class RolloutCommandTests
{
    [Fact]
    public async Task Canary_OfTheDeploymentGeneration_IsPromotedOnce_AndConflictsSayWhy()
    {
        await using var host = await SimulatorHost.StartAsync(("Scenario", "canary-waits"));
        var (_, id) = await Staged(host);
        Assert.True((await Status(host, id)).TryGetProperty("health_check_deadline", out _));
        Assert.Equal(HttpStatusCode.NotFound, (await Post(host, "deployments/00000000-0000-4000-8000-000000000000/promote")).Status);
        host.Pass(TimeSpan.FromSeconds(6));
        var waiting = await Status(host, id);
        Assert.Equal("Canary healthy on 3 nodes, waiting for promotion", waiting.GetProperty("message").GetString());
        Assert.False(waiting.TryGetProperty("health_check_deadline", out _));
        Assert.Equal((3, false), (waiting.GetProperty("canary_nodes").GetArrayLength(), waiting.GetProperty("canary_promoted").GetBoolean()));

        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"deployments/{id}/pause", """{"reason":"change freeze"}""")).Status);
        Assert.Equal("Paused during the canary: change freeze", (await Status(host, id)).GetProperty("message").GetString());
        Assert.Equal((HttpStatusCode.Conflict, "deployment is paused; resume it before promoting its canary"), await Post(host, $"deployments/{id}/promote"));
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"deployments/{id}/resume")).Status);
        host.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"deployments/{id}/promote")).Status);
        Assert.Equal((HttpStatusCode.Conflict, "deployment is not in its canary phase: its canary was promoted already"), await Post(host, $"deployments/{id}/promote"));

        host.Pass(TimeSpan.FromSeconds(20));
        var done = await Status(host, id);
        Assert.Equal(("completed", 24, true), (done.GetProperty("state").GetString(), done.GetProperty("updated_nodes").GetInt32(), done.GetProperty("canary_promoted").GetBoolean()));
        Assert.Equal((HttpStatusCode.Conflict, "deployment is completed and cannot be paused"), await Post(host, $"deployments/{id}/pause"));
        Assert.Equal((HttpStatusCode.Conflict, "deployment is completed, not paused"), await Post(host, $"deployments/{id}/resume"));
    }

    [Fact]
    public async Task Rollback_ToAChosenVersion_MakesADeploymentOfItsOwn()
    {
        await using var host = await SimulatorHost.StartAsync(("Scenario", "rolling-slow"));
        var (job, id) = await Staged(host);
        host.Pass(TimeSpan.FromSeconds(25));
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(host, $"deployments/{id}/rollback", """{"target_version":99}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Post(host, $"deployments/{id}/rollback", """{"target_version":4}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"deployments/{id}/rollback", """{"target_version":2,"reason":"wrong topic"}""")).Status);
        var before = await Status(host, id);
        Assert.Equal(("rolled_back", "Rolled back to version 2: wrong topic"), (before.GetProperty("state").GetString(), before.GetProperty("message").GetString()));
        var (_, next) = await Staged(host);
        Assert.NotEqual(id, next);
        var back = (await host.Get($"deployments/{next}")).GetProperty("deployment");
        Assert.Equal(("rollback", 4, 2), (back.GetProperty("type").GetString(), back.GetProperty("from_version").GetInt32(), back.GetProperty("to_version").GetInt32()));
        Assert.Equal(HttpStatusCode.Conflict, (await Post(host, $"deployments/{id}/rollback")).Status);

        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"jobs/{job}/stop", """{"reason":"end of life"}""")).Status);
        Assert.Equal(("canceled", "Canceled: the job was stopped"), ((await Status(host, next)).GetProperty("state").GetString(), (await Status(host, next)).GetProperty("message").GetString()));
        host.Pass(TimeSpan.FromSeconds(10));
        var states = (await host.Get("status")).GetProperty("jobs").GetProperty("by_state");
        Assert.Equal(1, states.GetProperty("stopped").GetInt32());
    }

    [Fact]
    public async Task Delete_MidRollout_LeavesACanceledDeployment()
    {
        await using var host = await SimulatorHost.StartAsync(("Scenario", "rolling-slow"));
        var (job, id) = await Staged(host);
        host.Pass(TimeSpan.FromSeconds(15));
        var reply = await host.Client.SendAsync(new(HttpMethod.Delete, $"jobs/{job}") { Content = new StringContent("""{"force":true}""", Encoding.UTF8, "application/json") });
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync($"jobs/{job}")).StatusCode);
        Assert.Equal("canceled", (await Status(host, id)).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await Post(host, $"deployments/{id}/rollback")).Status);
    }

    [Fact]
    public async Task Rollout_PausedMidWave_KeepsWhatIsDone_AndIsRolledBack()
    {
        await using var host = await SimulatorHost.StartAsync(("Scenario", "rolling-slow"), ("Generation", "rollout"));
        var job = (await host.Get("jobs?states=deploying")).GetProperty("items")[0].GetProperty("id").GetString()!;
        Assert.Equal((HttpStatusCode.Conflict, "the rollout of job 'plant-sensor-ingest' is in_progress, not paused"), await Post(host, $"jobs/{job}/rollout/resume"));
        for (var i = 0; i < 60 && Number(await Rollout(host, job), "current_wave") < 2; i++) host.Pass(TimeSpan.FromSeconds(0.5));
        host.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"jobs/{job}/rollout/pause", """{"reason":"look first"}""")).Status);
        Assert.Equal((HttpStatusCode.Conflict, "the rollout of job 'plant-sensor-ingest' is paused and cannot be paused"), await Post(host, $"jobs/{job}/rollout/pause"));
        for (var i = 0; i < 60; i++) host.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(6, await OnVersion(host, job, 4));
        Assert.Equal((2, 6), (Number(await Rollout(host, job), "current_wave"), Number(await Rollout(host, job), "updated_nodes")));
        Assert.Equal("Paused in wave 2 of 20: look first",
            (await host.Get($"jobs/{job}")).GetProperty("job").GetProperty("status").GetProperty("state").GetProperty("message").GetString());

        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"jobs/{job}/rollout/resume")).Status);
        host.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(9, await OnVersion(host, job, 4));
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"jobs/{job}/rollback", """{"version":3}""")).Status);
        Assert.Equal("rollback", (await Rollout(host, job)).GetProperty("type").GetString());
        // A twentieth of nine nodes is one at a time.
        for (var i = 0; i < 130; i++) host.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await OnVersion(host, job, 4));
        Assert.Equal(60, await OnVersion(host, job, 3));
    }

    [Fact]
    public async Task UnknownScenario_StopsTheStart_NamingTheKeyAndTheNames()
    {
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => SimulatorHost.StartAsync(("Scenario", "no-such-story")));
        Assert.Contains("Simulator:Scenario must be empty or one of canary-waits, canary-auto-promotes,", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<(string Job, string Deployment)> Staged(SimulatorHost host)
    {
        var job = (await host.Get("jobs?prefix=plant-sensor-ingest")).GetProperty("items")[0];
        return (job.GetProperty("id").GetString()!, job.GetProperty("status").GetProperty("deployment_id").GetString()!);
    }

    private static async Task<JsonElement> Status(SimulatorHost host, string id) => (await host.Get($"deployments/{id}")).GetProperty("deployment").GetProperty("status");

    private static async Task<JsonElement> Rollout(SimulatorHost host, string job) => (await host.Get($"jobs/{job}")).GetProperty("job").GetProperty("status").GetProperty("rollout");

    private static int Number(JsonElement from, string name) => from.GetProperty(name).GetInt32();

    private static async Task<int> OnVersion(SimulatorHost host, string job, int version) =>
        (await host.Get($"executions?job_id={job}&limit=1000")).GetProperty("items").EnumerateArray().Count(e => Number(e, "job_version") == version
            && e.GetProperty("status").GetProperty("desired_state").GetProperty("state_type").GetString() == "running");

    private static async Task<(HttpStatusCode Status, string Message)> Post(SimulatorHost host, string path, string body = "{}")
    {
        var reply = await host.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        var read = await reply.Content.ReadFromJsonAsync<JsonElement>();
        return (reply.StatusCode, read.TryGetProperty("message", out var message) ? message.GetString()! : "");
    }
}
