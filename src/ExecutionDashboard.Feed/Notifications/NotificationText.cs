using System.Globalization;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage.Notifications;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>What messages say of notices.</summary>
internal static class NotificationText
{
    /// <summary>Counts of what is told, as in <c>2 problems opened, 1 resolved</c>.</summary>
    public static string Counts(IReadOnlyCollection<Notice> notices)
    {
        var parts = new List<string>();
        foreach (var (kind, word) in (ReadOnlySpan<(NoticeKind, string)>)[(NoticeKind.Opened, "opened"), (NoticeKind.Worsened, "got worse"), (NoticeKind.Resolved, "resolved")])
            if (notices.Count(n => n.Kind == kind) is var count and > 0)
                parts.Add(parts.Count > 0 ? $"{count} {word}" : $"{count} {(count == 1 ? "problem" : "problems")} {word}");
        return string.Join(", ", parts);
    }

    /// <summary>What a problem concerns, as in <c>5,000 executions on 400 nodes</c>; empty when that is not known.</summary>
    public static string Concerned(Problem problem) => (problem.Executions, problem.Nodes) switch
    {
        (0, 0) => "",
        (0, var nodes) => Count(nodes, "node"),
        (var executions, 0) => Count(executions, "execution"),
        var (executions, nodes) => $"{Count(executions, "execution")} on {Count(nodes, "node")}",
    };

    /// <summary>A length of time in its largest unit that says enough, as in <c>4 min</c>.</summary>
    public static string Length(TimeSpan length) =>
        length < TimeSpan.FromMinutes(2) ? Whole(length.TotalSeconds, "s") : length < TimeSpan.FromHours(2) ? Whole(length.TotalMinutes, "min")
        : length < TimeSpan.FromDays(2) ? Whole(length.TotalHours, "h") : Whole(length.TotalDays, "days");

    /// <summary>That a problem came back, as in <c>3rd time in 24 h</c>; empty the first time.</summary>
    public static string Again(int openedToday) => openedToday < 2 ? "" : $"{openedToday}{(openedToday % 100 is >= 11 and <= 13 ? "th" : (openedToday % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" })} time in 24 h";

    private static string Count(int number, string noun) => $"{number.ToString("N0", CultureInfo.InvariantCulture)} {noun}{(number == 1 ? "" : "s")}";

    private static string Whole(double number, string unit) => $"{Math.Floor(number).ToString("0", CultureInfo.InvariantCulture)} {unit}";
}
