using System.Net;
using System.Text;
using System.Text.Json;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>Exports as spreadsheets, scripts and proxies see them, and HEAD requests.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private LyingControlPlane _server = null!;
    private WatchingProgram _program = null!;

    public async Task InitializeAsync()
    {
        _server = await LyingControlPlane.StartAsync();
        _server.Put("x-1", "failed", 1, At, "Stéphane ist müde");
        _server.Put("x-2", "failed", 1, At, "＝HYPERLINK(1)");
        _server.Put("x-3", "running", 1, At, "－1+1");
        _server.Put("x-4", "running", 1, At, "\u001b[31m=1+1\u001b[0m");
        _program = await WatchingProgram.StartAsync(_server.Address, executions: 4);
    }

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Csv_SpreadsheetsReadItsLettersAndRunNothing()
    {
        var bytes = await _program.Http.GetByteArrayAsync(new Uri(_program.Address, "export/executions.csv?sort=id"));
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes[3..]);
        Assert.StartsWith("id,", text, StringComparison.Ordinal);
        Assert.Contains(",Stéphane ist müde,", text, StringComparison.Ordinal);
        foreach (var formula in new[] { "＝HYPERLINK(1)", "－1+1", "=1+1" }) Assert.Contains($",\"'{formula}\",", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_AreNamedByWhatTheyHold()
    {
        using var csv = await HeadAsync("export/executions.csv?state=failed&of=current&q=m%C3%BCde");
        Assert.Matches("^executions_current_failed_text-müde_2[0-9-]{9}T[0-9]{6}Z.csv$", csv.Content.Headers.ContentDisposition!.FileNameStar);
        using var json = await HeadAsync("export/executions.json?node=n%2F1");
        Assert.Matches("^executions_node-n-1_2[0-9-]{9}T[0-9]{6}Z.json$", json.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task Head_WhatCanBeGot_HasTheSameHeadersAndNoBody()
    {
        foreach (var path in new[]
        {
            "export/executions.csv", "export/executions.json?state=failed", "export/spec?of=job:none&as=yaml", "health/live", "health/ready", "metrics", "", "executions?state=failed", "executions/x-1",
            "nodes", "timeline", "deployments", "jobs", "specs", "compare", "no/such/page", "theme.css", "pages.css", "app.css", "feed/v1/status",
        })
        {
            using var got = await _program.Http.GetAsync(new Uri(_program.Address, path));
            using var head = await HeadAsync(path);
            Assert.Equal((path, got.StatusCode), (path, head.StatusCode));
            Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal(got.Content.Headers.ContentDisposition?.DispositionType, head.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Equal(got.Headers.CacheControl, head.Headers.CacheControl);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Export_OfAMoment_HasTheFleetOfThenAndNeverThatOfNow()
    {
        var then = TimeProvider.System.GetUtcNow();
        var before = StatesIn(await _program.GetStringAsync("export/executions.json?sort=id"));
        _server.Put("x-3", "failed", 2, At.AddHours(1), "gone wrong");
        await Eventually.ContainsAsync(() => _program.GetStringAsync("export/executions.json?sort=id"), "gone wrong");

        Assert.Equal(before, StatesIn(await _program.GetStringAsync($"export/executions.json?sort=id&at={Uri.EscapeDataString(then.UtcDateTime.ToString("O"))}")));
        Assert.DoesNotContain("x-3", await _program.GetStringAsync($"export/executions.csv?state=failed&at={Uri.EscapeDataString(then.UtcDateTime.ToString("O"))}"), StringComparison.Ordinal);
        using var named = await HeadAsync("export/executions.csv?at=" + Uri.EscapeDataString(then.UtcDateTime.ToString("O")));
        Assert.Contains(then.UtcDateTime.ToString("HHmmss", System.Globalization.CultureInfo.InvariantCulture), named.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        foreach (var (at, status) in new[] { ("yesterday", HttpStatusCode.BadRequest), ("2020-01-01", HttpStatusCode.ServiceUnavailable) })
        {
            using var refused = await _program.Http.GetAsync(new Uri(_program.Address, "export/executions.json?at=" + at));
            Assert.Equal((at, status), (at, refused.StatusCode));
            Assert.Contains("message", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Head_OfAnotherSite_IsRefusedAsAnyRequest()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(_program.Address, "export/executions.csv"));
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var reply = await _program.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
    }

    private static string StatesIn(string export)
    {
        using var document = JsonDocument.Parse(export);
        return string.Join(", ", document.RootElement.EnumerateArray().Select(e => $"{e.GetProperty("id")} {e.GetProperty("actual").GetProperty("state")} {e.GetProperty("revision")}"));
    }

    private async Task<HttpResponseMessage> HeadAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(_program.Address, path));
        return await _program.Http.SendAsync(request);
    }
}
