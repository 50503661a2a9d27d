using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ExecutionDashboard.IntegrationTests.Simulator;

public class GenerationTests
{
    [Fact]
    public async Task Execution_OfTheDeploymentGeneration_HasItsFieldsOnly()
    {
        await using var host = await SimulatorHost.StartAsync();
        var execution = (await host.Get("executions?limit=1&states=complete")).GetProperty("items")[0];
        var status = execution.GetProperty("status");
        Assert.Equal("complete", status.GetProperty("compute_state").GetProperty("state_type").GetString());
        Assert.False(status.TryGetProperty("observed_state", out _));
        Assert.False(status.TryGetProperty("stable_at", out _));
        Assert.True(execution.TryGetProperty("deployment_id", out _));
        Assert.True(execution.GetProperty("job_spec").TryGetProperty("deployment", out _));
        var one = await host.Get($"executions/{execution.GetProperty("id").GetString()}");
        Assert.Equal(execution.GetRawText(), one.GetProperty("execution").GetRawText());
    }

    [Fact]
    public async Task Execution_OfTheRolloutGeneration_HasItsFieldsOnly()
    {
        await using var host = await SimulatorHost.StartAsync(("Generation", "rollout"));
        var execution = (await host.Get("executions?limit=1&states=completed")).GetProperty("items")[0];
        var status = execution.GetProperty("status");
        Assert.Equal("completed", status.GetProperty("observed_state").GetProperty("state_type").GetString());
        Assert.Equal("0001-01-01T00:00:00Z", status.GetProperty("stable_at").GetString());
        Assert.False(status.TryGetProperty("compute_state", out _));
        Assert.False(execution.TryGetProperty("deployment_id", out _));
        Assert.True(execution.GetProperty("job_spec").TryGetProperty("rollout", out _));
        var jobs = (await host.Get("jobs?limit=100")).GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(jobs, j => j.GetProperty("status").GetProperty("state").GetProperty("state_type").GetString() == "deploying"
            && j.GetProperty("status").GetProperty("rollout").TryGetProperty("current_wave", out _));
        Assert.Contains(jobs, j => j.GetProperty("status").GetProperty("rollout").EnumerateObject().Count() == 0);
        Assert.All(jobs, j => Assert.False(j.GetProperty("status").TryGetProperty("deployment_id", out _)));
    }

    [Theory]
    [InlineData("GET", "deployments")]
    [InlineData("POST", "deployments/x/promote")]
    [InlineData("POST", "executions/x/stop")]
    [InlineData("GET", "nothing/here")]
    public async Task Route_ThatTheRolloutGenerationLacks_AnswersAsAnUnknownPage(string method, string path)
    {
        await using var host = await SimulatorHost.StartAsync(("Generation", "rollout"), ("Nodes", 5), ("Jobs", 1));
        var response = await host.Client.SendAsync(new(new(method), path));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("404 page not found\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task List_AskedToOmitSpecs_HasNone_ButTheExecutionItselfHas()
    {
        await using var host = await SimulatorHost.StartAsync(("OmitSpecInLists", true));
        var execution = (await host.Get("executions?limit=1")).GetProperty("items")[0];
        Assert.False(execution.TryGetProperty("job_spec", out _));
        Assert.True((await host.Get($"executions/{execution.GetProperty("id").GetString()}")).GetProperty("execution").TryGetProperty("job_spec", out _));
    }

    [Theory]
    [InlineData("deployment", "compute_state")]
    [InlineData("rollout", "observed_state")]
    public async Task List_AskedToOmitWhatIsOptional_HasTheLeast(string generation, string actual)
    {
        await using var host = await SimulatorHost.StartAsync(("Scenario", "canary-waits"), ("Generation", generation), ("OmitOptional", true));
        host.Pass(TimeSpan.FromSeconds(2));

        Assert.Equal(["connection_state", "created_at", "id", "labels", "name", "revision", "spec", "status", "updated_at"], await FieldsAsync(host, "nodes", "labels"));
        string[] ofExecutions = [actual, .. generation == "deployment" ? ["deployment_id"] : Array.Empty<string>(), "created_at", "desired_state", "id", "job_id", "job_version", "node_id", "revision", "state_type", "status", "updated_at"];
        Assert.Equal(ofExecutions.Order(StringComparer.Ordinal), await FieldsAsync(host, "executions"));
        Assert.Equal(
            generation == "deployment" ? ["created_at", "deployment_id", "id", "revision", "spec", "state", "state_type", "status", "updated_at", "version"]
            : ["canary_nodes", "created_at", "id", "revision", "rollout", "spec", "state", "state_type", "status", "type", "updated_at", "version"],
            await FieldsAsync(host, "jobs", "spec"));
        if (generation == "deployment")
            Assert.Equal(["canary_nodes", "created_at", "id", "job_id", "revision", "state", "status", "to_version", "type", "updated_at"], await FieldsAsync(host, "deployments?states=in_progress"));
    }

    // Names of all fields of a list, those of the parts in them too, but for what is inside of one.
    private static async Task<IEnumerable<string>> FieldsAsync(SimulatorHost host, string list, string whole = "") =>
        (await host.Get(list)).GetProperty("items").EnumerateArray().SelectMany(item => Names(item, whole)).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(JsonElement element, string whole) => element.ValueKind != JsonValueKind.Object ? []
        : element.EnumerateObject().SelectMany(field => field.Name == whole ? [field.Name] : Names(field.Value, whole).Prepend(field.Name));

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public async Task Status_OfAnyFleet_AddsUp(string generation)
    {
        await using var host = await SimulatorHost.StartAsync(("Generation", generation));
        var status = await host.Get("status");
        foreach (var (part, counts) in new[] { ("nodes", "by_connection"), ("jobs", "by_state"), ("executions", "by_state") })
            Assert.Equal(status.GetProperty(part).GetProperty("total").GetInt32(),
                status.GetProperty(part).GetProperty(counts).EnumerateObject().Sum(c => c.Value.GetInt32()));
        Assert.Equal(200, (await host.Get("nodes/-/stats")).GetProperty("total_nodes").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("health")).StatusCode);
    }

    [Fact]
    public async Task Metrics_OverARange_HaveOneSeriesANode()
    {
        await using var host = await SimulatorHost.StartAsync(("Nodes", 3), ("Jobs", 1), ("ChangesPerSecond", 0));
        var now = host.Clock.GetUtcNow().ToUnixTimeSeconds();
        var reply = await host.Get($"metrics/query_range?query=process_cpu_utilization_ratio&start={now - 300}&end={now}&step=60");
        var series = reply.GetProperty("data").GetProperty("result").EnumerateArray().ToList();
        Assert.Equal(3, series.Count);
        Assert.Equal(6, series[0].GetProperty("values").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync("metrics/query_range?query=up")).StatusCode);
    }

    [Theory]
    [InlineData("jobs/none")]
    [InlineData("nodes/none")]
    [InlineData("executions/none")]
    [InlineData("executions/00000000-0000-4000-8000-000000000000/history")]
    [InlineData("deployments/none")]
    [InlineData("jobs/none/executions")]
    public async Task Get_OfWhatIsNotThere_Answers404WithAMessage(string path)
    {
        await using var host = await SimulatorHost.StartAsync(("Nodes", 3), ("Jobs", 1));
        var response = await host.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("not found", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
