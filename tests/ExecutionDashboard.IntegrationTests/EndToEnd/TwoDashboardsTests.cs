using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.IntegrationTests.Audit;
using ExecutionDashboard.IntegrationTests.Circuits;
using ExecutionDashboard.IntegrationTests.SignIn;
using ExecutionDashboard.IntegrationTests.Storage;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>Two dashboards on one feed with one database: who signed in at one is signed in at the other, and open pages of both show what was done at either or elsewhere, without being loaded again.</summary>
public sealed partial class TwoDashboardsTests : IAsyncLifetime
{
    private readonly Dictionary<string, string> _storage = new() { ["Storage:Provider"] = "PostgreSql", ["Storage:ConnectionString"] = $"{PostgresServer.Shared.ConnectionString};Search Path=two_dashboards" };
    private readonly SplitParts _parts;
    private readonly HttpClient _feed = SharedKey.NewClient();
    private PartProcess[] _dashboards = [];

    public TwoDashboardsTests() => _parts = new(new() { ["Scenario"] = "no-auto-rollback" }, new(_storage) { ["ControlPlane:PollInterval"] = "00:00:00.2" });

    public async Task InitializeAsync()
    {
        await _parts.StartSimulatorAsync();
        await _parts.StartFeedAsync();
        _feed.BaseAddress = _parts.FeedAddress;
        var settings = new Dictionary<string, string>(_storage) { ["Auth:Mode"] = "Local" };
        _dashboards = [await _parts.StartDashboardAsync(settings: settings), await _parts.StartDashboardAsync(settings: settings)];
        foreach (var dashboard in _dashboards) await _parts.StandsAsync(dashboard.Address, "live");
    }

    public async Task DisposeAsync()
    {
        _feed.Dispose();
        await _parts.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_AtOneDashboard_CountsAtTheOtherUntilTheSignOutAtEither()
    {
        using var person = await SignInAsync();
        var other = _dashboards[1].Address;

        Assert.Contains("<span class=\"quiet\">admin</span>", await person.Http.GetStringAsync(new Uri(other, "nodes")), StringComparison.Ordinal);
        await using var tab = await Tab.OpenAsync(other, "nodes", person.Cookies);
        // A balancer that does not keep people at one dashboard: a document of one, whose connection goes to the other.
        await using (var mixed = await Tab.OpenAsync(other, "executions", person.Cookies, document: _dashboards[0].Address)) await mixed.ShowsAsync("row-link");
        var cookies = person.Cookies;
        using (await person.Http.PostAsync("signout", null)) { }

        // The browser has no cookie any more; one that was copied from it opens nothing, and the tab that is open there may do nothing.
        await Eventually.HoldsAsync(async () =>
        {
            using var copied = new HttpRequestMessage(HttpMethod.Get, new Uri(other, "nodes")) { Headers = { { "Cookie", cookies } } };
            copied.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
            using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
            using var reply = await http.SendAsync(copied);
            return reply.StatusCode == HttpStatusCode.OK ? "the other dashboard still lets it in" : null;
        });
        await tab.ShowsAsync("You signed out.");
    }

    [Fact]
    public async Task Acts_WhoeverDoesThem_AreShownByOpenPagesOfBothDashboards()
    {
        using var person = await SignInAsync();
        var execution = await RunningAsync();
        await using var desk = await Desk.OpenAsync(_parts);
        var (executions, lists, runs) = (await TabsAsync($"executions/{execution}", execution), await TabsAsync("executions", "row-link"), await TabsAsync("bulk", "Bulk runs"));

        // A command: that it was sent, and what came of it.
        var operation = await desk.Stop.StopExecutionAsync(desk.Targets.See(FleetKind.Execution, execution), new("it leaks"), CancellationToken.None);
        Assert.Equal(OperationPhase.Accepted, operation.Phase);
        foreach (var tab in executions) await tab.ShowsAsync("it leaks", "Stop in effect|Stopped");

        var view = new SavedView { Id = "everyones", Page = "executions", Name = "Night shift", Query = "state=failed", Owner = "user:1", IsShared = true };
        using (var saved = await _feed.PutAsJsonAsync(FeedContract.ViewsPath, new SaveViewRequest(view), FeedContract.Json)) saved.EnsureSuccessStatusCode();
        foreach (var tab in lists) await tab.ShowsAsync("Night shift");

        var run = new BulkRun { Id = "both", Action = BulkAction.StopExecutions, StartedBy = "Ann", StartedAs = "admin", Reason = "Maintenance of rack 7", WaveSize = 2, FailureLimit = 3, Executions = 1, Nodes = 1 };
        using (var started = await _feed.PostAsJsonAsync(FeedContract.BulkPath, new BulkStart(run, [new BulkItem { Id = await RunningAsync() }]), FeedContract.Json)) started.EnsureSuccessStatusCode();
        foreach (var tab in runs) await tab.ShowsAsync("Maintenance of rack 7");

        var problem = await OpenProblemAsync();
        var problems = await TabsAsync("attention", "attention");
        using (var acknowledged = await _feed.PostAsJsonAsync(FeedContract.ProblemAcknowledgementPath(problem), new AcknowledgeRequest("Ann of the night shift"), FeedContract.Json)) acknowledged.EnsureSuccessStatusCode();
        foreach (var tab in problems) await tab.ShowsAsync("Ann of the night shift");

        foreach (var tab in executions.Concat(lists).Concat(runs).Concat(problems)) await tab.DisposeAsync();

        // The form in a document of one, sent to the other.
        var document = await person.Http.GetStringAsync(new Uri(_dashboards[0].Address, "nodes"));
        Assert.Contains("<form method=\"post\" action=\"signout\"", document, StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent(HiddenField().Matches(document).Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))));
        using var reply = await person.Http.PostAsync(new Uri(_dashboards[1].Address, "signout"), form);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Contains("Signed out here", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        async Task<IReadOnlyList<Tab>> TabsAsync(string path, string shown)
        {
            var tabs = new List<Tab>();
            foreach (var dashboard in _dashboards)
            {
                tabs.Add(await Tab.OpenAsync(dashboard.Address, path, person.Cookies));
                await tabs[^1].ShowsAsync(shown);
                tabs[^1].Forget();
            }
            return tabs;
        }
    }

    private async Task<string> OpenProblemAsync()
    {
        var id = "";
        await Eventually.HoldsAsync(async () =>
        {
            var open = await _feed.GetFromJsonAsync<ProblemList>(FeedContract.ProblemsPath, FeedContract.Json);
            id = open?.Items.FirstOrDefault()?.Problem.Id ?? "";
            return id.Length > 0 ? null : "no problem is open";
        });
        return id;
    }

    // The link of one dashboard; the cookie is for both, since a browser does not tell ports apart.
    private async Task<Person> SignInAsync()
    {
        await Eventually.ContainsAsync(() => Task.FromResult(_dashboards[0].Output), "signin/link");
        var person = new Person(_dashboards[0].Address);
        using var page = await person.Http.GetAsync(Link().Matches(_dashboards[0].Output).Last().Value);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return person;
    }

    private async Task<string> RunningAsync()
    {
        using var page = JsonDocument.Parse(await _parts.Http.GetStringAsync(new Uri(_parts.SimulatorAddress, "simulator/api/v1/executions?states=running&limit=1")));
        return page.RootElement.GetProperty("items")[0].GetProperty("id").GetString()!;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex(@"http://\S+/signin/link\?token=[0-9a-f]{40}")]
    private static partial Regex Link();
}
