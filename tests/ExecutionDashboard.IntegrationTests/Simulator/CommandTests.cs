using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ExecutionDashboard.IntegrationTests.Simulator;

public class CommandTests
{
    private static readonly object Spec = new
    {
        name = "hello", type = "pipeline", labels = new { team = "a" }, config = new { input = new { generate = new { } } },
        deployment = new { strategy = "rolling", max_parallel = 2, health_check = new { deadline = "1m", min_healthy_time = "5s" } },
    };

    [Fact]
    public async Task PutJob_OfANewName_CreatesItAndRollsItOut()
    {
        await using var host = await SimulatorHost.StartAsync(("Jobs", 0), ("Nodes", 6), ("ChangesPerSecond", 0));
        var dry = await Put(host, "jobs", new { spec = Spec, dry_run = true });
        Assert.True(dry.GetProperty("created").GetBoolean());
        Assert.Equal(JsonValueKind.Null, (await host.Get("jobs")).GetProperty("items").ValueKind);

        var reply = await Put(host, "jobs", new { spec = Spec });
        Assert.True(reply.GetProperty("created").GetBoolean());
        var id = reply.GetProperty("job").GetProperty("id").GetString();
        for (var i = 0; i < 60; i++) host.Pass(TimeSpan.FromSeconds(1));
        var deployment = (await host.Get($"deployments?job_id={id}")).GetProperty("items")[0];
        Assert.Equal("completed", deployment.GetProperty("status").GetProperty("state").GetString());
        Assert.Equal(3, deployment.GetProperty("status").GetProperty("total_waves").GetInt32());
        Assert.Equal(6, (await host.Get($"jobs/{id}/executions?states=running&states=degraded")).GetProperty("items").GetArrayLength());

        Assert.False((await Put(host, "jobs", new { spec = Spec })).GetProperty("created").GetBoolean());
        Assert.Equal(1, (await host.Get($"jobs/{id}/versions")).GetProperty("items").GetArrayLength());
        var history = (await host.Get($"jobs/{id}/history")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("seq_num").GetInt64()).ToList();
        Assert.Equal(history.Order(), history);
    }

