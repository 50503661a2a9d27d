using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>The program with a misbehaving control plane, started once for all cases.</summary>
public sealed class WatchedLiar : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The control plane.</summary>
    public LyingControlPlane Server { get; private set; } = null!;

    /// <summary>Dashboard and feed.</summary>
    public PartProcess Program { get; private set; } = null!;

    /// <summary>For asking them.</summary>
    public HttpClient Http { get; } = SharedKey.NewClient();

    public async Task InitializeAsync()
    {
        Server = await LyingControlPlane.StartAsync();
        for (var i = 0; i < 20; i++) Server.Put($"exec-{i}", "running", 1, DateTimeOffset.UnixEpoch.AddYears(56).AddSeconds(i));
        Program = await PartProcess.StartAsync(
            new Dictionary<string, string>
            {
                ["ControlPlane:Url"] = Server.Address.ToString(), ["ControlPlane:PollInterval"] = "00:00:00.2", ["ControlPlane:SweepInterval"] = "00:00:00.5",
                ["ControlPlane:RequestTimeout"] = "00:00:01.5", ["Storage:ConnectionString"] = _folder["fleet.db"], [SharedKey.Setting] = SharedKey.Value,
            }, _folder.Path);
        await Eventually.HoldsAsync(async () => (await AllAsync()).Count >= 20 ? null : "not all are there");
    }

    public async Task DisposeAsync()
    {
        await Program.DisposeAsync();
        await Server.DisposeAsync();
        Http.Dispose();
        _folder.Dispose();
    }

    /// <summary>The dashboard's executions.</summary>
    public Task<Dictionary<string, ExecutionFacts>> AllAsync() => ExecutionFacts.OfExportAsync(Http, Program.Address);

    /// <summary>The feed's problem and its warnings.</summary>
    public async Task<string> ProblemAsync()
    {
        using var status = JsonDocument.Parse(await Http.GetStringAsync(new Uri(Program.Address, "feed/v1/status")));
        return $"{status.RootElement.GetProperty("problem").GetString()} {status.RootElement.GetProperty("warning").GetString()}";
    }

    /// <summary>The readiness reply; it must be a 200, whatever the control plane does.</summary>
    public async Task<string> ReadyAsync()
    {
        using var reply = await Http.GetAsync(new Uri(Program.Address, "health/ready"));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        using var health = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        return string.Join("\n", health.RootElement.GetProperty("dependencies").EnumerateObject().Select(d => $"{d.Name}: {d.Value.GetProperty("description").GetString()}"));
    }
}

/// <summary>Replies that break the API: the last data is kept, the problem is named, and the feed recovers.</summary>
public sealed class FaultyControlPlaneTests(WatchedLiar liar) : IClassFixture<WatchedLiar>
{
    private static readonly DateTimeOffset Past = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static int _revision = 100;

    [Theory]
    [InlineData(Lie.ServerError, "database is locked")]
    [InlineData(Lie.Html, "HTML instead of JSON")]
    [InlineData(Lie.HalfJson, "JSON")]
    [InlineData(Lie.Huge, "longer than")]
    [InlineData(Lie.Silence, "No whole answer")]
    [InlineData(Lie.TokenLoop, "the same page token twice")]
    [InlineData(Lie.Garbage, "")]
    public async Task Watch_ControlPlaneLies_KeepsTheDataNamesTheProblemAndGoesOn(Lie lie, string named)
    {
        var before = await liar.AllAsync();
        liar.Server.Lie = lie;
        await Eventually.ContainsAsync(liar.ProblemAsync, named);
        // Anybody may ask for the readiness: what the server said is not in it.
        if (named.Length > 0) Assert.DoesNotContain(named, await liar.ReadyAsync(), StringComparison.Ordinal);

        Assert.Equal(before.Keys.Order(), (await liar.AllAsync()).Keys.Order());
        liar.Server.Lie = Lie.None;
        var revision = Interlocked.Increment(ref _revision);
        liar.Server.Put("exec-0", "degraded", revision, Past.AddSeconds(revision));

        await Eventually.HoldsAsync(async () => (await liar.AllAsync())["exec-0"] is { State: "degraded" } now && now.Revision == revision ? null : $"still {(await liar.AllAsync())["exec-0"]}");
        await Eventually.ContainsAsync(liar.ReadyAsync, "replica: live");
    }

