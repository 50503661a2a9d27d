using System.Globalization;
using System.Text;
using ExecutionDashboard.Live.Logs;

namespace ExecutionDashboard.Components.Shared.Logs;

/// <summary>Log lines as a file: plain text in UTF-8, secrets masked as on the page.</summary>
public static class LogFile
{
    /// <summary>The bytes.</summary>
    /// <param name="title">Name of the log.</param>
    /// <param name="lines">The lines, oldest first.</param>
    /// <param name="total">Number of lines received, including those not in the file.</param>
    /// <param name="filter">The filters, which are noted in the file.</param>
    /// <param name="nodeName">Gives the name of a node.</param>
    /// <param name="at">The current time, UTC.</param>
    public static byte[] Write(string title, IReadOnlyList<LogEntry> lines, long total, LogFilter filter, Func<string, string> nodeName, DateTimeOffset at)
    {
        var text = new StringBuilder(lines.Count * 120);
        text.Append(CultureInfo.InvariantCulture, $"# {title}\n# Downloaded {Stamp(at)}: {lines.Count(line => !line.IsGap)} of {total} lines{Words(filter, nodeName)}. Secrets are masked.\n");
        foreach (var line in lines)
        {
            if (line.IsGap) text.Append(CultureInfo.InvariantCulture, $"# {Stamp(line.At)} {line.Text}\n");
            else text.Append(CultureInfo.InvariantCulture, $"{Stamp(line.At)}  {LogLabels.Word(line.Level),-8}  {nodeName(line.NodeId)}  {line.Text}{(line.Left > 0 ? $" … ({line.Left} more characters not kept)" : "")}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Words(LogFilter filter, Func<string, string> nodeName)
    {
        var words = new List<string>();
        if (filter.NodeId.Length > 0) words.Add("of node " + nodeName(filter.NodeId));
        if (filter.From is { } from) words.Add("from " + Stamp(from));
        if (filter.To is { } to) words.Add("until " + Stamp(to));
        if (filter.Text.Length > 0) words.Add($"with \"{filter.Text}\"");
        if (filter.Hidden.Count > 0) words.Add("without levels " + string.Join(", ", filter.Hidden.Order().Select(LogLabels.Word)));
        return words.Count > 0 ? ", only those " + string.Join(", ", words) : "";
    }

    private static string Stamp(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "(no time)";
}
