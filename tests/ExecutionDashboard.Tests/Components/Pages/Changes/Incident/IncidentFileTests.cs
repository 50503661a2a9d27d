using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using ExecutionDashboard.Components.Pages.Changes.Incident;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Tests.Components.Pages.Changes.Incident;

/// <summary>The file of an incident.</summary>
public sealed class IncidentFileTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Problem Outage = new()
    {
        Id = "outage/region=eu", Cause = ProblemCause.Outage, Severity = ProblemSeverity.Critical, Since = Noon, Summary = "2 nodes lost contact <script>alert(1)</script>",
        Evidence = [new("label region=eu", "computed", Noon, "nodes?label=region%3Deu")],
    };

    private static IncidentReport Report => new()
    {
        MadeAt = Noon.AddHours(1), MadeBy = "ada", ControlPlane = "http://control-plane.test",
        Changes = new FleetChanges
        {
            From = Noon.AddMinutes(-10), To = Noon.AddMinutes(30), ComparedFrom = Noon.AddMinutes(-10), KnownSince = Noon.AddDays(-3), Changes = 12, Gaps = [new(Noon.AddMinutes(5), Noon.AddMinutes(7))],
            Sections = [new(ChangeKind.Failed, 2, [new("job-1", 2, [Thing("e1", "n1"), Thing("e2", "n2")])], 1)],
            Rollouts = [new("dep-1", "job-1", 2, "", "rolled_back", Noon)], RolloutCount = 1, Jobs = [new("job-1", 1, 2, "running", "running", Noon)], JobCount = 1,
            Commands = [new([new AuditRow(1, Noon, "", new AuditEntry { Act = "a", At = Noon, Who = "ada", Action = AuditActions.Rollback, Target = new(AuditTarget.Job, "job-1", "ingest"), Reason = "it burns & smokes" })])],
            Opened = [new() { Problem = Outage, OpenedAt = Noon }],
        },
        ProblemEvents = [new(1, Outage.Id, ProblemEventKind.Opened, Noon, Outage), new(2, Outage.Id, ProblemEventKind.Commented, Noon.AddMinutes(1), By: "bob", Text: "the fibre is cut")],
        Timeline = new FleetTimeline
        {
            From = Noon.AddMinutes(-10), To = Noon.AddMinutes(30), Gaps = [new(Noon.AddMinutes(5), Noon.AddMinutes(7))],
            Lanes = [new() { NodeId = "n1", Connection = [new("connected", Noon.AddHours(-1), Noon), new("lost", Noon, null)], Bars = [new() { ExecutionId = "e1", JobId = "job-1", JobVersion = 2, Spans = [new("running", Noon.AddMinutes(-8), Noon), new("failed", Noon, null)] }] }],
        },
        Executions = [new(Thing("e1", "n1"), "ingest", "edge 1", [new StateChange { Id = "e1", From = "running", To = "failed", At = Noon, Message = "cannot log in: password=hunter2-planted" }])],
        Specs = [new("job-1", "ingest", 1, 2, SpecDiff.Shown("""{"config":{"output":{"kafka":{"password":"hunter2-planted"}}}}""", """{"config":{"output":{"kafka":{"password":"hunter3-planted"}}}}"""))],
        Missing = ["Timeline of nodes that are gone"],
    };

    [Fact]
    public void Html_OfAReport_HasEverythingAndNothingFromOutside()
    {
        var file = IncidentFile.Html(Report, id => "edge of " + id);

        var document = new HtmlParser().ParseDocument(new MemoryStream(file));
        foreach (var element in document.All)
            foreach (var attribute in element.Attributes)
            {
                Assert.DoesNotContain(attribute.Name, (string[])["src", "href", "xlink:href", "action", "data", "srcset", "poster", "style", "srcdoc"]);
                Assert.False(attribute.Name.StartsWith("on", StringComparison.Ordinal), attribute.Name);
            }
        Assert.Equal("application/json", Assert.Single(document.QuerySelectorAll("script")).GetAttribute("type"));
        Assert.Empty(document.QuerySelectorAll("link, iframe, img, object, embed, base, form"));
        var style = Assert.Single(document.QuerySelectorAll("style")).TextContent;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.Contains($"style-src 'sha256-{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", document.QuerySelector("meta[http-equiv]")!.GetAttribute("content"), StringComparison.Ordinal);
        foreach (var words in (string[])["2 nodes lost contact <script>", "the fibre is cut", "Not watched from 2026-11-01 12:05:00Z", "running → failed", "edge of n1", "it burns & smokes", "started, then rolled back", "v1 → v2", "Timeline of nodes that are gone", IncidentFile.HowToVerify])
            Assert.Contains(words, document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(4, document.QuerySelectorAll("svg rect:not(.gap)").Length);
        Assert.Single(document.QuerySelectorAll("svg rect.gap"));
    }

    [Fact]
    public void Html_Data_IsTheReportAsJsonWithoutSecrets()
    {
        var text = Encoding.UTF8.GetString(IncidentFile.Html(Report, id => id));

        using var data = JsonDocument.Parse(new HtmlParser().ParseDocument(text).QuerySelector("#" + IncidentFile.DataId)!.TextContent);
        var read = data.RootElement.Deserialize<IncidentReport>(FeedContract.Json)!;
        Assert.Equal((Report.MadeBy, Report.Changes.From, Report.Changes.To), (read.MadeBy, read.Changes.From, read.Changes.To));
        Assert.Equal(Outage.Id, Assert.Single(read.Changes.Opened).Problem.Id);
        Assert.Equal("job-1", read.Changes.Sections[0].Groups[0].Name);
        Assert.DoesNotContain("planted", text, StringComparison.Ordinal);
        Assert.Contains("•••", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_Checksum_IsOfAllLinesButTheLast()
    {
        var file = IncidentFile.Html(Report, id => id);

        Assert.True(IncidentFile.IsWhole(file));
        Assert.Equal(file, IncidentFile.Html(Report, id => id));
        foreach (var at in (int[])[0, file.Length / 2, file.Length - 10])
        {
            byte[] edited = [.. file];
            edited[at] ^= 1;
            Assert.False(IncidentFile.IsWhole(edited));
        }
        Assert.False(IncidentFile.IsWhole(file.AsSpan(0, file.Length / 2)));
        Assert.False(IncidentFile.IsWhole([]));
    }

    [Fact]
    public void Html_OfNothing_SaysThatNothingIsKnown()
    {
        var report = new IncidentReport { MadeAt = Noon, MadeBy = "ada", Changes = new FleetChanges { From = Noon, To = Noon.AddHours(1) } };

        var text = new HtmlParser().ParseDocument(new MemoryStream(IncidentFile.Html(report, id => id))).Body!.TextContent;

        Assert.Contains("The change log is empty.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Watched without a gap", text, StringComparison.Ordinal);
    }

    private static ChangedThing Thing(string id, string node) => new() { ExecutionId = id, NodeId = node, JobId = "job-1", FromVersion = 1, ToVersion = 2, State = "failed", Cause = "E42", At = Noon };
}