    [Fact]
    public async Task Watch_ExecutionsWithoutNodeJobOrStatus_AreThereAsFarAsTheyGo()
    {
        liar.Server.Put("bare", new JsonObject { ["id"] = "bare" });
        liar.Server.Put("null", new JsonObject { ["id"] = "null", ["job_id"] = null, ["node_id"] = null, ["status"] = null });

        await Eventually.HoldsAsync(async () => await liar.AllAsync() is var all && all.ContainsKey("bare") && all.ContainsKey("null") ? null : "not there");
        Assert.Equal(("", "", ""), await liar.AllAsync() is var now ? (now["bare"].State, now["bare"].Job, now["bare"].Node) : default);
        liar.Server.Remove("bare");
        liar.Server.Remove("null");
    }

    [Theory]
    [InlineData("a/b/../c")]
    [InlineData("..%2f..%2fetc")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("späße 🙂?x=1#y")]
    public async Task Watch_OddIds_AreKeptAsTheyAre(string id)
    {
        liar.Server.Put(id, "failed", 3, Past, "<script>alert('message')</script>");

        await Eventually.HoldsAsync(async () => (await liar.AllAsync()).TryGetValue(id, out var e) && e.Message == "<script>alert('message')</script>" ? null : "not there");
        using var history = await liar.Http.GetAsync(new Uri(liar.Program.Address, $"feed/v1/executions/{Uri.EscapeDataString(id)}/history"));
        Assert.Equal(HttpStatusCode.OK, history.StatusCode);
    }

    [Fact]
    public async Task Watch_TwoOfOneId_TheNewerOneStays()
    {
        JsonObject Twin(string state, long revision) => new()
        {
            ["id"] = "twin",
            ["status"] = new JsonObject { ["observed_state"] = new JsonObject { ["state_type"] = state }, ["desired_state"] = new JsonObject(), ["revision"] = revision, ["created_at"] = "2026-01-01T00:00:00Z", ["updated_at"] = Past.AddSeconds(revision).UtcDateTime.ToString("O") },
        };
        liar.Server.Put("twin-1", Twin("running", 5));
        liar.Server.Put("twin-2", Twin("failed", 9));

        await Eventually.HoldsAsync(async () => (await liar.AllAsync()).TryGetValue("twin", out var e) && e.State == "failed" ? null : "not failed");
        var steps = await StepsOfAsync("twin");
        // Two sweeps and some looks on, it has not gone back and forth.
        await SweptAsync();
        await SweptAsync();
        Assert.Equal("failed", (await liar.AllAsync())["twin"].State);
        Assert.Equal(steps, await StepsOfAsync("twin"));
        liar.Server.Remove("twin-1");
        liar.Server.Remove("twin-2");
    }

    [Fact]
    public async Task Watch_RevisionGoesBack_TheServerIsBelieved()
    {
        liar.Server.Put("restored", "running", 50, Past.AddMinutes(5));
        await Eventually.HoldsAsync(async () => (await liar.AllAsync()).TryGetValue("restored", out var e) && e.Revision == 50 ? null : "not there");

        liar.Server.Put("restored", "stopped", 7, Past.AddMinutes(1));

        await Eventually.HoldsAsync(async () => (await liar.AllAsync())["restored"] is { State: "stopped", Revision: 7 } ? null : "still the old one");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Watch_ClockOffByAYear_ChangesStillArrive(int years)
    {
        var at = TimeProvider.System.GetUtcNow().AddYears(years);
        var id = $"off-by-{years}";
        liar.Server.Put(id, "starting", 1, at);
        await Eventually.HoldsAsync(async () => (await liar.AllAsync()).TryGetValue(id, out var e) && e.State == "starting" ? null : "not there");

        liar.Server.Put(id, "running", 2, at.AddSeconds(3));
        liar.Server.Put("exec-1", "degraded", 70 + years, Past.AddHours(2 + years));

        await Eventually.HoldsAsync(async () => await liar.AllAsync() is var all && all[id].State == "running" && all["exec-1"].Revision == 70 + years ? null : "not seen");
        await Eventually.ContainsAsync(liar.ReadyAsync, "replica: live");
    }

    // One as old as this is not among those that changed last: only a sweep finds it.
    private async Task SweptAsync()
    {
        var id = $"swept-{Interlocked.Increment(ref _revision)}";
        liar.Server.Put(id, "running", 1, DateTimeOffset.UnixEpoch.AddYears(20));
        await Eventually.HoldsAsync(async () => (await liar.AllAsync()).ContainsKey(id) ? null : $"{id} not there");
    }

    private async Task<int> StepsOfAsync(string id)
    {
        using var history = JsonDocument.Parse(await liar.Http.GetStringAsync(new Uri(liar.Program.Address, $"feed/v1/executions/{id}/history")));
        return history.RootElement.GetProperty("items").GetArrayLength();
    }
}
