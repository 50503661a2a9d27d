using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Live.Logs;

namespace ExecutionDashboard.Components.Shared.Logs;

/// <summary>The filters of a log, as it shows them.</summary>
public static class LogFilterList
{
    /// <summary>The levels, most urgent first.</summary>
    public static readonly IReadOnlyList<LogLevelName> Levels = [LogLevelName.Error, LogLevelName.Warn, LogLevelName.Info, LogLevelName.Debug, LogLevelName.None];

    /// <summary>For texts about filters, without what one log has.</summary>
    public static FilterList List { get; } = Of(_ => null, () => []);

    /// <summary>Levels have toggles and no chip; nodes are those that wrote.</summary>
    /// <param name="lines">Number of lines with a level; null when unknown.</param>
    /// <param name="nodes">The nodes that wrote, with the number of their lines.</param>
    public static FilterList Of(Func<LogLevelName, int?> lines, Func<IEnumerable<FilterChoice>> nodes) => new(LogQuery.Vocabulary)
    {
        HasToggle = (condition, _, _) => condition.Field == FilterField.Level,
        Choices = (field, _) => field switch
        {
            FilterField.Level => Levels.Select(level => new FilterChoice(LogQuery.Word(level), level == LogLevelName.None ? LogLabels.Word(level) : "", lines(level))),
            FilterField.Node => nodes(),
            _ => null,
        },
        FieldName = field => field == FilterField.Time ? "written" : null,
        ValueName = (field, value) => field == FilterField.Level ? "level " + value : null,
    };
}
