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
    public static IEnumerable<(string Text, bool IsHit)> Parts(string text, IReadOnlyList<string> searches)
    {
        var from = 0;
        for (var hits = 0; hits < MostHits; hits++)
        {
            var (at, length) = (-1, 0);
            foreach (var search in searches)
            {
                if (search.Length == 0 || text.IndexOf(search, from, StringComparison.OrdinalIgnoreCase) is not (>= 0 and var found)) continue;
                if (at < 0 || found < at || (found == at && search.Length > length)) (at, length) = (found, search.Length);
            }
            if (at < 0) break;
            if (at > from) yield return (text[from..at], false);
            yield return (text.Substring(at, length), true);
            from = at + length;
        }
        if (from < text.Length) yield return (text[from..], false);
    }
}
