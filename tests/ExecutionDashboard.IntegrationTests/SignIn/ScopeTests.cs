using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ExecutionDashboard.IntegrationTests.Circuits;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Situations;

namespace ExecutionDashboard.IntegrationTests.SignIn;

/// <summary>The whole program behind a proxy that names people, and a fleet of two teams: what one team sees, over HTTP and over circuits, has nothing of the other.</summary>
public sealed class ScopeTests(ScopeTests.TwoTeams teams) : IClassFixture<ScopeTests.TwoTeams>
{
    private const string UserHeader = "X-Test-User", RolesHeader = "X-Test-Groups";

    // In every text of the other team: ids, names, labels, messages.
    private const string Canary = "zebra";

    private static readonly string[] Pages =
    [
        "", "attention", "executions", "executions?q=zebra", "executions/cow-e1", "nodes", "nodes/cow-n1", "nodes/shared-n", "jobs", "jobs/cow-j", "deployments", "deployments/cow-d", "specs", "timeline",
    ];

    /// <summary>The program, and its control plane.</summary>
    public sealed class TwoTeams : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();
        private SituationServer _server = null!;
        private PartProcess _program = null!;

        internal HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

        internal Uri Address => _program.Address;

        public async Task InitializeAsync()
        {
            _server = await SituationServer.StartAsync("deployment");
            foreach (var team in (string[])["cow", Canary])
            {
                _server.Put("jobs", $$$"""{"id":"{{{team}}}-j","name":"{{{team}}}-job","namespace":"{{{team}}}s","type":"pipeline","version":1,"labels":{"team":"{{{team}}}"},"spec":{"name":"{{{team}}}-job","type":"pipeline","config":{"note":"{{{team}}}"}},"status":{"state":"running"}}""");
                _server.Put("nodes", $$$"""{"id":"{{{team}}}-n1","spec":{"name":"{{{team}}}-node","labels":{"herd":"{{{team}}}"} },"status":{"connection_state":"connected"}}""");
                _server.Put("deployments", $$$"""{"id":"{{{team}}}-d","job_id":"{{{team}}}-j","namespace":"{{{team}}}s","type":"create","to_version":1,"status":{"state":"in_progress","message":"{{{team}}} wave","total_nodes":2,"started_at":"now-90s"}}""");
                foreach (var (i, node, state) in ((int, string, string)[])[(1, $"{team}-n1", "failed"), (2, "shared-n", "running")])
                    _server.Put("executions", $$$"""{"id":"{{{team}}}-e{{{i}}}","job_id":"{{{team}}}-j","job_version":1,"namespace":"{{{team}}}s","node_id":"{{{node}}}","deployment_id":"{{{team}}}-d","desired_state":{"state":"running"},"compute_state":{"state":"{{{state}}}","message":"{{{team}}} says {{{state}}}"},"created_at":"now-5min","updated_at":"now-4min"}""");
            }
            _server.Put("nodes", """{"id":"shared-n","spec":{"name":"shared-node","labels":{"site":"both"}},"status":{"connection_state":"connected"}}""");
            _program = await PartProcess.StartAsync(new Dictionary<string, string>
            {
                ["ControlPlane:Url"] = _server.Address.ToString().TrimEnd('/'), ["ControlPlane:PollInterval"] = "00:00:00.2", ["Roles"] = "Dashboard,Feed", ["Storage:ConnectionString"] = _folder["fleet.db"],
                ["Auth:Mode"] = "Proxy", ["Auth:ProxyHeader"] = UserHeader, ["Auth:ProxyRolesHeader"] = RolesHeader, ["Dashboard:TrustedProxies"] = "127.0.0.1",
                ["Auth:Roles:Viewer"] = $"all; cows: namespace=cows; zebras: namespace={Canary}s; shared: site=both", ["Auth:Roles:Operator"] = "cow-operators: namespace=cows",
            }, _folder.Path);
            Http.BaseAddress = _program.Address;
            // Nodes come by themselves, and this part is made of their labels.
            await Eventually.HoldsAsync(async () => Rows((await GetAsync("export/executions.csv", "all")).Text) == 4 && Rows((await GetAsync("export/executions.csv", "shared")).Text) == 2 ? null : "the fleet is not there");
        }

