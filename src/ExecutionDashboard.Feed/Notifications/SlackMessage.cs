using System.Text;
using System.Text.Json;
using ExecutionDashboard.Storage.Notifications;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>A message as a text with Slack's marks: one <c>text</c> in JSON, which Slack, Mattermost and Rocket.Chat show.</summary>
internal static class SlackMessage
{
    // More than fits on a screen is counted.
    private const int MostLines = 20;
    private const int LongestLine = 300;

    /// <summary>The body of a message.</summary>
    /// <param name="notices">What it tells, worst first.</param>
    /// <param name="links">Addresses of pages.</param>
    public static byte[] Write(IReadOnlyList<Notice> notices, DashboardLinks links)
    {
        var text = new StringBuilder("*").Append(NotificationText.Counts(notices)).Append('*');
        foreach (var notice in notices.Take(MostLines)) text.Append("\n• ").Append(Line(notice, links));
        if (notices.Count > MostLines) text.Append("\n• and ").Append(notices.Count - MostLines).Append(" more");
        if (links.Attention.Length > 0) text.Append("\n<").Append(links.Attention).Append("|All problems>");
        return JsonSerializer.SerializeToUtf8Bytes(new { text = text.ToString() });
    }

    private static string Line(Notice notice, DashboardLinks links)
    {
        var (record, problem) = (notice.Occurrence.Record, notice.Occurrence.Problem);
        var head = notice.Kind switch
        {
            NoticeKind.Resolved => $"Resolved after {NotificationText.Length(record.ResolvedAt!.Value - record.OpenedAt)}",
            NoticeKind.Worsened => $"*{problem.Severity}*, got worse",
            _ => $"*{problem.Severity}*",
        };
        var (summary, link) = (Escape(Cut(problem.Summary)), links.Of(notice.Occurrence));
        var facts = string.Join(", ", ((string[])[NotificationText.Concerned(problem), NotificationText.Again(record.OpenedToday)]).Where(f => f.Length > 0));
        // A bar ends the address in a link: it is an escape in every address of ours.
        return $"{head}: {(link.Length > 0 ? $"<{link}|{summary.Replace('|', '¦')}>" : summary)}{(facts.Length > 0 ? $" ({facts})" : "")}";
    }

    // By Slack's documentation these three are all; a text can then mention nobody.
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Cut(string text) => text.Length <= LongestLine ? text : text[..(char.IsHighSurrogate(text[LongestLine - 1]) ? LongestLine - 1 : LongestLine)] + "…";
}
