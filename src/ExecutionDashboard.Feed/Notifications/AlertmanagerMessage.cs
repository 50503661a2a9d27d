using System.Text.Json;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage.Problems;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>Problems as alerts of Alertmanager's API, version 2. Its labels say which alert it is, so what changes is in annotations.</summary>
internal static class AlertmanagerMessage
{
    /// <summary>Path of the API below the address of an Alertmanager.</summary>
    public const string Path = "/api/v2/alerts";

    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An alert.</summary>
    /// <param name="Occurrence">Its problem.</param>
    /// <param name="Severity">The severity in its labels.</param>
    /// <param name="EndsAt">When it ends: in the past when it has ended, else when it is to be taken for ended if nothing more is heard of it.</param>
    public readonly record struct Alert(Occurrence Occurrence, ProblemSeverity Severity, DateTimeOffset EndsAt);

    /// <summary>The body of a request.</summary>
    public static byte[] Write(IEnumerable<Alert> alerts, DashboardLinks links) => JsonSerializer.SerializeToUtf8Bytes(alerts.Select(alert => Of(alert, links)), Json);

    private static Dictionary<string, object> Of(Alert alert, DashboardLinks links)
    {
        var (record, problem) = (alert.Occurrence.Record, alert.Occurrence.Problem);
        var labels = new Dictionary<string, string>
        {
            ["alertname"] = problem.Cause.ToString(), ["cause"] = ProblemCauses.CodeOf(problem.Cause), ["severity"] = alert.Severity.ToString().ToLowerInvariant(),
            ["problem"] = problem.Id, ["service"] = "execution-dashboard",
        };
        // A label without a value is none to Alertmanager, and some versions refuse it.
        if (problem.JobId.Length > 0) labels["execution_job"] = problem.JobId;
        if (problem.DeploymentId.Length > 0) labels["deployment"] = problem.DeploymentId;
        var annotations = new Dictionary<string, string> { ["summary"] = problem.Summary };
        if (problem.Evidence.Count > 0) annotations["description"] = string.Join("\n", problem.Evidence.Take(10).Select(e => e.Text));
        if (NotificationText.Concerned(problem) is { Length: > 0 } concerned) annotations["concerns"] = concerned;
        if (record.Acknowledgement is { } acknowledgement) annotations["acknowledged_by"] = acknowledgement.By;
        var message = new Dictionary<string, object>
        {
            ["labels"] = labels, ["annotations"] = annotations, ["startsAt"] = record.OpenedAt.UtcDateTime, ["endsAt"] = alert.EndsAt.UtcDateTime,
        };
        if (links.Of(alert.Occurrence) is { Length: > 0 } link) message["generatorURL"] = link;
        return message;
    }
}
