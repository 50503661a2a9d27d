using System.Net;
using System.Net.Http.Headers;
using ExecutionDashboard.ControlPlane;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace ExecutionDashboard.Tests.ControlPlane.Http;

/// <summary>A server that offers ETags sends a list once, until it changes.</summary>
public sealed class UnchangedRepliesTests
{
    [Fact]
    public async Task List_ServerHasTheSame_IsReadFromTheReplyThatIsKept()
    {
        var server = new Tagging();
        var client = Client(server);

        Assert.Equal("running", await StateAsync(client));
        Assert.Equal("running", await StateAsync(client));
        server.State = "failed";
        Assert.Equal("failed", await StateAsync(client));
        Assert.Equal("failed", await StateAsync(client));

        Assert.Equal([200, 304, 200, 304], server.Answers);
    }

    [Fact]
    public async Task List_ServerWithoutTags_IsAskedAsBefore()
    {
        var server = new Tagging { HasTags = false };
        var client = Client(server);

        await StateAsync(client);
        await StateAsync(client);

        Assert.Equal([200, 200], server.Answers);
    }

    [Fact]
    public async Task List_LaterPages_AreNotKept()
    {
        var server = new Tagging();
        var client = Client(server);

        for (var i = 0; i < 2; i++) await ContractTests.Value(client.ListExecutionsAsync(new() { PageToken = "next" }));

        Assert.Equal([200, 200], server.Answers);
    }

    private static async Task<string> StateAsync(IControlPlane client) => (await ContractTests.Value(client.ListExecutionsAsync(new() { Limit = 5 }))).Items[0].Actual.State.Name;

    private static IControlPlane Client(HttpMessageHandler server)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddControlPlane(new ConfigurationBuilder().AddInMemoryCollection([new("ControlPlane:Url", "http://canned.invalid")]).Build());
        services.ConfigureAll<HttpClientFactoryOptions>(options => options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = server));
        return services.BuildServiceProvider().GetRequiredService<IControlPlane>();
    }

    private sealed class Tagging : HttpMessageHandler
    {
        public string State { get; set; } = "running";
        public bool HasTags { get; init; } = true;
        public List<int> Answers { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var tag = new EntityTagHeaderValue($"\"{State}\"", isWeak: true);
            var same = HasTags && request.Headers.IfNoneMatch.Contains(tag);
            var reply = new HttpResponseMessage(same ? HttpStatusCode.NotModified : HttpStatusCode.OK) { RequestMessage = request };
            if (!same) reply.Content = new StringContent("""{"items":[{"id":"e1","status":{"observed_state":{"state_type":"STATE"}}}],"next_token":""}""".Replace("STATE", State, StringComparison.Ordinal), null, "application/json");
            if (HasTags) reply.Headers.ETag = tag;
            Answers.Add((int)reply.StatusCode);
            return Task.FromResult(reply);
        }
    }
}