    [Fact]
    public async Task PutJob_OfAnotherSpec_MakesAVersion_WhoseDiffAndRollbackWork()
    {
        await using var host = await SimulatorHost.StartAsync(("Nodes", 30), ("ChangesPerSecond", 0));
        var job = (await host.Get("jobs?limit=1")).GetProperty("items")[0];
        var id = job.GetProperty("id").GetString();
        var version = job.GetProperty("status").GetProperty("version").GetInt32();
        var changed = JsonSerializer.Deserialize<Dictionary<string, object>>(job.GetProperty("spec").GetRawText())!;
        changed["description"] = "changed";
        var reply = await Put(host, $"jobs/{id}", new { spec = changed });
        Assert.Equal(version + 1, reply.GetProperty("job").GetProperty("status").GetProperty("version").GetInt32());
        var diff = (await host.Get($"jobs/{id}/versions/diff?from={version}&to={version + 1}")).GetProperty("diff").GetString();
        Assert.Contains("+  \"description\": \"changed\"", diff, StringComparison.Ordinal);
        var back = await Post(host, $"jobs/{id}/rollback", new { version, reason = "no good" });
        Assert.Equal(version, (await back.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("to_version").GetInt32());
        Assert.Equal(version, (await host.Get($"jobs/{id}")).GetProperty("job").GetProperty("status").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task StopExecution_Twice_IsAcceptedThenConflicts_AndIsInItsHistory()
    {
        await using var host = await SimulatorHost.StartAsync(("ChangesPerSecond", 0));
        var id = (await host.Get("executions?limit=1&states=running")).GetProperty("items")[0].GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"executions/{id}/stop", new { reason = "maintenance" })).StatusCode);
        host.Pass(TimeSpan.FromSeconds(5));
        var status = (await host.Get($"executions/{id}")).GetProperty("execution").GetProperty("status");
        Assert.Equal("stopped", status.GetProperty("compute_state").GetProperty("state_type").GetString());
        Assert.Equal("maintenance", status.GetProperty("desired_state").GetProperty("message").GetString());
        var again = await Post(host, $"executions/{id}/stop", new { });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("stopped", (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString(), StringComparison.Ordinal);
        var states = (await host.Get($"executions/{id}/history")).GetProperty("items").EnumerateArray()
            .Select(e => e.GetProperty("details").GetProperty("new_state").GetString()).ToList();
        Assert.Equal(["pending", "starting", "running", "stopping", "stopped"], states);
    }

    [Fact]
    public async Task Deployment_PausedResumedAndRolledBack_AnswersByItsState()
    {
        await using var host = await SimulatorHost.StartAsync();
        var id = (await host.Get("deployments?states=in_progress&limit=1000")).GetProperty("items").EnumerateArray()
            .First(d => d.GetProperty("status").GetProperty("total_waves").GetInt32() > 4).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Conflict, (await Post(host, $"deployments/{id}/resume", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"deployments/{id}/pause", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Post(host, $"deployments/{id}/pause", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"deployments/{id}/resume", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Post(host, $"deployments/{id}/promote", new { })).StatusCode);
        var back = await Post(host, $"deployments/{id}/rollback", new { });
        var next = (await back.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("deployment_id").GetString();
        Assert.NotEqual(id, next);
        Assert.Equal("rollback", (await host.Get($"deployments/{next}")).GetProperty("deployment").GetProperty("type").GetString());
        Assert.Equal("rolled_back", (await host.Get($"deployments/{id}")).GetProperty("deployment").GetProperty("status").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Rollout_PausedAndResumed_IsSeenInTheJobsState()
    {
        await using var host = await SimulatorHost.StartAsync(("Generation", "rollout"));
        var id = (await host.Get("jobs?states=deploying")).GetProperty("items").EnumerateArray()
            .First(d => d.GetProperty("status").GetProperty("rollout").GetProperty("total_waves").GetInt32() > 4).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"jobs/{id}/rollout/pause", new { })).StatusCode);
        Assert.Equal("rollout_paused", (await host.Get($"jobs/{id}")).GetProperty("job").GetProperty("status").GetProperty("state").GetProperty("state_type").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"jobs/{id}/rollout/resume", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Post(host, $"jobs/{id}/rollout/resume", new { })).StatusCode);
    }

    [Fact]
    public async Task DeleteJob_ThatRuns_NeedsToBeStoppedOrForced()
    {
        await using var host = await SimulatorHost.StartAsync(("Nodes", 20), ("Jobs", 2), ("ChangesPerSecond", 0));
        var ids = (await host.Get("jobs")).GetProperty("items").EnumerateArray().Select(j => j.GetProperty("id").GetString()).ToList();
        Assert.Equal(HttpStatusCode.Conflict, (await Delete(host, $"jobs/{ids[0]}", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(host, $"jobs/{ids[0]}/stop", new { reason = "end of life" })).StatusCode);
        host.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await Delete(host, $"jobs/{ids[0]}", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Delete(host, $"jobs/{ids[1]}", """{"force":true}""")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync($"jobs/{ids[0]}")).StatusCode);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"spec":{}}""")]
    [InlineData("""{"spec":{"name":"a b"}}""")]
    [InlineData("""{"spec":{"name":"a","type":"cron"}}""")]
    [InlineData("""{"spec":{"name":"a","deployment":{"strategy":"blue-green"}}}""")]
    [InlineData("""{"spec":{"name":"a","deployment":{"strategy":"rolling"}}}""")]
    [InlineData("""{"spec":{"name":"a","selector":{"match_expressions":["a in b"]}}}""")]
    public async Task PutJob_OfAnInvalidSpec_Answers400WithAMessage(string body)
    {
        await using var host = await SimulatorHost.StartAsync(("Nodes", 3), ("Jobs", 1), ("ChangesPerSecond", 0));
        var response = await host.Client.PutAsync("jobs", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString()!);
    }

    private static async Task<JsonElement> Put(SimulatorHost host, string path, object body)
    {
        var response = await host.Client.PutAsJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<HttpResponseMessage> Post(SimulatorHost host, string path, object body) => host.Client.PostAsJsonAsync(path, body);

    private static Task<HttpResponseMessage> Delete(SimulatorHost host, string path, string body) =>
        host.Client.SendAsync(new(HttpMethod.Delete, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
}
