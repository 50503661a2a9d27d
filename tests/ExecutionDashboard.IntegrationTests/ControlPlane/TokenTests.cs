using System.Collections.Concurrent;
using System.Text;
using ExecutionDashboard.ControlPlane;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

public class TokenTests
{
    private const string Key = "exp_ak_0123456789secret";

    private static readonly string[] TokenRoute = ["/auth/token"];

    /// <summary>A control plane with a token endpoint: tokens are numbered, and only those that <paramref name="good"/> accepts are allowed.</summary>
    private static async Task<(ServerUnderTest Server, Func<int> Exchanges)> StartAsync(Func<string, bool> good, string more = ",\"expires_in\":3600")
    {
        var exchanges = 0;
        var server = await ServerUnderTest.StartAsync(context =>
        {
            if (TokenRoute.Contains(context.Request.Path.Value))
                return context.AnswerAsync($$"""{"access_token":"jwt-secret-{{Interlocked.Increment(ref exchanges)}}"{{more}}}""");
            return good(context.Request.Headers.Authorization.ToString()["Bearer ".Length..])
                ? context.AnswerAsync("""{"items":[]}""")
                : context.AnswerAsync("""{"message":"token expired"}""", 401);
        });
        return (server, () => exchanges);
    }

    private static IControlPlane Client(ServerUnderTest server, TimeProvider? time = null) =>
        server.Client(services => services.AddSingleton(time ?? TimeProvider.System), ("ApiKey", Key), ("TokenUrl", server.Url + "/auth/token"));