        internal async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, string group)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { UserHeader, group }, { RolesHeader, group } } };
            using var reply = await Http.SendAsync(request);
            return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
        }

        public async Task DisposeAsync()
        {
            Http.Dispose();
            await _program.DisposeAsync();
            await _server.DisposeAsync();
            _folder.Dispose();
        }
    }

    [Theory]
    [InlineData("all", 4, 4)]
    [InlineData("cows", 2, 0)]
    [InlineData("zebras", 2, 4)]
    [InlineData("shared", 2, 2)]
    [InlineData("cow-operators", 2, 0)]
    public async Task Export_EachPart_HasItsExecutions(string group, int executions, int ofTheOther)
    {
        foreach (var format in (string[])["csv", "json"])
        {
            var (status, text) = await teams.GetAsync($"export/executions.{format}", group);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal(executions, Rows(text));
            Assert.Equal(ofTheOther > 0, text.Contains(Canary, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Ask_WhatTheOtherTeamHas_IsAnsweredAsWhatDoesNotExist()
    {
        foreach (var path in (string[])["executions/{0}-e1", "jobs/{0}-j", "nodes/{0}-n1", "deployments/{0}-d", "export/spec?of=job:{0}-j", "export/spec?of=execution:{0}-e1", "export/executions.csv?job={0}-j"])
        {
            var (there, none) = (await teams.GetAsync(string.Format(null, path, Canary), "cows"), await teams.GetAsync(string.Format(null, path, "lions"), "cows"));
            Assert.Equal(none.Status, there.Status);
            if (path.StartsWith("export", StringComparison.Ordinal)) Assert.Equal(none.Text.Replace("lions", "", StringComparison.Ordinal), there.Text.Replace(Canary, "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Pages_OverCircuits_HaveNothingOfTheOtherTeam()
    {
        foreach (var page in Pages)
        {
            var (_, markup) = await teams.GetAsync(page, "cows");
            var (text, hasOwn) = await ReadAsync(page, markup, "cows");
            // What was asked for comes back, and is no news.
            var told = (markup + text).Replace("q=zebra", "", StringComparison.Ordinal);
            if (page.Contains(Canary, StringComparison.Ordinal)) continue;
            Assert.False(told.Contains(Canary, StringComparison.OrdinalIgnoreCase), $"'{page}' tells of the other team: …{Around(told)}…");
            Assert.True(hasOwn, $"'{page}' shows nothing at all");
        }
    }

    private static int Rows(string text) => text.Split('\n').Count(line => line.Contains("-e1", StringComparison.Ordinal) || line.Contains("-e2", StringComparison.Ordinal));

    private static string Around(string text) => text.IndexOf(Canary, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 80)] : "";

    // All that a circuit draws until it has drawn something of the fleet, and a while of changes after that.
    private async Task<(string Text, bool HasOwn)> ReadAsync(string page, string markup, string group)
    {
        var drawn = new ConcurrentQueue<string>();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { DefaultRequestHeaders = { { UserHeader, group }, { RolesHeader, group } } };
        await using var circuit = await Circuit.OpenAsync(http, teams.Address, page, markup, bytes => drawn.Enqueue(Encoding.Latin1.GetString(bytes)), drawn.Enqueue, options =>
        {
            options.Headers[UserHeader] = group;
            options.Headers[RolesHeader] = group;
        });
        bool HasOwn() => markup.Contains("cow", StringComparison.Ordinal) || drawn.Any(text => text.Contains("cow", StringComparison.Ordinal) || text.Contains("shared", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => Task.FromResult(circuit.Batches >= 2 && HasOwn() ? null : $"'{page}' has drawn {circuit.Batches} times"));
        Assert.Equal(0, circuit.Errors);
        return (string.Join('\n', drawn), HasOwn());
    }
}
