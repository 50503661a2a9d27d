using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExecutionDashboard.BrowserTests.Lists;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Secrets;

/// <summary>Nothing that a browser receives contains a secret: circuit frames, documents and exports, with every page, panel and tab open.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PlantedSecretTests(Browser browser) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<(string Where, byte[] Bytes)> _received = new();
    private PlantedControlPlane _server = null!;
    private PartProcess _program = null!;
    private string _where = "";

    public async Task InitializeAsync()
    {
        _server = await PlantedControlPlane.StartAsync();
        _program = await PartProcess.StartAsync(
            new Dictionary<string, string>
            {
                ["Roles"] = "Dashboard,Feed,Simulator", ["ControlPlane:Url"] = _server.Address.ToString(), ["ControlPlane:Token"] = PlantedControlPlane.Token, ["Simulator:Database"] = "", ["Simulator:ChangesPerSecond"] = "0",
                ["Storage:ConnectionString"] = _folder["fleet.db"],
            }, _folder.Path);
        _server.Simulator = new Uri(_program.Address, "simulator/api/v1/");
        await Eventually.ContainsAsync(() => _http.GetStringAsync(new Uri(_program.Address, "health/ready")), "\"description\":\"live\"", 40);
    }

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        await _server.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task EveryFrameDocumentAndExport_OfEveryView_HoldsNoPlantedSecret()
    {
        var (execution, job, node, deployment) = await IdsAsync();
        await using var tab = await OpenAsync();
        var page = tab.Page;

        await SeeAsync("", ".problem-list a");
        await SeeAsync("attention", ".problem-table .row-link");
        await page.Locator(".problem-table .row-link").First.ClickAsync();
        await Expect(page.Locator(".problem-view .evidence li").First).ToBeVisibleAsync();
        await SeeAsync("executions?sort=message&cols=" + ExecutionColumns.ToUrl(ExecutionColumns.All), "tbody tr[data-index='0']");
        await SuggestionsAsync();
        await SeeAsync("nodes?group=api_token&cols=" + NodeColumns.ToUrl(NodeColumns.All), "tbody tr[data-index='0']");
        await SuggestionsAsync();
        await page.Locator(".map-host").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator(".map-host [role=status]")).ToContainTextAsync("api_token: •••");
        foreach (var view in new[] { "", "?tab=timeline", "?tab=spec", "?tab=raw", "?tab=logs" }) await SeeAsync($"executions/{execution}{view}", "#tabpanel > *");
        await SpecAsync($"executions/{execution}?tab=spec");
        await SeeAsync($"executions?open={execution}&tab=spec", ".panel .source");
        foreach (var view in new[] { "", "?tab=versions", "?tab=spec", "?tab=history", "?tab=logs" }) await SeeAsync($"jobs/{job}{view}", "#tabpanel > *");
        await Expect(page.Locator(".log-line").First).ToContainTextAsync("cannot log in: password=•••");
        await Expect(page.Locator(".log-status")).ToContainTextAsync("loki gone: token=•••");
        await SpecAsync($"jobs/{job}?tab=spec");
        await SeeAsync("jobs", "tbody tr");
        await SeeAsync($"nodes/{node}", ".pairs");
        await Expect(page.Locator(".page")).ToContainTextAsync("database refused password=•••");
        await SeeAsync("deployments", "tbody tr");
        await SeeAsync($"deployments/{deployment}", ".page h1");
        await OpenAllAsync();
        await SeeAsync("specs?behind=yes", ".skew-table");
        await OpenAllAsync();
        await SeeAsync($"jobs/{job}?tab=versions", ".versions summary");
        await OpenAllAsync();
        await SeeAsync("timeline?last=86400&group=label%3Aapi_token&table=yes", "canvas");
        await SeeAsync("changes?from=-1d&by=cause", "[data-loaded] .count-grid");
        await SeeAsync($"compare?left=version%3A1%3A{job}&right=version%3A2%3A{job}", ".compare");
        await CompareWithPastedAsync();
        await StopAsync();
        foreach (var path in Exports(execution, job)) Receive(path, await (await _http.GetAsync(new Uri(_program.Address, path))).Content.ReadAsByteArrayAsync());

        Assert.InRange(_received.Count, 60, int.MaxValue);
        Assert.Contains(_received, part => part.Bytes.AsSpan().IndexOf("•••"u8) >= 0);
        Assert.InRange(_server.Planted.Count, 40, int.MaxValue);
        var leaks = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var hash in await SpecHashesAsync(execution, job))
            Assert.DoesNotContain(_received, part => part.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(hash)) >= 0);
        foreach (var (place, secret) in _server.Planted.Append(new("our token", PlantedControlPlane.Token)).Append(new("our token in capitals", PlantedControlPlane.Token.ToUpperInvariant())).Append(new("our token, shortened", PlantedControlPlane.Token[..10])))
            foreach (var form in Forms(secret))
                foreach (var (where, bytes) in _received)
                    if (bytes.AsSpan().IndexOf(form) >= 0) leaks.Add($"{place} at {where}");
        Assert.True(leaks.Count == 0, "Came through:\n" + string.Join('\n', leaks));

        async Task SeeAsync(string path, string shown)
        {
            _where = path;
            await page.GotoAsync(path);
            await Expect(page.Locator(shown).First).ToBeVisibleAsync();
            Receive(path + " (document)", await _http.GetByteArrayAsync(new Uri(_program.Address, path)));
        }

        // What is folded on the page now: comparisons, specs, nodes.
        async Task OpenAllAsync()
        {
            foreach (var closed in await page.Locator(".page [aria-expanded=false]:not([aria-haspopup]), .page details:not([open]) > summary").AllAsync())
                if (await closed.IsVisibleAsync()) await closed.ClickAsync();
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(done))");
        }

        async Task SuggestionsAsync()
        {
            await (await page.FilterBoxAsync()).FillAsync("label:api");
            await Expect(page.Locator(".filter-options [role=option]").Filter(new() { HasText = "api_token" }).First).ToBeVisibleAsync();
            await page.FilterAsync("");
        }

        async Task SpecAsync(string path)
        {
            await SeeAsync(path, ".source");
            foreach (var view in new[] { "YAML", "JSON", "Readable" })
            {
                _where = $"{path} {view}";
                await page.GetByRole(AriaRole.Button, new() { Name = view, Exact = true }).ClickAsync();
                await Expect(page.Locator(".source").First).ToContainTextAsync("planted");
            }
        }

        // The right guess of every secret at once looks as a wrong one does.
        async Task CompareWithPastedAsync()
        {
            using var held = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_server.Address, $"api/v1/jobs/{job}")));
            var right = held.RootElement.GetProperty("job").GetProperty("spec").GetRawText();
            var drawn = new List<string>();
            foreach (var guess in new[] { right, _server.Planted.Values.Aggregate(right, (text, secret) => text.Replace(secret, "Wrong" + secret[..4], StringComparison.Ordinal)) })
            {
                await SeeAsync($"compare?left=job%3A{job}&right=pasted", "textarea");
                await page.Locator("textarea").EvaluateAsync("(area, text) => { area.value = text; }", guess);
                await page.GetByRole(AriaRole.Button, new() { Name = "Use it" }).ClickAsync();
                await Expect(page.Locator(".compare tr.hidden").First).ToBeVisibleAsync();
                drawn.Add(await page.Locator(".compare").InnerTextAsync() + await page.Locator(".equal").InnerTextAsync());
            }
            Assert.NotEqual(right, _server.Planted.Values.Aggregate(right, (text, secret) => text.Replace(secret, "", StringComparison.Ordinal)));
            Assert.Equal(drawn[0], drawn[1]);
        }

        async Task StopAsync()
        {
            await SeeAsync($"jobs/{job}", "#tabpanel > *");
            await page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).ClickAsync();
            await page.Locator("#stop-reason").FillAsync("To see what is said");
            await page.Locator("#stop-typed").FillAsync(await page.Locator(".execution-title h1").EvaluateAsync<string>("head => head.firstChild.textContent.trim()"));
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Stop the job") }).ClickAsync();
            await Expect(page.Locator("[data-operation=refused]")).ToContainTextAsync("database refused password=•••");
        }
    }

    private async Task<Tab> OpenAsync()
    {
        var tab = await browser.OpenAsync(_program.Address, "not-found");
        tab.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Receive(_where, frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? ""));
        return tab;
    }

    private static IEnumerable<string> Exports(string execution, string job) =>
    [
        "export/executions.csv", "export/executions.json", "export/executions.json?sort=message&q=•", "export/incident.html?from=-1d", "export/incident.json?from=-1d", "health/ready", "metrics", "feed/v1/status", $"feed/v1/executions/{execution}/history",
        .. from of in new[] { $"execution:{execution}", $"job:{job}", $"version:1:{job}" } from format in new[] { "yaml", "json" } from part in new[] { "", "&part=config" }
           select $"export/spec?of={Uri.EscapeDataString(of)}&as={format}{part}",
    ];

    // A failure, its job with more than one version, its node, and a deployment.
    private async Task<(string Execution, string Job, string Node, string Deployment)> IdsAsync()
    {
        var versions = (await ListAsync("jobs")).ToDictionary(j => j.GetProperty("id").GetString()!, j => j.GetProperty("status").GetProperty("version").GetInt32());
        var execution = (await ListAsync("executions")).First(e => versions[e.GetProperty("job_id").GetString()!] > 1 && e.GetProperty("status").GetProperty("compute_state").GetProperty("state_type").GetString() == "failed");
        return (execution.GetProperty("id").GetString()!, execution.GetProperty("job_id").GetString()!, execution.GetProperty("node_id").GetString()!, (await ListAsync("deployments"))[0].GetProperty("id").GetString()!);
    }

    // As the program takes them of what it was sent: whoever has one can try secrets until a spec has it.
    private async Task<IReadOnlyList<string>> SpecHashesAsync(string execution, string job)
    {
        using var own = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_server.Address, $"api/v1/executions/{execution}")));
        using var now = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_server.Address, $"api/v1/jobs/{job}")));
        return [SpecHash.Of(own.RootElement.GetProperty("execution").GetProperty("job_spec")), SpecHash.Of(now.RootElement.GetProperty("job").GetProperty("spec"))];
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string list)
    {
        using var page = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_server.Simulator!, list + "?limit=1000")));
        return [.. page.RootElement.GetProperty("items").EnumerateArray().Select(i => i.Clone())];
    }

    private void Receive(string where, byte[] bytes) => _received.Enqueue((where, bytes));

    // As it is, for JavaScript, in a URL, and in base64 whatever stands around it.
    private static IEnumerable<byte[]> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return bytes;
        yield return Encoding.Unicode.GetBytes(secret);
        yield return Encoding.UTF8.GetBytes(Uri.EscapeDataString(secret));
        for (var offset = 0; offset < 3; offset++) yield return Encoding.UTF8.GetBytes(Convert.ToBase64String(bytes, offset, (bytes.Length - offset) / 3 * 3));
    }
}
