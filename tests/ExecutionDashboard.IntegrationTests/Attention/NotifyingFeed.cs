using System.Net;
using System.Net.Http.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>A feed as a process of its own that tells receivers of problems; the test is the dashboard that reports them. Killed and started again, it keeps its change log.</summary>
internal sealed class NotifyingFeed : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = SharedKey.NewClient();
    private readonly Dictionary<string, string> _settings;
    private readonly List<string> _outputs = [];
    private PartProcess? _process;
    private long _sequence;

    private NotifyingFeed(Dictionary<string, string> settings) => _settings = settings;

    /// <summary>All that its processes printed.</summary>
    public string Output => string.Concat(_outputs) + _process?.Output;

    public static async Task<NotifyingFeed> StartAsync(params (string Name, string Value)[] settings)
    {
        var feed = new NotifyingFeed(settings.ToDictionary(s => s.Name, s => s.Value));
        await feed.StartAgainAsync();
        return feed;
    }

    /// <summary>Starts it again after it was killed.</summary>
    public async Task StartAgainAsync()
    {
        _process = await PartProcess.StartAsync(new Dictionary<string, string>(_settings)
        {
            ["Roles"] = "Feed", ["ControlPlane:Url"] = "http://127.0.0.1:1", ["Storage:ConnectionString"] = _folder["fleet.db"], [SharedKey.Setting] = SharedKey.Value,
        }, _folder.Path);
        await Eventually.HoldsAsync(async () =>
        {
            using var reply = await _http.GetAsync(new Uri(_process.Address, FeedContract.ProblemsPath.TrimStart('/')));
            return reply.IsSuccessStatusCode ? null : await reply.Content.ReadAsStringAsync();
        });
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        await _process!.KillAsync();
        _outputs.Add(_process.Output);
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Reports that these problems are open, and no others.</summary>
    public async Task ReportAsync(params Problem[] open)
    {
        using var reply = await _http.PostAsJsonAsync(new Uri(_process!.Address, FeedContract.ProblemsPath.TrimStart('/')), new ProblemReport("tests", ++_sequence, open), FeedContract.Json);
        Assert.True(reply.StatusCode == HttpStatusCode.NoContent, await reply.Content.ReadAsStringAsync());
    }

    /// <summary>Its metrics.</summary>
    public Task<string> ScrapeAsync() => _http.GetStringAsync(new Uri(_process!.Address, "metrics"));

    /// <summary>A problem.</summary>
    public static Problem Problem(string id, ProblemSeverity severity = ProblemSeverity.Warning, int nodes = 1) => new()
    {
        Id = id, Cause = ProblemCause.Outage, Severity = severity, Since = TimeProvider.System.GetUtcNow(), Summary = $"{id} is wrong", Nodes = nodes,
        Evidence = [new("The nodes lost contact", "change log")],
    };

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }
}
