using System.Text.Json;
using System.Text.Json.Serialization;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage.Notifications;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>A message as JSON of our own.</summary>
internal static class WebhookMessage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The body of a message.</summary>
    /// <param name="id">Its idempotency key.</param>
    /// <param name="notices">What it tells, worst first.</param>
    /// <param name="links">Addresses of pages.</param>
    /// <param name="now">The moment.</param>
    public static byte[] Write(string id, IReadOnlyList<Notice> notices, DashboardLinks links, DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id, at = now.UtcDateTime, text = NotificationText.Counts(notices), url = Link(links.Attention),
        opened = notices.Count(n => n.Kind == NoticeKind.Opened), worsened = notices.Count(n => n.Kind == NoticeKind.Worsened), resolved = notices.Count(n => n.Kind == NoticeKind.Resolved),
        problems = notices.Select(notice => Problem(notice, links)),
    }, Json);

    private static object Problem(Notice notice, DashboardLinks links)
    {
        var (record, problem) = (notice.Occurrence.Record, notice.Occurrence.Problem);
        return new
        {
            change = Code(notice.Kind), id = problem.Id, cause = ProblemCauses.CodeOf(problem.Cause), severity = Code(problem.Severity), summary = problem.Summary,
            since = problem.Since.UtcDateTime, openedAt = record.OpenedAt.UtcDateTime, resolvedAt = record.ResolvedAt?.UtcDateTime, openedToday = record.OpenedToday,
            executions = problem.Executions, nodes = problem.Nodes, job = Link(problem.JobId), deployment = Link(problem.DeploymentId), awaitsDecision = problem.AwaitsDecision,
            url = Link(links.Of(notice.Occurrence)),
            subjects = problem.Subjects.Select(s => new { kind = Code(s.Kind), id = s.Id, name = s.Name }),
            evidence = problem.Evidence.Select(e => new { text = e.Text, source = e.Source, at = e.At?.UtcDateTime, url = Link(links.Of(e.Address)) }),
            nextSteps = problem.NextSteps.Select(s => new { text = s.Text, consequence = s.Consequence, url = s.Action == StepAction.Open ? Link(links.Of(s.Target)) : null }),
        };
    }

    private static string Code<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string? Link(string text) => text.Length == 0 ? null : text;
}
