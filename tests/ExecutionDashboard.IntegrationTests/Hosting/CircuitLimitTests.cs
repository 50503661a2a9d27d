using System.Net;
using ExecutionDashboard.IntegrationTests.Circuits;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>One client cannot use up the dashboard: real tabs of a real process, a hundred more than allowed.</summary>
public sealed class CircuitLimitTests : IAsyncLifetime
{
    private const int Allowed = 4, Refused = 100;
    private const string Page = "executions?sort=-created";
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private PartProcess _program = null!;

    public async Task InitializeAsync()
    {
        _program = await PartProcess.StartAsync(new Dictionary<string, string>
        {
            ["Simulator:Database"] = "", ["Simulator:ChangesPerSecond"] = "20", ["Storage:ConnectionString"] = _folder["fleet.db"],
            ["Limits:CircuitsPerAddress"] = $"{Allowed}", ["Limits:DisconnectedCircuits"] = "0",
        }, _folder.Path);
        await Eventually.ContainsAsync(() => _http.GetStringAsync(new Uri(_program.Address, "health/ready")), "\"description\":\"live\"", 40);
    }

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Open_MoreTabsOfOneClientThanAllowed_AreRefusedWithAPageWhileOthersKeepTheirTicks()
    {
        await using var elsewhere = new CountingProxy(_program.Address, IPAddress.Parse("127.0.0.2"));
        await using var other = await Circuit.OpenAsync(_http, elsewhere.Address, Page, _ => { }, _ => { });
        var document = await _http.GetStringAsync(new Uri(_program.Address, Page));

        // All at once, with a document from before: the limit holds at the connection, too.
        var tabs = (await Task.WhenAll(Enumerable.Range(0, Allowed + Refused).Select(_ => TryOpenAsync(document)))).OfType<Circuit>().ToList();
        using var page = await AskAsync("text/html");
        using var line = await AskAsync("*/*");
        var (html, text) = (await page.Content.ReadAsStringAsync(), await line.Content.ReadAsStringAsync());

        Assert.Equal(Allowed, tabs.Count);
        Assert.All(tabs, tab => Assert.True(tab.IsOpen));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"limit of {Allowed} open tabs from one address", html, StringComparison.Ordinal);
        Assert.Contains("Limits:CircuitsPerAddress", html, StringComparison.Ordinal);
        Assert.NotNull(page.Headers.RetryAfter);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/plain"), (line.StatusCode, line.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"limit of {Allowed} open tabs from one address", text, StringComparison.Ordinal);
        var met = await MetAsync("circuits_per_address");
        Assert.True(met >= Refused + 2, $"{met}");
        var before = other.Batches;
        await Eventually.HoldsAsync(() => Task.FromResult(other.Batches > before + 2 ? null : "the other viewer gets no renders"));
        Assert.Equal(0, other.Errors);

        // A tab that is closed makes room.
        await tabs[0].DisposeAsync();
        await Eventually.HoldsAsync(async () =>
        {
            using var again = await AskAsync("text/html");
            return again.IsSuccessStatusCode ? null : $"status {again.StatusCode}";
        });
        await using var next = await Circuit.OpenAsync(_http, _program.Address, Page, _ => { }, _ => { });
        Assert.True(next.IsOpen);
        foreach (var tab in tabs.Skip(1)) await tab.DisposeAsync();
    }

    private async Task<Circuit?> TryOpenAsync(string document)
    {
        try
        {
            return await Circuit.OpenAsync(_http, _program.Address, Page, document, _ => { }, _ => { });
        }
        catch (Exception e) when (Circuit.IsRefusal(e))
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> AskAsync(string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_program.Address, Page));
        request.Headers.Accept.ParseAdd(accept);
        return await _http.SendAsync(request);
    }

    private async Task<double> MetAsync(string limit) => (await _http.GetStringAsync(new Uri(_program.Address, "metrics"))).Split('\n')
        .Where(l => l.StartsWith("dashboard_limit_met_total{", StringComparison.Ordinal) && l.Contains($"limit=\"{limit}\"", StringComparison.Ordinal))
        .Sum(l => double.Parse(l.Split("} ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
}
