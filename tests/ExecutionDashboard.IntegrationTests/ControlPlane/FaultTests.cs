using System.Net;
using System.Net.Sockets;
using ExecutionDashboard.ControlPlane;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>Errors of servers and networks: each becomes a result with a message, and nothing throws.</summary>
public class FaultTests
{
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
        var failure = await ServerUnderTest.FailureOf(server.Client().GetNodeAsync("n1"));
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
        Assert.Equal(message, (await ServerUnderTest.FailureOf(server.Client().GetNodeAsync("n1"))).Message);
    }

    [Fact]
    public async Task ListJobsAsync_NoSuchRoute_AsksWhetherTheAddressIsRight()
    {
        await using var server = await ServerUnderTest.StartAsync("404 page not found", 404);
        var failure = await ServerUnderTest.FailureOf(server.Client().ListJobsAsync());
        Assert.Equal(ControlPlaneError.NotOffered, failure.Error);
        Assert.Contains("ControlPlane:Url", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetNodeAsync_EndlessErrorMessage_IsCut()
    {
        await using var server = await ServerUnderTest.StartAsync($$"""{"message":"{{new string('x', 100_000)}}"}""", 400);
        Assert.EndsWith("…", (await ServerUnderTest.FailureOf(server.Client().GetNodeAsync("n1"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCall_NobodyListens_IsUnreachable()
    {
        // Bound but not listening: the port is refused and nobody else can take it meanwhile.
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)reserved.LocalEndPoint!).Port;
        await using var server = await ServerUnderTest.StartAsync("{}");
        var client = server.Client(ServerUnderTest.On(new AdvancingTime()), ("Url", $"http://127.0.0.1:{port}"));
        var failure = await ServerUnderTest.FailureOf(client.ListNodesAsync());
        Assert.Equal((ControlPlaneError.Unreachable, (int?)null), (failure.Error, failure.Status));
        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ControlPlaneError.Unreachable, (await ServerUnderTest.FailureOf(client.StopJobAsync("j", ""))).Error);
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
        var call = server.Client(ServerUnderTest.On(time), ("RequestTimeout", "00:00:15")).ListNodesAsync();
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(15));
        var failure = await ServerUnderTest.FailureOf(call);
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
        var call = server.Client(ServerUnderTest.On(time)).ListNodesAsync();
        await half.Task;
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(ControlPlaneError.Unreachable, (await ServerUnderTest.FailureOf(call)).Error);
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
        Assert.Equal(ControlPlaneError.Unreachable, (await ServerUnderTest.FailureOf(server.Client().ListNodesAsync())).Error);
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
        var failure = await ServerUnderTest.FailureOf(server.Client().ListNodesAsync());
        Assert.Equal(ControlPlaneError.Unexpected, failure.Error);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
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
        var refused = await ServerUnderTest.FailureOf(client.GetJobAsync("viewed"));
        var stop = await client.StopJobAsync("other", "");
        var watched = await watching.GetJobAsync("watched");

        Assert.Contains("ControlPlane:MaxConcurrentRequests", refused.Message, StringComparison.Ordinal);
        Assert.True(stop.Succeeded);
        Assert.True(watched.Succeeded);
        Assert.Equal(atOnce, reads);
        end.SetResult();
        Assert.All(await Task.WhenAll(asked), result => Assert.True(result.Succeeded));
    }

    private static async Task NeverAsync(CancellationToken stopped) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
