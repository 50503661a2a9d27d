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
    /// <param name="filters">The filters in words, which are noted in the file; empty without any.</param>
    /// <param name="nodeName">Gives the name of a node.</param>
    /// <param name="at">The current time, UTC.</param>
    public static byte[] Write(string title, IReadOnlyList<LogEntry> lines, long total, string filters, Func<string, string> nodeName, DateTimeOffset at)
    {
        var text = new StringBuilder(lines.Count * 120);
        text.Append(CultureInfo.InvariantCulture, $"# {title}\n# Downloaded {Stamp(at)}: {lines.Count(line => !line.IsGap)} of {total} lines{(filters.Length > 0 ? ", only those: " + filters : "")}. Secrets are masked.\n");
        foreach (var line in lines)
        {
            if (line.IsGap) text.Append(CultureInfo.InvariantCulture, $"# {Stamp(line.At)} {line.Text}\n");
            else text.Append(CultureInfo.InvariantCulture, $"{Stamp(line.At)}  {LogLabels.Word(line.Level),-8}  {nodeName(line.NodeId)}  {line.Text}{(line.Left > 0 ? $" … ({line.Left} more characters not kept)" : "")}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Stamp(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "(no time)";
}
