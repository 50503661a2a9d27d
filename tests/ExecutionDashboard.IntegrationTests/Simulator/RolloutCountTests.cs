using System.Text.Json;

namespace ExecutionDashboard.IntegrationTests.Simulator;

/// <summary>The counters of a deployment always equal the states of its executions.</summary>
public class RolloutCountTests
{
    private const int NewVersion = 4;

    [Theory]
    [InlineData("canary-auto-promotes", "deployment")]
    [InlineData("canary-auto-promotes", "rollout")]
    [InlineData("rolling-hits-limit", "deployment")]
    [InlineData("rolling-hits-limit", "rollout")]
    [InlineData("nodes-go-offline", "deployment")]
    [InlineData("nodes-go-offline", "rollout")]
    public async Task Numbers_AtEveryStep_EqualACountOverTheExecutions(string scenario, string generation)
    {
        await using var host = await SimulatorHost.StartAsync(("Scenario", scenario), ("Generation", generation), ("OmitSpecInLists", true));
        var job = await StagedJob(host);
        var first = generation == "deployment" ? job.GetProperty("status").GetProperty("deployment_id").GetString()! : "";
        var jobId = job.GetProperty("id").GetString()!;
        int steps = 0, wave = 0;
        for (; steps < 200; steps++)
        {
            if (await Progress(host, jobId, first) is not { } progress) break;
            // Once it is rolled back, its executions are being replaced and tell of the way back.
            if (Says(progress, "rolled_back")) break;
            var executions = (await host.Get($"executions?job_id={jobId}&limit=1000")).GetProperty("items").EnumerateArray()
                .Where(e => first.Length > 0 ? e.TryGetProperty("deployment_id", out var of) && of.GetString() == first : e.GetProperty("job_version").GetInt32() == NewVersion)
                .Select(e => e.GetProperty("status")).ToList();
            var healthy = executions.Count(IsHealthy);
            var failed = executions.Count(s => !IsHealthy(s) && HasFailed(s));
            Assert.Equal((steps, healthy, failed), (steps, Number(progress, "updated_nodes"), Number(progress, "failed_nodes")));
            Assert.InRange(executions.Count, healthy + failed, Number(progress, "total_nodes"));
            Assert.InRange(Number(progress, "current_wave"), Math.Max(1, wave), Number(progress, "total_waves"));
            wave = Number(progress, "current_wave");
            if (Says(progress, "completed")) break;
            host.Pass(TimeSpan.FromSeconds(0.5));
        }
        Assert.InRange(steps, 10, 199);
        Assert.True(wave >= 3);
    }

    private static async Task<JsonElement> StagedJob(SimulatorHost host) =>
        (await host.Get("jobs?prefix=plant-sensor-ingest")).GetProperty("items")[0];

    /// <summary>The status of the first deployment; in the rollout generation null once another, or none, has taken its place.</summary>
    private static async Task<JsonElement?> Progress(SimulatorHost host, string job, string deployment)
    {
        if (deployment.Length > 0) return (await host.Get($"deployments/{deployment}")).GetProperty("deployment").GetProperty("status");
        var rollout = (await host.Get($"jobs/{job}")).GetProperty("job").GetProperty("status").GetProperty("rollout");
        return rollout.TryGetProperty("type", out var type) && type.GetString() == "update" ? rollout : null;
    }

    private static bool Says(JsonElement progress, string state) => progress.TryGetProperty("state", out var now) && now.GetString() == state;

    private static int Number(JsonElement from, string name) => from.GetProperty(name).GetInt32();

    private static JsonElement Actual(JsonElement status) => status.TryGetProperty("compute_state", out var compute) ? compute : status.GetProperty("observed_state");

    private static bool IsHealthy(JsonElement status) =>
        Actual(status).GetProperty("state_type").GetString() == "running"
        && (status.TryGetProperty("stable_at", out var stable) ? !stable.GetString()!.StartsWith("0001-", StringComparison.Ordinal)
            : Actual(status).GetProperty("message").GetString() == "Pipeline running, healthy");

    private static bool HasFailed(JsonElement status) =>
        Actual(status).GetProperty("state_type").GetString() is "failed" or "lost"
        || (status.GetProperty("desired_state").TryGetProperty("message", out var message) && message.GetString() == "Not healthy before the deployment's deadline");
}
