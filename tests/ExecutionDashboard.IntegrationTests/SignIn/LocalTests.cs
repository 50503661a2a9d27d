using System.Net;
using System.Text.RegularExpressions;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.SignIn;

/// <summary>The one-time link, and what starts without one.</summary>
public sealed partial class LocalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Link_FromTheLog_SignsOneBrowserInOnceAndTheNextIsPrinted()
    {
        await using var program = await PartProcess.StartAsync(Settings(("Auth:Mode", "Local")), _folder.Path);
        await Eventually.ContainsAsync(() => Task.FromResult(program.Output), "signin/link");
        using var first = new Person(program.Address);
        using var second = new Person(program.Address);
        var link = Links(program)[0];

        using (var looks = await second.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, link))) Assert.Equal(HttpStatusCode.Forbidden, looks.StatusCode);
        using var page = await first.Http.GetAsync(link);
        using var again = await second.Http.GetAsync(link);

        Assert.Contains("<span class=\"quiet\">admin</span>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
        Assert.Equal("/signin", (await second.Http.GetAsync("nodes")).RequestMessage!.RequestUri!.AbsolutePath);
        await Eventually.HoldsAsync(() => Task.FromResult(Links(program).Count > 1 ? null : "no second link"));
        using var other = await second.Http.GetAsync(Links(program)[1]);
        Assert.Equal("/", other.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Start_BeyondThisMachineWithoutAMode_EndsInOneLineThatNamesTheSettings()
    {
        var (code, _, errors) = await PartProcess.RunToEndAsync(Settings(("ASPNETCORE_URLS", "http://0.0.0.0:0")), _folder.Path);

        Assert.Equal(1, code);
        Assert.StartsWith("The dashboard cannot start: It would listen beyond this machine (http://0.0.0.0:0)", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("Auth:Mode", errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<Uri> Links(PartProcess program) => [.. Link().Matches(program.Output).Select(link => new Uri(link.Value))];

    private Dictionary<string, string> Settings(params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string> { ["Simulator:Database"] = "", ["Simulator:ChangesPerSecond"] = "0", ["Storage:ConnectionString"] = Path.Combine(_folder["data"], "fleet.db") };
        foreach (var (key, value) in more) settings[key] = value;
        return settings;
    }

    [GeneratedRegex(@"http://\S+/signin/link\?token=[0-9a-f]{40}")]
    private static partial Regex Link();
}
