using System.Globalization;

namespace ExecutionDashboard.Components.Shared.Files;

/// <summary>Names of exported files with their content, for example <c>executions_state-failed_q-kafka_2026-11-29T083000Z.csv</c>.</summary>
public static class ExportName
{
    private const int LongestPart = 60;
    private const int Longest = 150;

    /// <summary>The name.</summary>
    /// <param name="extension">Without its dot.</param>
    /// <param name="at">Time of the export, UTC; null when the content does not depend on it.</param>
    /// <param name="parts">The content, general parts first; empty ones are left out.</param>
    public static string Of(string extension, DateTimeOffset? at, params IEnumerable<string> parts)
    {
        var words = string.Join('_', parts.Select(Part).Where(part => part.Length > 0));
        if (words.Length > Longest) words = words[..Longest].TrimEnd('-', '_', '.') + "-etc";
        var moment = at is { } time ? "_" + time.UtcDateTime.ToString("yyyy-MM-dd'T'HHmmss'Z'", CultureInfo.InvariantCulture) : "";
        return $"{(words.Length > 0 ? words : "export")}{moment}.{extension}";
    }

    // Letters of any alphabet are kept; characters with a meaning for shells and file systems are replaced.
    private static string Part(string text)
    {
        var part = new System.Text.StringBuilder(Math.Min(text.Length, LongestPart));
        foreach (var rune in text.EnumerateRunes())
        {
            if (part.Length >= LongestPart) break;
            if (System.Text.Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '-') part.Append(rune.ToString());
            else if (part.Length > 0 && part[^1] != '-') part.Append('-');
        }
        return part.ToString().Trim('-', '.', '_');
    }
}
