using System.Globalization;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Components.Shared.Times;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Components.Pages.Timeline;

/// <summary>State of the timeline in its URL. Pure mapping; invalid parts are ignored.</summary>
public sealed record TimelineUrl
{
    /// <summary>Address of the page.</summary>
    public const string Path = "timeline";

    /// <summary>Heights of a lane, lowest first.</summary>
    public static IReadOnlyList<string> Heights { get; } = ["low", "middle", "high"];

    /// <summary>Label of a height.</summary>
    public static string HeightLabel(string height) => height switch { "low" => "compact", "high" => "tall", _ => "normal" };

    /// <summary>Filters.</summary>
    public ExecutionQuery Query { get; init; } = ExecutionQuery.All;
    /// <summary>The time range.</summary>
    public TimelineRange Range { get; init; } = TimelineRange.Default;
    /// <summary>Grouping of lanes: see <see cref="LaneOrder.Of"/>.</summary>
    public string Group { get; init; } = "";
    /// <summary>Groups whose lanes are hidden.</summary>
    public FoldedGroups Folded { get; init; } = FoldedGroups.None;
    /// <summary>Order of lanes.</summary>
    public LaneSort Sort { get; init; }
    /// <summary>Whether idle time is collapsed.</summary>
    public bool Fold { get; init; }
    /// <summary>Whether the table is shown.</summary>
    public bool Table { get; init; }
    /// <summary>One of <see cref="Heights"/>.</summary>
    public string Height { get; init; } = "middle";
    /// <summary>Id of the execution in the panel; empty without one.</summary>
    public string Open { get; init; } = "";
    /// <summary>Its open tab; empty for the first.</summary>
    public string Tab { get; init; } = "";

    /// <summary>Parses an address or its query string.</summary>
    public static TimelineUrl Parse(string url)
    {
        var state = new TimelineUrl { Query = ExecutionQuery.Parse(QueryText.QueryOf(url)) with { Sort = ExecutionSort.Updated, Ascending = false } };
        string? from = null, to = null;
        foreach (var (key, escaped) in QueryText.EscapedOfAddress(url))
        {
            if (QueryText.Unescape(escaped) is not { Length: <= QueryText.LongestValue } value) continue;
            switch (key)
            {
                case "last" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e10:
                    state = state with { Range = TimelineRange.Last(TimeSpan.FromSeconds(seconds)) };
                    break;
                case "from": from = value; break;
                case "to": to = value; break;
                case "group": state = state with { Group = value is LaneOrder.ByConnection or LaneOrder.ByState || value.StartsWith(LaneOrder.ByLabel, StringComparison.Ordinal) ? value : "" }; break;
                case "folded": state = state with { Folded = FoldedGroups.Parse(escaped) }; break;
                case "order": state = state with { Sort = Enum.GetValues<LaneSort>().FirstOrDefault(s => s.ToString().Equals(value, StringComparison.OrdinalIgnoreCase)) }; break;
                case "fold": state = state with { Fold = value == "yes" }; break;
                case "table": state = state with { Table = value == "yes" }; break;
                case "height": state = state with { Height = Heights.Contains(value) ? value : "middle" }; break;
                case "open": state = state with { Open = value }; break;
                case "tab": state = state with { Tab = value }; break;
            }
        }
        return TimeRange.Parse(from, to) switch
        {
            { From.Time: { } start, To.Time: { } end } => state with { Range = TimelineRange.Between(start, end) },
            { From: { IsRelative: true, Ago.Ticks: > 0 } last, To: null } => state with { Range = TimelineRange.Last(last.Ago) },
            _ => state,
        };
    }

    /// <summary>The same without the panel, as a view keeps it that somebody saves.</summary>
    public TimelineUrl AsView => this with { Open = "", Tab = "" };

    /// <summary>The same also without the times, which would be long past at the next visit.</summary>
    public TimelineUrl AsLast => this with { Open = "", Tab = "", Range = TimelineRange.Last(Range.Span) };

    /// <summary>What is shown, in words.</summary>
    public string Words(FleetStore store)
    {
        var words = ExecutionFilterList.List.Words(Query, store);
        if (words.Length > 0) return words;
        if (Group.Length > 0) return $"grouped by {Group.Replace(LaneOrder.ByLabel, "", StringComparison.Ordinal)}";
        return Range.Follows ? $"last {Format.Span(Range.Span)}" : TimeText.Utc.Of(Range.ToTimes()) + " UTC";
    }

    /// <summary>The address; bare for the default view.</summary>
    public override string ToString()
    {
        var parts = new[]
        {
            Query.ToUrl(),
            Range.From is { } from
                ? $"from={Moment.At(from)}&to={Moment.At(Range.At(from).To)}"
                : Range == TimelineRange.Default ? "" : "last=" + Range.Span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture),
            Group.Length > 0 ? "group=" + Uri.EscapeDataString(Group) : "",
            Group.Length > 0 && !Folded.IsNone ? "folded=" + Folded : "",
            Sort != LaneSort.Name ? "order=" + Sort.ToString().ToLowerInvariant() : "",
            Fold ? "fold=yes" : "",
            Table ? "table=yes" : "",
            Height != "middle" ? "height=" + Height : "",
            Open.Length > 0 ? "open=" + Uri.EscapeDataString(Open) : "",
            Open.Length > 0 && Tab.Length > 0 ? "tab=" + Uri.EscapeDataString(Tab) : "",
        };
        var query = string.Join('&', parts.Where(p => p.Length > 0));
        return query.Length > 0 ? $"{Path}?{query}" : Path;
    }

    /// <summary>The address of the timeline for a query, with a range or the last hour.</summary>
    public static string For(ExecutionQuery query, TimelineRange? range = null) => new TimelineUrl { Query = query with { Sort = ExecutionSort.Updated, Ascending = false }, Range = range ?? TimelineRange.Default }.ToString();
}
