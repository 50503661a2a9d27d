using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

public class CommandTests
{
    private static readonly Deployment Own = new() { Id = "dep/1", JobId = "j1" };
    private static readonly Deployment Rollout = new() { Id = "j1@7", JobId = "j1", IsRollout = true };

    [Fact]
    public async Task Commands_EveryOne_GoToTheRouteOfItsGeneration()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"job_id":"j1","message":"on it","warnings":["slow node"]}""");
        var client = server.Client();
        var results = new[]
        {
            await client.StopExecutionAsync("e1", "why"), await client.StopJobAsync("j1", ""), await client.RerunJobAsync("j1"),
            await client.RollbackJobAsync("j1", 4, "bad", dryRun: true), await client.RollbackJobAsync("j1", null, ""),
            await client.PromoteAsync(Own, "ok"), await client.PauseAsync(Own, "hold"), await client.ResumeAsync(Own, ""), await client.RollbackAsync(Own, 3, "bad"),
            await client.PauseAsync(Rollout, "hold"), await client.ResumeAsync(Rollout, ""), await client.RollbackAsync(Rollout, 6, "bad"),
            await client.DeleteJobAsync("j1", force: true, "gone"), await client.DeleteJobAsync("j1", force: false, ""),
        };
        Assert.All(results, r => Assert.Equal(("on it", "slow node"), (r.Value?.Message, Assert.Single(r.Value!.Warnings))));
        Assert.Equal(
            [
                """POST /api/v1/executions/e1/stop {"reason":"why"}""", "POST /api/v1/jobs/j1/stop {}", "PUT /api/v1/jobs/j1/rerun {}",
                """POST /api/v1/jobs/j1/rollback {"version":4,"reason":"bad","dry_run":true}""", "POST /api/v1/jobs/j1/rollback {}",
                """POST /api/v1/deployments/dep%2F1/promote {"reason":"ok"}""", """POST /api/v1/deployments/dep%2F1/pause {"reason":"hold"}""",
                "POST /api/v1/deployments/dep%2F1/resume {}", """POST /api/v1/deployments/dep%2F1/rollback {"target_version":3,"reason":"bad"}""",
                """POST /api/v1/jobs/j1/rollout/pause {"reason":"hold"}""", "POST /api/v1/jobs/j1/rollout/resume {}",
                """POST /api/v1/jobs/j1/rollback {"version":6,"reason":"bad"}""",
                """DELETE /api/v1/jobs/j1 {"force":true,"reason":"gone"}""", "DELETE /api/v1/jobs/j1 {}",
            ],
            server.Requests.Select(r => $"{r.Method} {r.Target} {r.Body}"));
        Assert.All(server.Requests, r => Assert.StartsWith("application/json", r.Headers["Content-Type"], StringComparison.Ordinal));
        Assert.All(Enum.GetValues<ControlPlaneCommand>(), c => Assert.Equal(Offer.Offered, client.Capabilities[c]));
    }

    [Fact]
    public async Task Command_Refused_IsASpanAndACountWithoutTheReason()
    {
        var (spans, errors) = (new ConcurrentQueue<Activity>(), new ConcurrentQueue<string>());
        await using var server = await ServerUnderTest.StartAsync("""{"message":"secret words"}""", 409);
        // Listens to all of the process: other tests give commands at the same time.
        using var traces = new ActivityListener { ShouldListenTo = s => s.Name == "ExecutionDashboard.ControlPlane", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = spans.Enqueue };
        ActivitySource.AddActivityListener(traces);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        using var counts = new MeterListener { InstrumentPublished = (i, l) => { if (ReferenceEquals(i.Meter.Scope, meters)) l.EnableMeasurementEvents(i); } };
        counts.SetMeasurementEventCallback<long>((i, value, tags, _) => errors.Enqueue($"{i.Name} {string.Join(' ', tags.ToArray().Select(t => t.Value))} {value}"));
        counts.Start();

        await server.Client(services => services.AddSingleton(meters)).StopJobAsync("job-of-the-span", "my reasons");
        counts.RecordObservableInstruments();

        var span = Assert.Single(spans, s => Equals(s.GetTagItem("target.id"), "job-of-the-span"));
        Assert.Equal(("stop_job", "conflict", ActivityStatusCode.Error), (span.GetTagItem("command"), span.GetTagItem("error.type"), span.Status));
        Assert.DoesNotContain(span.TagObjects, t => $"{t.Value}".Contains("reasons", StringComparison.Ordinal) || $"{t.Value}".Contains("secret", StringComparison.Ordinal));
        Assert.Contains("control_plane.requests viewer 1", errors);
        Assert.Contains("control_plane.errors conflict 1", errors);
        Assert.Contains("control_plane.errors unreachable 0", errors);
        Assert.Contains("control_plane.queue.length commands 0", errors);
    }

    [Fact]
    public async Task PromoteAsync_Rollout_IsNotOfferedAndNotSent()
    {
        await using var server = await ServerUnderTest.StartAsync("{}");
        var client = server.Client();
        var failure = (await client.PromoteAsync(Rollout, "ok")).Failure!;
        Assert.Equal(ControlPlaneError.NotOffered, failure.Error);
        Assert.Contains("no published route", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Offer.NotOffered, client.Capabilities[ControlPlaneCommand.Promote]);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"warnings\":null")]
    public async Task Command_TakenWithOddWords_IsStillTaken(string body)
    {
        await using var server = await ServerUnderTest.StartAsync(body);
        Assert.True((await server.Client().StopJobAsync("j1", "")).Succeeded);
    }

    [Fact]
    public async Task Command_AnsweredWithAPage_IsNotTaken()
    {
        await using var server = await ServerUnderTest.StartAsync("<html>Sign in</html>");
        Assert.Equal(ControlPlaneError.Unexpected, (await server.Client().StopJobAsync("j1", "")).Failure?.Error);
    }

    [Theory]
    [InlineData(409, ControlPlaneError.Conflict, Offer.Offered)]
    [InlineData(422, ControlPlaneError.Invalid, Offer.Offered)]
    [InlineData(405, ControlPlaneError.NotOffered, Offer.NotOffered)]
    [InlineData(501, ControlPlaneError.NotOffered, Offer.NotOffered)]
    [InlineData(401, ControlPlaneError.Unauthorized, Offer.Unknown)]
    [InlineData(403, ControlPlaneError.Forbidden, Offer.Unknown)]
    [InlineData(500, ControlPlaneError.Unexpected, Offer.Unknown)]
    public async Task Command_Refused_TeachesWhatTheServerOffers(int status, ControlPlaneError error, Offer offer)
    {
        await using var server = await ServerUnderTest.StartAsync("""{"message":"already stopped"}""", status);
        var client = server.Client();
        var failure = (await client.StopExecutionAsync("e1", "")).Failure!;
        Assert.Equal((error, status), (failure.Error, failure.Status));
        Assert.Contains("already stopped", failure.Message, StringComparison.Ordinal);
        Assert.Equal(offer, client.Capabilities[ControlPlaneCommand.StopExecution]);
        Assert.Single(server.Requests);
    }

    [Theory]
    // the message is about the thing: it is gone
    [InlineData("""{"message":"execution e1 not found"}""", 200, ControlPlaneError.NotFound, Offer.Offered)]
    // the message is a router's: whether the thing is there decides
    [InlineData("404 page not found", 200, ControlPlaneError.NotOffered, Offer.NotOffered)]
    [InlineData("404 page not found", 404, ControlPlaneError.NotFound, Offer.Unknown)]
    [InlineData("""{"message":"Not Found"}""", 200, ControlPlaneError.NotOffered, Offer.NotOffered)]
    [InlineData("""{"message":"no route for POST /api/v1/executions/e1/stop"}""", 200, ControlPlaneError.NotOffered, Offer.NotOffered)]
    [InlineData("", 200, ControlPlaneError.NotOffered, Offer.NotOffered)]
    [InlineData("", 404, ControlPlaneError.NotFound, Offer.Unknown)]
    [InlineData("", 403, ControlPlaneError.NotFound, Offer.Unknown)]
    public async Task Command_NotFound_TellsMissingRouteFromMissingThing(string body, int getStatus, ControlPlaneError error, Offer offer)
    {
        await using var server = await ServerUnderTest.StartAsync(context =>
            context.Request.Method == "GET" ? context.AnswerAsync("""{"execution":{"id":"e1"}}""", getStatus) : context.AnswerAsync(body, 404));
        var client = server.Client();
        Assert.Equal(error, (await client.StopExecutionAsync("e1", "")).Failure?.Error);
        Assert.Equal(offer, client.Capabilities[ControlPlaneCommand.StopExecution]);
    }

    [Fact]
    public async Task RollbackJobAsync_VersionThatIsNotThere_IsNotFoundAndOffered()
    {
        await using var server = await ServerUnderTest.StartAsync(context =>
            context.Request.Method == "GET" ? context.AnswerAsync("""{"job":{"id":"j1"}}""") : context.AnswerAsync("""{"message":"no version 9"}""", 404));
        var client = server.Client();
        Assert.Equal(ControlPlaneError.NotFound, (await client.RollbackJobAsync("j1", 9, "")).Failure?.Error);
        Assert.Equal(Offer.Offered, client.Capabilities[ControlPlaneCommand.RollbackJob]);
    }

    [Theory]
    [InlineData("""{"message":"deployment dep/1 not found"}""", ControlPlaneError.NotFound)]
    [InlineData("404 page not found", ControlPlaneError.NotOffered)]
    public async Task DeploymentCommand_ServerWithoutDeployments_IsNotOffered(string body, ControlPlaneError error)
    {
        await using var server = await ServerUnderTest.StartAsync(body, 404);
        Assert.Equal(error, (await server.Client().PauseAsync(Own, "")).Failure?.Error);
    }

    [Fact]
    public async Task Capabilities_ServerTakesItLater_IsOfferedAgain()
    {
        var status = 405;
        await using var server = await ServerUnderTest.StartAsync(context => context.AnswerAsync("{}", status));
        var client = server.Client();
        var learned = 0;
        client.Capabilities.Learned += () => learned++;
        await client.StopExecutionAsync("e1", "");
        await client.StopExecutionAsync("e1", "");
        Assert.Equal(1, learned);
        status = 200;
        await client.StopExecutionAsync("e1", "");
        Assert.Equal((2, Offer.Offered), (learned, client.Capabilities[ControlPlaneCommand.StopExecution]));
    }

    [Fact]
    public async Task ListDeploymentsAsync_ServerWithoutTheList_IsAskedOnceAMinute()
    {
        await using var server = await ServerUnderTest.StartAsync("404 page not found", 404);
        var time = new FakeTimeProvider();
        var client = server.Client(services => services.AddSingleton<TimeProvider>(time));
        for (var i = 0; i < 3; i++) Assert.Equal(ControlPlaneError.NotOffered, (await client.ListDeploymentsAsync()).Failure?.Error);
        Assert.Single(server.Requests);
        time.Advance(TimeSpan.FromSeconds(61));
        await client.ListDeploymentsAsync();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task GetStatusAsync_ServerWithoutIt_IsNotOffered()
    {
        await using var server = await ServerUnderTest.StartAsync("404 page not found", 404);
        Assert.Equal(ControlPlaneError.NotOffered, (await server.Client().GetStatusAsync()).Failure?.Error);
    }

    [Fact]
    public async Task GetJobHistoryAsync_SeveralPages_AreWalkedUpToTheLimit()
    {
        await using var server = await ServerUnderTest.StartAsync(context =>
        {
            var start = int.Parse(context.Request.Query["next_token"].FirstOrDefault() ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            var events = Enumerable.Range(start + 1, 2).Select(n => $$"""{"seq_num":{{n}},"message":"m{{n}}","job_id":"j1"}""");
            return context.AnswerAsync($$"""{"items":[{{string.Join(',', events)}}],"next_token":"{{start + 2}}"}""");
        });
        var events = (await server.Client().GetJobHistoryAsync("j1", limit: 5)).Value!;
        Assert.Equal([1L, 2, 3, 4, 5], events.Select(e => e.Sequence));
        Assert.Equal("/api/v1/jobs/j1/history?limit=1&next_token=4", server.Requests.Last().Target);
    }
}
