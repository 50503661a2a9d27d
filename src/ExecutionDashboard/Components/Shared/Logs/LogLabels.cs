using ExecutionDashboard.ControlPlane.Logs;

namespace ExecutionDashboard.Components.Shared.Logs;

/// <summary>Labels and styles of log levels, and search hits in a line.</summary>
public static class LogLabels
{
    private const int MostHits = 20;

    /// <summary>Label of a level.</summary>
    public static string Word(LogLevelName level) => level switch
    {
        LogLevelName.Error => "error", LogLevelName.Warn => "warn", LogLevelName.Info => "info", LogLevelName.Debug => "debug", _ => "no level",
    };

    /// <summary>Name of its icon.</summary>
    public static string Icon(LogLevelName level) => level switch
    {
        LogLevelName.Error => "failed", LogLevelName.Warn => "degraded", LogLevelName.Info => "completed", LogLevelName.Debug => "search", _ => "other",
    };

    /// <summary>CSS class of its colours.</summary>
    public static string Css(LogLevelName level) => level switch
    {
        LogLevelName.Error => "st-failed", LogLevelName.Warn => "st-degraded", LogLevelName.Info => "st-completed", LogLevelName.Debug => "st-pending", _ => "st-other",
    };

    /// <summary>A text in one row: line ends as signs.</summary>
    public static string Row(string text) => text.Replace("\n", " ⏎ ", StringComparison.Ordinal);

    /// <summary>Splits a text into search hits and the rest. At most 20 hits are marked.</summary>
    public static IEnumerable<(string Text, bool IsHit)> Parts(string text, string search)
    {
        var from = 0;
        for (var hits = 0; search.Length > 0 && hits < MostHits; hits++)
        {
            var at = text.IndexOf(search, from, StringComparison.OrdinalIgnoreCase);
            if (at < 0) break;
            if (at > from) yield return (text[from..at], false);
            yield return (text.Substring(at, search.Length), true);
            from = at + search.Length;
        }
        if (from < text.Length) yield return (text[from..], false);
    }
}
