using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ExecutionDashboard.Components.Pages.Audit;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Changes;

namespace ExecutionDashboard.Components.Pages.Changes.Incident;

/// <summary>Writes a report for people: times in UTC, no link that leaves the file, every text masked and escaped.</summary>
internal sealed class IncidentPage
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#c9d1dc;--quiet:#5a6577;--sunken:#eef1f5}
        @media(prefers-color-scheme:dark){:root{--line:#3a4454;--quiet:#a9b4c4;--sunken:#1d2430}}
        body{font:14px/1.5 system-ui,sans-serif;max-width:1080px;margin:0 auto;padding:16px}h1{font-size:22px}h2{font-size:17px;margin-top:28px;border-bottom:1px solid var(--line)}h3{font-size:14px;margin-bottom:4px}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:3px 10px 3px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}td:first-child{white-space:nowrap}
        .quiet{color:var(--quiet)}.warn{background:var(--sunken);padding:6px 10px;border-left:3px solid #b26b00}code,pre{font:12px/1.5 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
        svg{width:100%;height:auto}svg text{font:11px system-ui,sans-serif;fill:currentColor}.tick{stroke:var(--line)}.gap{fill:#888;opacity:.35}.up{fill:#146c37}.down{fill:#b3261e}
        .st-pending,.st-stopping,.st-stopped,.st-other{fill:#8a94a4}.st-starting{fill:#3b76d6}.st-validating{fill:#128a99}.st-running{fill:#2e9657}.st-degraded{fill:#c98a1b}.st-completed{fill:#8fae9a}.st-failed{fill:#c9372c}.st-lost{fill:#7d52c4}
        @media(max-width:600px){td:first-child{white-space:normal}}
        """;

    private readonly StringBuilder _html = new();

    private IncidentPage()
    {
    }

    /// <summary>The document up to the end of what is shown.</summary>
    public static string Of(IncidentReport report, Func<string, string> nameOf)
    {
        var page = new IncidentPage();
        page.Write(report, nameOf);
        return page._html.ToString();
    }

    private void Write(IncidentReport report, Func<string, string> nameOf)
    {
        var changes = report.Changes;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));
        Raw($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'\">\n");
        Raw($"<title>Incident {Time(changes.From)} – {Time(changes.To)}</title>\n<style>{Style}</style></head>\n<body>\n");
        Raw($"<h1>Incident {Time(changes.From)} – {Time(changes.To)}</h1>\n<p class=\"quiet\">All times are UTC. Control plane {Text(report.ControlPlane)}. Made {Time(report.MadeAt)} by {Text(report.MadeBy)}. Secrets are masked.</p>\n");
        Raw($"<p class=\"quiet\">The last line of this file has the SHA-256 of all lines before it. To verify it: <code>{Text(IncidentFile.HowToVerify)}</code></p>\n");
        Known(report);
        Counts(changes);
        Problems(report);
        if (report.Timeline is { Lanes.Count: > 0 } timeline)
        {
            Head("Timeline");
            Raw(IncidentPicture.Of(timeline, nameOf));
            if (report.NodesLeftOut > 0) Raw($"<p class=\"quiet\">{Format.Count(report.NodesLeftOut, "more node")} concerned.</p>\n");
        }
        Executions(report);
        Groups(report, nameOf);
        Rollouts(changes);
        Specs(report);
        Commands(changes);
    }

    private void Known(IncidentReport report)
    {
        var changes = report.Changes;
        Head("What is known");
        if (changes.KnownSince is not { } since) Warn("The change log is empty.");
        else if (since >= changes.To) Warn($"Nothing: the change log begins at {Time(since)}.");
        else Raw($"<p>The change log begins at {Time(since)}. Read: {Format.Count(changes.Changes, "change")}.</p>\n");
        if (changes.ComparedFrom > changes.From) Warn($"Compared with {Time(changes.ComparedFrom)}{(changes.IsCut ? $", since the range has more than {Format.Count(FleetChanges.MostChanges)} changes" : ", where the change log begins")}.");
        foreach (var gap in changes.Gaps) Warn($"Not watched from {Time(gap.From)} to {Time(gap.To)}: of changes in between only the result is known.");
        if (changes.Gaps.Count == 0 && changes.KnownSince < changes.To) Raw("<p>Watched without a gap.</p>\n");
        foreach (var what in report.Missing) Warn(what);
    }

    private void Counts(FleetChanges changes)
    {
        Head("What changed");
        if (changes.IsEmpty) Raw("<p>Nothing.</p>\n");
        Table(["What", "Count"], [.. changes.Sections.Select(section => new[] { ChangeLabels.Title(section.Kind), Format.Count(section.Count) }),
            ["Rollouts", Format.Count(changes.RolloutCount)], ["Jobs", Format.Count(changes.JobCount)], ["Commands", Format.Count(changes.Commands.Count) + (changes.MoreCommands ? "+" : "")], ["Problems opened", Format.Count(changes.Opened.Count)]]);
    }

    private void Problems(IncidentReport report)
    {
        var all = report.Changes.Opened.Concat(report.Changes.Resolved).Concat(report.OpenBefore).DistinctBy(record => (record.Problem.Id, record.OpenedAt)).OrderBy(record => record.OpenedAt).ToList();
        Head("Problems");
        if (all.Count == 0) Raw("<p>None recorded.</p>\n");
        foreach (var record in all)
        {
            var problem = record.Problem;
            Raw($"<h3>{Text(ProblemLabels.Severity(problem.Severity))}: {Text(ProblemLabels.Title(problem.Cause))} <span class=\"quiet\">{Text(problem.Id)}</span></h3>\n<p>{Text(problem.Summary)}<br><span class=\"quiet\">Since {Time(problem.Since)}, opened {Time(record.OpenedAt)}{(record.ResolvedAt is { } resolved ? $", resolved {Time(resolved)}" : "")}</span></p>\n");
            Table(["", "Evidence", "Source"], [.. problem.Evidence.Select(e => new[] { e.At is { } at ? Time(at) : "", e.Text, e.Source })]);
            Table(["", "History"], [.. report.ProblemEvents.Where(e => e.ProblemId == problem.Id).Select(e => new[] { Time(e.At), $"{e.Kind}{(e.By.Length > 0 ? $" by {e.By}" : "")}{(e.Text.Length > 0 ? $": {e.Text}" : "")}" })]);
        }
    }

    private void Executions(IncidentReport report)
    {
        if (report.Executions.Count == 0) return;
        Head("Failed executions");
        foreach (var (thing, job, node, history, problem) in report.Executions)
        {
            Raw($"<h3>{Text(job)} v{thing.ToVersion} on {Text(node)} <span class=\"quiet\">{Text(thing.ExecutionId)}</span></h3>\n");
            if (problem.Length > 0) Warn(problem);
            Table(["", "State", "Desired", "Message"], [.. history.Select(step => new[] { Time(step.At), $"{(step.From.Length > 0 ? step.From + " → " : "")}{(step.To.Length > 0 ? step.To : "removed")}", step.Desired, $"{step.ErrorCode} {step.Message}".Trim() })]);
        }
    }

    private void Groups(IncidentReport report, Func<string, string> nameOf)
    {
        foreach (var section in report.Changes.Sections)
        {
            Head($"{ChangeLabels.Title(section.Kind)}: {Format.Count(section.Count)}");
            Table(["When", "Job", "Node", "State", "Cause"], [.. section.Groups.SelectMany(group => group.Named).OrderBy(thing => thing.At).Select(thing => new[]
                { Time(thing.At), thing.JobId.Length == 0 ? "" : $"{thing.JobId} {(thing.FromVersion > 0 && thing.FromVersion != thing.ToVersion ? $"v{thing.FromVersion} → " : "")}v{thing.ToVersion}", nameOf(thing.NodeId), thing.State, thing.Cause })]);
            var named = section.Groups.Sum(group => group.Named.Count);
            if (section.Count > named) Raw($"<p class=\"quiet\">{Format.Count(named)} of {Format.Count(section.Count)} are named.</p>\n");
        }
    }

    private void Rollouts(FleetChanges changes)
    {
        if (changes.Rollouts.Count > 0) Head("Rollouts");
        Table(["When", "Job", "What", "Deployment"], [.. changes.Rollouts.OrderBy(r => r.At).Select(r => new[] { Time(r.At), $"{r.JobId} {(r.Version > 0 ? $"v{r.Version}" : "")}", ChangeLabels.Rollout(r), r.Id })]);
        if (changes.Jobs.Count > 0) Head("Jobs");
        Table(["When", "Job", "What"], [.. changes.Jobs.OrderBy(j => j.At).Select(j => new[] { Time(j.At), j.Id, ChangeLabels.Job(j) })]);
    }

    private void Specs(IncidentReport report)
    {
        if (report.Specs.Count > 0) Head("Specs changed");
        foreach (var specs in report.Specs)
        {
            Raw($"<h3>{Text(specs.JobName)} v{specs.From} → v{specs.To}</h3>\n");
            if (specs.Problem.Length > 0) Warn(specs.Problem);
            else if (specs.Differences.Count == 0) Raw("<p>No differences.</p>\n");
            Table(["Where", "What", "Before", "After"], [.. specs.Differences.Select(d => new[] { d.Path, d.Kind.ToString(), d.Before ?? "", d.After ?? "" })]);
        }
    }

    private void Commands(FleetChanges changes)
    {
        Head("Commands");
        if (changes.Commands.Count == 0) Raw("<p>None given here.</p>\n");
        Table(["When", "Who", "What", "Result", "Reason"], [.. changes.Commands.Reverse().Select(act => new[]
            { Time(act.Opened.At), act.Opened.Who, $"{AuditLabels.Action(act.Opened.Action)} {AuditLabels.Target(act.Opened.Target)}", $"{AuditLabels.Outcome(act.Last.Outcome)} {act.Last.Answer}".Trim(), act.Opened.Reason })]);
        if (changes.MoreCommands) Raw($"<p class=\"quiet\">The newest {Format.Count(changes.Commands.Count)}.</p>\n");
    }

    private void Head(string text) => Raw($"<h2>{Text(text)}</h2>\n");

    private void Warn(string text) => Raw($"<p class=\"warn\">{Text(text)}</p>\n");

    private void Table(string[] head, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0) return;
        Raw($"<table><thead><tr>{string.Concat(head.Select(cell => $"<th>{Text(cell)}</th>"))}</tr></thead><tbody>\n");
        foreach (var row in rows) Raw($"<tr>{string.Concat(row.Select(cell => $"<td>{Text(cell)}</td>"))}</tr>\n");
        Raw("</tbody></table>\n");
    }

    private void Raw(string html) => _html.Append(html);

    private static string Text(string text) => WebUtility.HtmlEncode(Masked.Text(text));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
