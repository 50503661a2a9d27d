using ExecutionDashboard.ControlPlane;
using Microsoft.AspNetCore.Http.Features;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>Reads are retried, with waits; commands never are.</summary>
public class RetryTests
{
    [Fact]
    public async Task ListNodesAsync_FailsOnceThenWorks_IsRetried()
    {
        var number = 0;
        await using var server = await ServerUnderTest.StartAsync(context =>
            Interlocked.Increment(ref number) == 1 ? context.AnswerAsync("", 503) : context.AnswerAsync("""{"items":[{"id":"n"}]}"""));
        var result = await server.Client(ServerUnderTest.On(new AdvancingTime())).ListNodesAsync();
        Assert.Single(result.Value!.Items);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task ListNodesAsync_FailsAlways_IsAskedThreeTimes()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"message":"database is down"}""", 500);
        var failure = await ServerUnderTest.FailureOf(server.Client(ServerUnderTest.On(new AdvancingTime())).ListNodesAsync());
        Assert.Equal((ControlPlaneError.Unexpected, "database is down"), (failure.Error, failure.Message));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task ListNodesAsync_ShortRetryAfter_IsWaitedFor()
    {
        var number = 0;
        var time = new AdvancingTime();
        await using var server = await ServerUnderTest.StartAsync(context =>
        {
            if (Interlocked.Increment(ref number) > 1) return context.AnswerAsync("""{"items":[]}""");
            context.Response.Headers.RetryAfter = "2";
            return context.AnswerAsync("", 429);
        });
        Assert.True((await server.Client(ServerUnderTest.On(time)).ListNodesAsync()).Succeeded);
        Assert.Contains(TimeSpan.FromSeconds(2), time.Waits);
    }

    [Fact]
    public async Task ListNodesAsync_LongRetryAfter_IsHandedToTheCaller()
    {
        await using var server = await ServerUnderTest.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "120";
            return context.AnswerAsync("", 503);
        });
        var failure = await ServerUnderTest.FailureOf(server.Client().ListNodesAsync());
        Assert.Equal(TimeSpan.FromSeconds(120), failure.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Commands_ServerFails_AreNeverSentTwice()
    {
        await using var server = await ServerUnderTest.StartAsync("", 503);
        var client = server.Client(ServerUnderTest.On(new AdvancingTime()));
        await ServerUnderTest.FailureOf(client.StopExecutionAsync("e", ""));
        await ServerUnderTest.FailureOf(client.StopJobAsync("j", ""));
        await ServerUnderTest.FailureOf(client.RerunJobAsync("j"));
        await ServerUnderTest.FailureOf(client.RollbackJobAsync("j", 1, ""));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Commands_ConnectionBreaks_AreNeverSentTwice()
    {
        await using var server = await ServerUnderTest.StartAsync(context =>
        {
            context.Features.Get<IHttpRequestLifetimeFeature>()!.Abort();
            return Task.CompletedTask;
        });
        var client = server.Client(ServerUnderTest.On(new AdvancingTime()));
        Assert.Equal(ControlPlaneError.Unreachable, (await ServerUnderTest.FailureOf(client.StopExecutionAsync("e", ""))).Error);
        Assert.Single(server.Requests);
    }
}
