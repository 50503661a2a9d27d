using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Tests.ControlPlane;

/// <summary>The published and recorded reply shapes of both API generations, field by field.</summary>
public class ContractTests
{
    [Fact]
    public async Task ListExecutionsAsync_RecordedShape_IsReadInFull()
    {
        var page = await Value(CannedControlPlane.AnsweringFile("executions.json").ListExecutionsAsync(new()));
        var execution = Assert.Single(page.Items);
        Assert.Equal(
            new Execution
            {
                Id = "exec-b7c1", JobId = "job-telemetry-51d0", JobVersion = 9, NodeId = "node-quay-11", SpecHash = execution.SpecHash,
                Desired = new(ExecutionState.Of(KnownExecutionState.Running)),
                Actual = new(ExecutionState.Of(KnownExecutionState.Degraded), "output: broker closed the connection (retrying)"),
                UpdatedAt = new DateTimeOffset(2026, 10, 4, 7, 21, 0, TimeSpan.Zero),
            },
            execution);
        Assert.Equal(execution.SpecHash, Assert.Single(page.Specs).Hash);
        Assert.Contains("hidden-in-here", page.Specs[0].Json, StringComparison.Ordinal);
        Assert.Equal("", page.NextToken);
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task GetExecutionAsync_PublishedExample_IsReadInFull()
    {
        var reading = await Value(CannedControlPlane.AnsweringFile("execution-deployment-generation.json").GetExecutionAsync("exec-d41f00aa92"));
        Assert.Equal(
            new Execution
            {
                Id = "exec-d41f00aa92", JobId = "job-90cc17", JobType = "pipeline", JobVersion = 3, Namespace = "harbour", NodeId = "node-quay-07",
                Desired = new(ExecutionState.Of(KnownExecutionState.Running)),
                Actual = new(ExecutionState.Of(KnownExecutionState.Running), "Pipeline reading 4 inputs"), Revision = 8,
                CreatedAt = new DateTimeOffset(2026, 2, 11, 9, 0, 0, TimeSpan.Zero), UpdatedAt = new DateTimeOffset(2026, 2, 11, 9, 4, 45, TimeSpan.Zero),
            },
            reading.Value);
        Assert.Null(reading.Spec);
    }

    [Fact]
    public async Task GetExecutionAsync_EveryField_IsRead()
    {
        var reading = await Value(CannedControlPlane.AnsweringFile("execution-all-fields.json").GetExecutionAsync("exec-full-1"));
        Assert.Equal(
            new Execution
            {
                Id = "exec-full-1", JobId = "job-90cc17", JobType = "pipeline", JobVersion = 3, Namespace = "harbour", NodeId = "node-quay-07",
                DeploymentId = "dep-5", EvaluationId = "eval-77", SpecHash = reading.Spec!.Hash,
                Desired = new(ExecutionState.Of(KnownExecutionState.Stopped), "Replaced", new Dictionary<string, string> { ["by"] = "update" }),
                Actual = new(
                    ExecutionState.Of(KnownExecutionState.Completed), "Done", new Dictionary<string, string> { ["rows"] = "12", ["last"] = "" }),
                Details = new Dictionary<string, string> { ["error_code"] = "E7", ["hint"] = """{ "try": "again" }""" },
                PreviousId = "exec-full-0", NextId = "exec-full-2", Revision = 41,
                CreatedAt = new DateTimeOffset(2026, 2, 11, 7, 0, 0, TimeSpan.Zero).AddTicks(1234567),
                UpdatedAt = new DateTimeOffset(2026, 2, 11, 9, 4, 45, TimeSpan.Zero), StableAt = null,
            },
            reading.Value);
        Assert.Contains("from_the_future", reading.Raw, StringComparison.Ordinal);
        Assert.StartsWith("{", reading.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("\"execution\":", reading.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetExecutionAsync_EveryFieldOfTheSpec_IsRead()
    {
        var spec = (await Value(CannedControlPlane.AnsweringFile("execution-all-fields.json").GetExecutionAsync("exec-full-1"))).Spec!;
        Assert.Equal(("crane-telemetry", "harbour", "pipeline", "Loads and weights", 60), (spec.Name, spec.Namespace, spec.Type, spec.Description, spec.Priority));
        Assert.Equal(SpecHash.Of(spec.Json), spec.Hash);
        Assert.Equal(new() { ["site"] = "harbour", ["tier"] = "1" }, new Dictionary<string, string>(spec.Labels));
        Assert.Equal("cli", spec.Meta["expanso.io/source"]);
        Assert.Equal(["node-quay-07"], spec.Selector.Ids);
        Assert.Equal("7", spec.Selector.Labels["berth"]);
        Assert.Equal(["tier in (1,2)", "!debug"], spec.Selector.Expressions);
        Assert.Equal(new JobTimeouts(3600, 60, 0), spec.Timeouts);
        Assert.Equal(
            new RolloutStrategy
            {
                Kind = "canary", MaxParallel = 5, ParallelIsPercent = false, CanaryCount = 2, CanaryPercent = 10, AutoPromote = false,
                MaxFailedNodes = 3, MaxFailedNodesPercent = 12.5, NoAutoRollback = true,
                HealthCheck = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(90), null, null, null, 0.05),
            },
            spec.Strategy);
    }

    [Fact]
    public async Task ListJobsAsync_RecordedShape_IsReadInFull()
    {
        var page = await Value(CannedControlPlane.AnsweringFile("jobs.json").ListJobsAsync());
        Assert.Equal(["job-telemetry-51d0", "job-report-02fe"], page.Items.Select(j => j.Id));
        var job = page.Items[0];
        Assert.Equal(("crane-telemetry", "pipeline", "degraded", "2 of 8 executions degraded", 9), (job.Name, job.Type, job.State, job.Message, job.Version));
        Assert.Equal("harbour", job.Labels["site"]);
        Assert.Equal(new DateTimeOffset(2026, 10, 4, 7, 22, 0, TimeSpan.Zero), job.UpdatedAt);
        Assert.Equal(page.Items.Select(j => j.SpecHash), page.Specs.Select(s => s.Hash));
        Assert.Equal("after-2", page.NextToken);
        Assert.Empty(page.Deployments);
    }

    [Fact]
    public async Task ListNodesAsync_RecordedShape_IsReadInFull()
    {
        var page = await Value(CannedControlPlane.AnsweringFile("nodes.json").ListNodesAsync());
        Assert.Equal(
            new Node
            {
                Id = "node-quay-11", Name = "quay-11", Hostname = "quay11.harbour.example", OperatingSystem = "linux", Architecture = "arm64",
                AgentVersion = "2.1.17", Labels = new Dictionary<string, string> { ["berth"] = "11" }, Connection = "connected", Message = "Healthy",
                LastHeartbeat = new DateTimeOffset(2026, 10, 4, 7, 22, 12, TimeSpan.Zero), Resources = new(63.25, 40, null, null, 71, null, null),
            },
            page.Items[0]);
        Assert.Equal("lost", page.Items[1].Connection);
        Assert.Equal(new DateTimeOffset(2026, 10, 4, 1, 11, 30, TimeSpan.Zero), page.Items[1].DisconnectedSince);
        Assert.Null(page.Items[1].Resources);
    }

    [Fact]
    public async Task GetExecutionHistoryAsync_RecordedShape_IsReadInOrderOfSequence()
    {
        var events = await Value(CannedControlPlane.AnsweringFile("execution-history.json").GetExecutionHistoryAsync("exec-b7c1"));
        Assert.Equal([503L, 504L], events.Select(e => e.Sequence));
        Assert.Equal("BROKER_CLOSED", events[1].Details["error_code"]);
        Assert.Equal(("exec-b7c1", "job-telemetry-51d0", "Execution running"), (events[0].ExecutionId, events[0].JobId, events[0].Message));
        Assert.Equal(new DateTimeOffset(2026, 10, 4, 7, 2, 0, TimeSpan.Zero), events[0].At);
    }

    internal static async Task<T> Value<T>(Task<ControlPlaneResult<T>> call)
    {
        var result = await call;
        Assert.True(result.Succeeded, result.Failure?.ToString());
        return result.Value;
    }
}