    [Fact]
    public async Task AnyCall_Token_IsSentAsBearer()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"items":[]}""");
        await server.Client(("Token", "tok-1")).ListNodesAsync();
        Assert.Equal("Bearer tok-1", Assert.Single(server.Requests).Headers["Authorization"]);
    }

    [Fact]
    public async Task AnyCall_TokenIsRefused_IsNotSentAgain()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"message":"who are you"}""", 401);
        var failure = (await server.Client(("Token", "tok-1")).ListNodesAsync()).Failure!;
        Assert.Equal((ControlPlaneError.Unauthorized, "who are you"), (failure.Error, failure.Message));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task AnyCall_ApiKey_IsExchangedOnceAndOnlyTheTokenIsSentOn()
    {
        var (server, exchanges) = await StartAsync(_ => true);
        await using var _ = server;
        var client = Client(server);
        await client.ListNodesAsync();
        await client.ListJobsAsync();
        Assert.Equal(1, exchanges());
        var requests = server.Requests.ToArray();
        Assert.Equal(("POST", "/auth/token", "Bearer " + Key, ""), (requests[0].Method, requests[0].Target, requests[0].Headers["Authorization"], requests[0].Body));
        Assert.StartsWith("ExecutionDashboard/", requests[0].Headers["User-Agent"], StringComparison.Ordinal);
        Assert.All(requests[1..], r => Assert.Equal("Bearer jwt-secret-1", r.Headers["Authorization"]));
    }

    [Fact]
    public async Task ManyCalls_AtOnce_ShareOneExchange()
    {
        var (server, exchanges) = await StartAsync(_ => true);
        await using var _ = server;
        var client = Client(server);
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.ListNodesAsync()));
        Assert.All(results, r => Assert.True(r.Succeeded));
        Assert.Equal(1, exchanges());
    }

    [Theory]
    [InlineData(",\"expires_in\":3600", 3539, 3541)]
    [InlineData("", 3539, 3541)]
    [InlineData(",\"expires_in\":100", 89, 91)]
    public async Task AnyCall_TokenNearItsEnd_IsRenewedBefore(string more, int before, int after)
    {
        var (server, exchanges) = await StartAsync(_ => true, more);
        await using var _ = server;
        var time = new FakeTimeProvider();
        var client = Client(server, time);
        await client.ListNodesAsync();
        time.Advance(TimeSpan.FromSeconds(before));
        await client.ListNodesAsync();
        Assert.Equal(1, exchanges());
        time.Advance(TimeSpan.FromSeconds(after - before));
        await client.ListNodesAsync();
        Assert.Equal(2, exchanges());
    }

    [Fact]
    public async Task AnyCall_ExchangedTokenIsRefused_IsSentOnceMoreWithAFreshOne()
    {
        var (server, exchanges) = await StartAsync(token => token != "jwt-secret-1");
        await using var _ = server;
        var client = Client(server);
        Assert.True((await client.ListNodesAsync()).Succeeded);
        Assert.Equal(2, exchanges());
        Assert.Equal(["POST", "GET", "POST", "GET"], server.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task Command_ExchangedTokenIsRefused_IsSentOnceMoreWithItsBody()
    {
        var (server, _) = await StartAsync(token => token != "jwt-secret-1");
        await using var __ = server;
        Assert.True((await Client(server).StopJobAsync("j", "maintenance")).Succeeded);
        var commands = server.Requests.Where(r => r.Target.EndsWith("/stop", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, commands.Length);
        Assert.All(commands, c => Assert.Equal("""{"reason":"maintenance"}""", c.Body));
    }

    [Fact]
    public async Task AnyCall_EveryTokenIsRefused_EndsUnauthorizedAfterOneMore()
    {
        var (server, exchanges) = await StartAsync(_ => false);
        await using var _ = server;
        var failure = (await Client(server).ListNodesAsync()).Failure!;
        Assert.Equal((ControlPlaneError.Unauthorized, "token expired"), (failure.Error, failure.Message));
        Assert.Equal(2, exchanges());
    }

    [Theory]
    [InlineData(401, """{"message":"no such key"}""", ControlPlaneError.Unauthorized, "no such key")]
    [InlineData(404, "", ControlPlaneError.Unexpected, "404")]
    [InlineData(200, "{}", ControlPlaneError.Unexpected, "without a token")]
    [InlineData(200, "<html>", ControlPlaneError.Unexpected, "without a token")]
    [InlineData(200, """{"access_token":"a\r\nX: y"}""", ControlPlaneError.Unexpected, "without a token")]
    public async Task AnyCall_KeyCannotBeExchanged_SaysWhy(int status, string body, ControlPlaneError error, string message)
    {
        await using var server = await ServerUnderTest.StartAsync(body, status);
        var failure = (await Client(server).ListNodesAsync()).Failure!;
        Assert.Equal(error, failure.Error);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.All(server.Requests, r => Assert.Equal("/auth/token", r.Target));
    }

    [Fact]
    public async Task AnyCall_TokenAddressIsDown_IsUnreachableAndNamesTheSetting()
    {
        await using var server = await ServerUnderTest.StartAsync("{}");
        var failure = (await server.Client(services => services.AddSingleton<TimeProvider>(new AdvancingTime()), ("ApiKey", Key), ("TokenUrl", "http://127.0.0.1:1/token"))
            .ListNodesAsync()).Failure!;
        Assert.Equal(ControlPlaneError.Unreachable, failure.Error);
        Assert.Contains("ControlPlane:TokenUrl", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Token")]
    [InlineData("ApiKey")]
    public async Task AnyCall_WithSecrets_LeavesNoneInLogsOrMessages(string setting)
    {
        const string Secret = "sk-very-secret-value";
        await using var server = await ServerUnderTest.StartAsync(context =>
            context.Request.Path == "/auth/token"
                ? context.AnswerAsync($$"""{"access_token":"{{Secret}}-jwt"}""")
                : context.AnswerAsync($$"""{"message":"bad {{context.Request.Headers.Authorization}} given"}""", context.Request.Method == "GET" ? 401 : 500));
        var logs = new CapturingLogs();
        var client = server.Client(
            services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs)),
            (setting, Secret), ("TokenUrl", server.Url + "/auth/token"));
        var failures = new[]
        {
            (await client.ListNodesAsync()).Failure!.ToString(), (await client.StopJobAsync("j", "r")).Failure!.ToString(),
            (await client.GetStatusAsync()).Failure!.ToString(), client.Address,
        };
        Assert.Contains("[hidden]", failures[0], StringComparison.Ordinal);
        Assert.NotEmpty(logs.Lines);
        Assert.All(logs.Lines.Concat(failures), line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Token")]
    [InlineData("ApiKey")]
    public async Task AnyCall_SecretRepeatedInAnotherForm_IsHidden(string setting)
    {
        const string Secret = "Very+Secret/Value-1234567";
        string[] forms = [Secret.ToUpperInvariant(), Secret[..10], Secret[10..], Uri.EscapeDataString(Secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), Convert.ToBase64String(Encoding.UTF8.GetBytes("me:" + Secret))];
        foreach (var form in forms)
        {
            await using var server = await ServerUnderTest.StartAsync(
                context => context.AnswerAsync(context.Request.Path == "/auth/token" ? $$"""{"access_token":"{{Secret}}"}""" : $$"""{"message":"{{form}} is no token, and neither is db password=hunter2"}""", context.Request.Path == "/auth/token" ? 200 : 403));
            var message = (await server.Client((setting, Secret), ("TokenUrl", server.Url + "/auth/token")).ListNodesAsync()).Failure!.Message;
            Assert.DoesNotContain(form[1..9], message, StringComparison.Ordinal);
            Assert.EndsWith("is no token, and neither is db password=•••", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"message\":\"", "\"}")]
    [InlineData("", "")]
    public async Task AnyCall_SecretAtTheCutOfALongMessage_IsHiddenWhole(string before, string after)
    {
        const string Secret = "sk-very-secret-value";
        for (var padding = 440; padding < 505; padding += 3)
        {
            var body = before + new string('x', padding) + Secret + new string('y', 300) + after;
            await using var server = await ServerUnderTest.StartAsync(body, 403);
            var message = (await server.Client(("Token", Secret)).ListNodesAsync()).Failure!.Message;
            Assert.DoesNotContain("sk-", message, StringComparison.Ordinal);
        }
    }

    private sealed class CapturingLogs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
