using System.Net;
using System.Net.Sockets;
using System.Text;
using ExecutionDashboard.ControlPlane;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>Servers and networks at their worst: every fault is a result with a message, and nothing throws.</summary>
public class FaultTests
{
    private static async Task<ControlPlaneFailure> FailureOf<T>(Task<ControlPlaneResult<T>> call)
    {
        var result = await call;
        Assert.False(result.Succeeded);
        Assert.InRange(result.Failure.Message.Length, 1, 500);
        return result.Failure;
    }

    [Theory]
    [InlineData(400, ControlPlaneError.Invalid)]
    [InlineData(401, ControlPlaneError.Unauthorized)]
    [InlineData(403, ControlPlaneError.Forbidden)]
    [InlineData(404, ControlPlaneError.NotFound)]
    [InlineData(405, ControlPlaneError.NotOffered)]
    [InlineData(409, ControlPlaneError.Conflict)]
    [InlineData(418, ControlPlaneError.Unexpected)]
    [InlineData(422, ControlPlaneError.Invalid)]
    [InlineData(501, ControlPlaneError.NotOffered)]
    [InlineData(302, ControlPlaneError.Unexpected)]
    public async Task GetNodeAsync_ErrorStatus_BecomesItsKindWithTheServersMessage(int status, ControlPlaneError error)
    {
        await using var server = await ServerUnderTest.StartAsync("""{"message":"node n1 is\nnot well"}""", status);
        var failure = await FailureOf(server.Client().GetNodeAsync("n1"));
        Assert.Equal((error, status), (failure.Error, failure.Status));
        if (status != 302) Assert.Equal("node n1 is not well", failure.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"error":"bad"}""", "bad")]
    [InlineData("""{"error":{"message":"worse"}}""", "worse")]
    [InlineData("\"plain\"", "plain")]
    [InlineData("404 page not found", "The server answered 404: 404 page not found")]
    [InlineData("{}", "The server answered 404 Not Found.")]
    [InlineData("", "The server answered 404 Not Found.")]
    [InlineData("<html>nginx</html>", "The server answered HTML instead of JSON (status 404).")]
    public async Task GetNodeAsync_ErrorBodyOfAnyForm_GivesOneLine(string body, string message)
    {
        await using var server = await ServerUnderTest.StartAsync(body, 404);
        Assert.Equal(message, (await FailureOf(server.Client().GetNodeAsync("n1"))).Message);
    }

    [Fact]
    public async Task ListJobsAsync_NoSuchRoute_AsksWhetherTheAddressIsRight()
    {
        await using var server = await ServerUnderTest.StartAsync("404 page not found", 404);
        var failure = await FailureOf(server.Client().ListJobsAsync());
        Assert.Equal(ControlPlaneError.NotOffered, failure.Error);
        Assert.Contains("ControlPlane:Url", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetNodeAsync_EndlessErrorMessage_IsCut()
    {
        await using var server = await ServerUnderTest.StartAsync($$"""{"message":"{{new string('x', 100_000)}}"}""", 400);
        Assert.EndsWith("…", (await FailureOf(server.Client().GetNodeAsync("n1"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCall_NobodyListens_IsUnreachable()
    {
        // Bound but not listening: the port is refused and nobody else can take it meanwhile.
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)reserved.LocalEndPoint!).Port;
        await using var server = await ServerUnderTest.StartAsync("{}");
        var client = server.Client(More(new AdvancingTime()), ("Url", $"http://127.0.0.1:{port}"));
        var failure = await FailureOf(client.ListNodesAsync());
        Assert.Equal((ControlPlaneError.Unreachable, (int?)null), (failure.Error, failure.Status));
        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ControlPlaneError.Unreachable, (await FailureOf(client.StopJobAsync("j", ""))).Error);
    }

    [Fact]
    public async Task AnyCall_NoAnswer_EndsAfterTheRequestTimeout()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ServerUnderTest? self = null;
        await using var server = self = await ServerUnderTest.StartAsync(async _ =>
        {
            asked.TrySetResult();
            await NeverAsync(self!.Stopped);
        });
        var time = new FakeTimeProvider();
        var call = server.Client(More(time), ("RequestTimeout", "00:00:15")).ListNodesAsync();
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(15));
        var failure = await FailureOf(call);
        Assert.Equal(ControlPlaneError.Unreachable, failure.Error);
        Assert.Contains("within 15 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCall_ReplyStopsHalfWay_EndsAfterTheRequestTimeout()
    {
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ServerUnderTest? self = null;
        await using var server = self = await ServerUnderTest.StartAsync(async context =>
        {
            await context.Response.WriteAsync("""{"items":[""");
            await context.Response.Body.FlushAsync();
            half.TrySetResult();
            await NeverAsync(self!.Stopped);
        });
        var time = new FakeTimeProvider();
        var call = server.Client(More(time)).ListNodesAsync();
        await half.Task;
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(ControlPlaneError.Unreachable, (await FailureOf(call)).Error);
    }

    [Fact]
    public async Task AnyCall_CallerCancels_ThrowsForThatTokenOnly()
    {
        ServerUnderTest? self = null;
        using var cancel = new CancellationTokenSource();
        await using var server = self = await ServerUnderTest.StartAsync(async _ =>
        {
            await cancel.CancelAsync();
            await NeverAsync(self!.Stopped);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Client().ListNodesAsync(cancel: cancel.Token));
    }

    [Fact]
    public async Task ListNodesAsync_ConnectionBreaksInTheReply_IsUnreachable()
    {
        await using var server = await ServerUnderTest.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"items":[""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        Assert.Equal(ControlPlaneError.Unreachable, (await FailureOf(server.Client().ListNodesAsync())).Error);
    }

    [Theory]
    [InlineData("""{"items":[{"id":"a"}""", "not JSON, or ends too early")]
    [InlineData("", "empty body")]
    [InlineData("<!DOCTYPE html><p>Sign in</p>", "HTML instead of JSON (status 200)")]
    [InlineData("OK", "not JSON")]
    [InlineData("""{"status":"fine"}""", "not the list of nodes")]
    public async Task ListNodesAsync_NotWhatWasAskedFor_IsUnexpectedAndSaysWhat(string body, string message)
    {
        await using var server = await ServerUnderTest.StartAsync(body);
        var failure = await FailureOf(server.Client().ListNodesAsync());
        Assert.Equal(ControlPlaneError.Unexpected, failure.Error);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListNodesAsync_SaysItIsHundredMegabytes_IsNotRead()
    {
        await using var server = await ServerUnderTest.StartAsync(context =>
        {
            context.Response.ContentLength = 100 * 1024 * 1024;
            return SpacesAsync(context, 100 * 1024 * 1024);
        });
        await AssertTooLongAsync(server);
    }

    [Fact]
    public async Task ListNodesAsync_EndlessReply_StopsAtTheLimit()
    {
        await using var server = await ServerUnderTest.StartAsync(context => SpacesAsync(context, long.MaxValue));
        await AssertTooLongAsync(server);
    }

    private static async Task AssertTooLongAsync(ServerUnderTest server)
    {
        var failure = await FailureOf(server.Client(("MaxResponseBytes", "1000000")).ListNodesAsync());
        Assert.Equal(ControlPlaneError.Unexpected, failure.Error);
        Assert.Contains("1000000 bytes (ControlPlane:MaxResponseBytes)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetJobAsync_LongReply_HasALimitOfItsOwn()
    {
        await using var server = await ServerUnderTest.StartAsync(context => SpacesAsync(context, long.MaxValue));

        var failure = await FailureOf(server.Client().GetJobAsync("j1"));

        Assert.Contains("1048576 bytes (ControlPlane:MaxObjectBytes)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetJobAsync_MoreThanHaveATurn_WaitOrAreToldAndCommandsAndTheWatcherPass()
    {
        const int atOnce = 2, waiting = 16 * atOnce;
        var (reads, arrived, end) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await ServerUnderTest.StartAsync(async context =>
        {
            if (context.Request.Path.Value!.Contains("/jobs/viewed", StringComparison.Ordinal))
            {
                if (Interlocked.Increment(ref reads) == atOnce) arrived.SetResult();
                await end.Task;
            }
            await context.AnswerAsync("""{"job":{"id":"viewed","name":"x"},"items":[]}""");
        });
        var (client, watching) = server.Clients(("MaxConcurrentRequests", $"{atOnce}"));

        var asked = Enumerable.Range(0, atOnce + waiting).Select(_ => client.GetJobAsync("viewed")).ToArray();
        await arrived.Task;
        var refused = await FailureOf(client.GetJobAsync("viewed"));
        var stop = await client.StopJobAsync("other", "");
        var watched = await watching.GetJobAsync("watched");

        Assert.Contains("ControlPlane:MaxConcurrentRequests", refused.Message, StringComparison.Ordinal);
        Assert.True(stop.Succeeded);
        Assert.True(watched.Succeeded);
        Assert.Equal(atOnce, reads);
        end.SetResult();
        Assert.All(await Task.WhenAll(asked), result => Assert.True(result.Succeeded));
    }

    private static async Task SpacesAsync(HttpContext context, long size)
    {
        var block = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
        for (var sent = 0L; sent < size && !context.RequestAborted.IsCancellationRequested; sent += block.Length)
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
    }

    [Fact]
    public async Task ListNodesAsync_SmallReplyThatUnpacksToALot_StopsAtTheLimit()
    {
        await using var server = await ServerUnderTest.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new System.IO.Compression.GZipStream(context.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            await gzip.WriteAsync(new byte[5_000_000], context.RequestAborted);
        });
        var failure = await FailureOf(server.Client(("MaxResponseBytes", "1000000")).ListNodesAsync());
        Assert.Contains("ControlPlane:MaxResponseBytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListNodesAsync_FailsOnceThenWorks_IsRetried()
    {
        var number = 0;
        await using var server = await ServerUnderTest.StartAsync(context =>
            Interlocked.Increment(ref number) == 1 ? context.AnswerAsync("", 503) : context.AnswerAsync("""{"items":[{"id":"n"}]}"""));
        var result = await server.Client(More(new AdvancingTime())).ListNodesAsync();
        Assert.Single(result.Value!.Items);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task ListNodesAsync_FailsAlways_IsAskedThreeTimes()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"message":"database is down"}""", 500);
        var failure = await FailureOf(server.Client(More(new AdvancingTime())).ListNodesAsync());
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
        Assert.True((await server.Client(More(time)).ListNodesAsync()).Succeeded);
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
        var failure = await FailureOf(server.Client().ListNodesAsync());
        Assert.Equal(TimeSpan.FromSeconds(120), failure.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Commands_ServerFails_AreNeverSentTwice()
    {
        await using var server = await ServerUnderTest.StartAsync("", 503);
        var client = server.Client(More(new AdvancingTime()));
        await FailureOf(client.StopExecutionAsync("e", ""));
        await FailureOf(client.StopJobAsync("j", ""));
        await FailureOf(client.RerunJobAsync("j"));
        await FailureOf(client.RollbackJobAsync("j", 1, ""));
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
        var client = server.Client(More(new AdvancingTime()));
        Assert.Equal(ControlPlaneError.Unreachable, (await FailureOf(client.StopExecutionAsync("e", ""))).Error);
        Assert.Single(server.Requests);
    }

    private static Action<IServiceCollection> More(TimeProvider time) => services => services.AddSingleton(time);

    private static async Task NeverAsync(CancellationToken stopped) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
