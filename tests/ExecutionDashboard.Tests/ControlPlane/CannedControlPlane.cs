using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ExecutionDashboard.ControlPlane;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace ExecutionDashboard.Tests.ControlPlane;

/// <summary>The client as the product registers it, over replies that never touch a network.</summary>
internal static class CannedControlPlane
{
    /// <summary>Every request gets this text.</summary>
    public static IControlPlane Answering(string json) => Answering(_ => json);

    /// <summary>Every request gets the bytes of a file under <c>Fixtures/recorded</c>.</summary>
    public static IControlPlane AnsweringFile(string name) => Answering(Fixture(name));

    /// <summary>Each request gets the text that its path and query are answered with.</summary>
    public static IControlPlane Answering(Func<string, string> answer) => AnsweringBytes(target => Encoding.UTF8.GetBytes(answer(target)));

    /// <summary>The same in bytes.</summary>
    public static IControlPlane AnsweringBytes(Func<string, byte[]> answer)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        var settings = new Dictionary<string, string?> { ["ControlPlane:Url"] = "http://canned.invalid" };
        services.AddControlPlane(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.ConfigureAll<HttpClientFactoryOptions>(options =>
            options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = new Canned(answer)));
        return services.BuildServiceProvider().GetRequiredService<IControlPlane>();
    }

    public static string Fixture(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "recorded", name));

    private sealed class Canned(Func<string, byte[]> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new ByteArrayContent(answer(request.RequestUri!.PathAndQuery["/api/v1".Length..]));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
        }
    }
}
