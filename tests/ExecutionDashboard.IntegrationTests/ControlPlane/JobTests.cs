using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.IntegrationTests.Simulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>Creating, testing and comparing specs, and evaluations.</summary>
public class JobTests
{
    private const string Spec = """{"name":"fresh","type":"pipeline","config":{"input":{"generate":{}}}}""";

    [Fact]
    public async Task PutAndDiff_GoToTheirRoutes()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"job":{"id":"j1","spec":{"name":"a"},"status":{"version":4}},"created":true,"warnings":["w"],"Diff":"+ a"}""");
        var client = server.Client();

        var put = (await client.PutJobAsync("""{"name":"a"}""", dryRun: true, force: true)).Value!;
        await client.PutJobAsync("""{"name":"a"}""");
        var diff = (await client.DiffJobAsync("""{"name":"a"}""")).Value!;
        var versions = (await client.DiffJobVersionsAsync("j/1", 2, 3)).Value!;
        await client.DiffJobVersionsAsync("j1", 2);

        Assert.Equal(("j1", 4, true, "w"), (put.Job!.Id, put.Job.Version, put.Created, Assert.Single(put.Warnings)));
        Assert.Equal(("+ a", "w", "+ a"), (diff.Diff, Assert.Single(diff.Warnings), versions.Diff));
        Assert.Equal(
            [
                """PUT /api/v1/jobs {"spec":{"name":"a"},"force":true,"dry_run":true}""", """PUT /api/v1/jobs {"spec":{"name":"a"}}""",
                """PUT /api/v1/jobs/-/diff {"spec":{"name":"a"}}""", "GET /api/v1/jobs/j%2F1/versions/diff?from=2&to=3 ", "GET /api/v1/jobs/j1/versions/diff?from=2 ",
            ],
            server.Requests.Select(r => $"{r.Method} {r.Target} {r.Body}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("null")]
    public async Task Put_WhatIsNoSpec_IsNotSent(string spec)
    {
        await using var server = await ServerUnderTest.StartAsync("{}");
        Assert.Equal(ControlPlaneError.Invalid, (await server.Client().PutJobAsync(spec)).Failure?.Error);
        Assert.Equal(ControlPlaneError.Invalid, (await server.Client().DiffJobAsync(spec)).Failure?.Error);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"job":[],"created":"perhaps","warnings":{"a":1}}""")]
    [InlineData("""{"job":{"spec":{"name":"a"}},"created":true,"warnings":null}""")]
    public async Task Put_TakenWithOddWords_IsStillTaken(string body)
    {
        await using var server = await ServerUnderTest.StartAsync(body);
        var put = await server.Client().PutJobAsync("{}", dryRun: true);
        Assert.True(put.Succeeded, put.Failure?.Message);
        Assert.Null(put.Value!.Job);
    }

    [Theory]
    [InlineData("""{"diff":{"added":["a"]},"warnings":null}""", """{"added":["a"]}""")]
    [InlineData("""{"Diff":"","Warnings":[]}""", "")]
    [InlineData("{}", "")]
    public async Task Diff_InAnotherForm_IsItsText(string body, string diff)
    {
        await using var server = await ServerUnderTest.StartAsync(body);
        Assert.Equal(diff, (await server.Client().DiffJobVersionsAsync("j", 1)).Value!.Diff);
    }

    [Fact]
    public async Task Evaluations_OfEveryShape_AreReadNewestFirst()
    {
        await using var server = await ServerUnderTest.StartAsync("""
            {"items":[
              {"id":"ev1","job_id":"j1","type":"pipeline","priority":50,"deployment_id":"d1","triggered_by":"job-update","status":{"state":"complete","message":"Scheduled on 5 nodes","revision":3,"created_at":"2026-11-01T12:00:00Z","updated_at":"2026-11-01T12:00:01Z","wait_until":"0001-01-01T00:00:00Z"}},
              {"id":"ev2","status":{"state":{"state_type":"blocked","message":"no node fits"},"created_at":"2026-11-02T12:00:00Z"}},
              {"triggered_by":"nobody"}, null, 7
            ],"next_token":null}
            """);

        var all = (await server.Client().ListJobEvaluationsAsync("j1")).Value!;

        Assert.Equal(["ev2", "ev1"], all.Select(e => e.Id));
        Assert.Equal(("blocked", "no node fits", null), (all[0].State, all[0].Message, all[0].Priority));
        Assert.Equal(("complete", "Scheduled on 5 nodes", "job-update", 50, null), (all[1].State, all[1].Message, all[1].TriggeredBy, all[1].Priority, all[1].WaitUntil));
    }

    [Theory]
    [InlineData("404 page not found", ControlPlaneError.NotOffered)]
    [InlineData("""{"message":"job j1 not found"}""", ControlPlaneError.NotFound)]
    public async Task Evaluations_NotFound_TellsMissingRouteFromMissingJob(string body, ControlPlaneError error)
    {
        await using var server = await ServerUnderTest.StartAsync(body, 404);
        Assert.Equal(error, (await server.Client().ListJobEvaluationsAsync("j1")).Failure?.Error);
    }

    [Fact]
    public async Task Versions_WithAnAuthor_KeepIt()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"items":[{"version":2,"created_by":"ada"},{"version":1,"status":{"created_by":"bob","state":"completed"}},{"version":3}]}""");
        Assert.Equal(["", "ada", "bob"], (await server.Client().ListJobVersionsAsync("j1")).Value!.Select(v => v.CreatedBy));
    }

    [Fact]
    public async Task Simulator_PutTryDiffRollbackDelete_DoAsTheyAreTold()
    {
        await using var host = await SimulatorHost.StartAsync(("ChangesPerSecond", 0), ("Nodes", 20));
        await using var services = new ServiceCollection().AddLogging()
            .AddControlPlane(new ConfigurationBuilder().AddInMemoryCollection([new("ControlPlane:Url", host.Client.BaseAddress!.ToString())]).Build()).BuildServiceProvider();
        var client = services.GetRequiredService<IControlPlane>();

        Assert.True((await client.PutJobAsync(Spec, dryRun: true)).Value!.Created);
        Assert.DoesNotContain((await client.ListJobsAsync()).Value!.Items, j => j.Name == "fresh");
        var made = (await client.PutJobAsync(Spec)).Value!.Job!;
        var changed = Spec.Replace("generate", "mqtt", StringComparison.Ordinal);
        Assert.Contains("mqtt", (await client.DiffJobAsync(changed)).Value!.Diff, StringComparison.Ordinal);
        await client.PutJobAsync(changed);
        Assert.Contains("mqtt", (await client.DiffJobVersionsAsync(made.Id, 1, 2)).Value!.Diff, StringComparison.Ordinal);

        host.Pass(TimeSpan.FromSeconds(2));
        Assert.All((await client.ListJobEvaluationsAsync(made.Id)).Value!, e => Assert.StartsWith("Scheduled on ", e.Message, StringComparison.Ordinal));

        var tried = await client.RollbackJobAsync(made.Id, 1, "", dryRun: true);
        Assert.Equal((1, 2), (tried.Value!.ToVersion, (await client.GetJobAsync(made.Id)).Value!.Value.Version));
        await client.RollbackJobAsync(made.Id, 1, "bad");
        Assert.Equal(1, (await client.GetJobAsync(made.Id)).Value!.Value.Version);
        var since = (await client.GetJobHistoryAsync(made.Id)).Value![^1].At!.Value;
        Assert.NotEmpty((await client.GetJobHistoryAsync(made.Id, since: since)).Value!);
        Assert.Empty((await client.GetJobHistoryAsync(made.Id, since: since.AddSeconds(1))).Value!);

        Assert.Equal(ControlPlaneError.Conflict, (await client.DeleteJobAsync(made.Id, force: false, "")).Failure?.Error);
        Assert.True((await client.DeleteJobAsync(made.Id, force: true, "gone")).Succeeded);
        Assert.Equal(ControlPlaneError.NotFound, (await client.GetJobAsync(made.Id)).Failure?.Error);
        Assert.NotEqual(made.Id, (await client.PutJobAsync(Spec)).Value!.Job!.Id);
    }
}
