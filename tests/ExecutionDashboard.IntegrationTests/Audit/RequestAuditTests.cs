using System.Globalization;
using System.Net;
using System.Text.Json;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.SignIn;

namespace ExecutionDashboard.IntegrationTests.Audit;

/// <summary>What is done with requests alone is in the audit: sign-ins, downloads, refused attempts; and who may read it.</summary>
public sealed class RequestAuditTests(EntryPointTests.SignedInProgram program) : IClassFixture<EntryPointTests.SignedInProgram>
{
    [Fact]
    public async Task Requests_SignInExportRefusal_AreInTheAuditThatAdminsExport()
    {
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("export/executions.csv?state=failed&q=a%26b", "Vera", "viewers")).Status);
        foreach (var path in (string[])["audit", "export/audit.csv", "export/audit.json"])
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await AskAsync(path, "Otto", "operators")).Status));
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("nodes", "Nemo", "others")).Status);

        // What was refused or done follows by itself.
        List<JsonElement> rows = [];
        await Eventually.HoldsAsync(async () =>
        {
            using var audit = JsonDocument.Parse((await AskAsync("export/audit.json", "Ada", "admins")).Text);
            rows = [.. audit.RootElement.EnumerateArray().Select(row => row.Clone())];
            return rows.Count(row => Of(row, "who") is "Vera" or "Otto" or "Nemo") >= 9 ? null : audit.RootElement.ToString();
        });

        Assert.Equal(["sign in done", "export asked", "export done"], Told("Vera"));
        Assert.Equal(["sign in done", "open refused", "open refused", "open refused"], Told("Otto"));
        Assert.Equal(["sign in done", "open refused"], Told("Nemo"));
        Assert.Contains(rows, row => Of(row, "answer") == "This needs the role admin; you are operator." && Of(row, "target_id") == "/audit" && Of(row, "role") == "operator" && Of(row, "from") == "127.0.0.1");
        Assert.Contains(rows, row => Of(row, "target_id") == "/export/executions.csv?state=failed&q=a&b" && Of(row, "role") == "viewer");
        // That it is exported is in it, too; and in the other format.
        Assert.Contains(rows, row => Of(row, "who") == "Ada" && Of(row, "target_id") == "/export/audit.json" && Of(row, "outcome") == "asked");
        var csv = await AskAsync("export/audit.csv?who=otto", "Ada", "admins");
        Assert.Equal(5, csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        // What was refused or done has the time at which it was, and may be stored after what came later.
        string[] Told(string who) => [.. rows.Where(row => Of(row, "who") == who).OrderBy(row => DateTimeOffset.Parse(Of(row, "at"), CultureInfo.InvariantCulture)).ThenBy(row => int.Parse(Of(row, "number"), CultureInfo.InvariantCulture)).Select(row => $"{Of(row, "action")} {Of(row, "outcome")}")];
    }

    [Fact]
    public async Task Exports_EachAddress_AreInTheAuditWithWhatCameOfIt()
    {
        string? job = null;
        await Eventually.HoldsAsync(async () =>
        {
            using var executions = JsonDocument.Parse((await AskAsync("export/executions.json", "Ada", "admins")).Text);
            job = executions.RootElement.EnumerateArray().Select(execution => execution.GetProperty("jobId").GetString()).FirstOrDefault();
            return job is null ? "No executions yet." : null;
        });
        (string Address, string Outcome)[] exports =
        [
            ("/export/executions.json", "done"), ("/export/executions.csv?state=failed", "done"), ($"/export/spec?of=job:{job}", "done"), ("/export/spec?of=job:none", "failed"), ("/export/bulk.csv?run=none", "failed"), ("/export/bulk.json?run=none", "failed"),
            ("/export/incident.html?from=-1h", "done"), ("/export/incident.json?from=-1h", "done"), ("/export/incident.html?from=soon", "failed"),
        ];
        foreach (var (address, _) in exports) await AskAsync(address[1..], "Ella", "viewers");

        await Eventually.HoldsAsync(async () =>
        {
            using var audit = JsonDocument.Parse((await AskAsync("export/audit.json?who=Ella&action=export", "Ada", "admins")).Text);
            var rows = audit.RootElement.EnumerateArray().Where(row => Of(row, "outcome") != "asked").Select(row => (Of(row, "target_id"), Of(row, "outcome"), Of(row, "role"), Of(row, "from"))).Order().ToList();
            return rows.SequenceEqual(exports.Select(export => (export.Address, export.Outcome, "viewer", "127.0.0.1")).Order()) ? null : string.Join('\n', rows);
        });
    }

    // What a role for a part is refused names what is missing.
    [Fact]
    public async Task Audit_AdminOfAPart_IsRefusedAndToldWhy()
    {
        var (status, text) = await AskAsync("audit", "Pia", "part-admins");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("This needs the role admin for the whole fleet; yours is limited to a part of it.", text, StringComparison.Ordinal);
    }

    private static string Of(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(string path, string name, string groups)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Test-User", name }, { "X-Test-Groups", groups } } };
        using var reply = await program.Http.SendAsync(request);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }
}
