using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Components.Pages.Changes;

/// <summary>State of the page in its URL. Pure mapping; invalid parts are ignored.</summary>
/// <param name="Range">The range; <see cref="TimeRange.All"/> stands for <see cref="Default"/>.</param>
/// <param name="By">What executions and nodes are grouped by.</param>
public sealed record ChangesUrl(TimeRange Range, ChangeGrouping By)
{
    /// <summary>Address of the page.</summary>
    public const string Path = "changes";

    /// <summary>The range of an address that has none.</summary>
    public static TimeRange Default { get; } = TimeRange.Last(TimeSpan.FromHours(1));

    /// <summary>The range that is shown.</summary>
    public TimeRange Shown => Range.IsAll ? Default : Range;

    /// <summary>Parses an address.</summary>
    public static ChangesUrl Parse(string url)
    {
        string? from = null, to = null;
        var by = ChangeGrouping.Job;
        foreach (var (key, value) in QueryText.OfAddress(url))
        {
            if (key == "from") from = value;
            else if (key == "to") to = value;
            else if (key == "by") by = ChangeGrouping.Parse(value) ?? by;
        }
        return new(TimeRange.Parse(from, to), by);
    }

    /// <summary>The address of what changed in a range.</summary>
    /// <param name="from">Its beginning.</param>
    /// <param name="to">Its end; null for now.</param>
    public static string For(DateTimeOffset from, DateTimeOffset? to = null) => new ChangesUrl(TimeRange.Of(Moment.At(from), to is { } end ? Moment.At(end) : null), ChangeGrouping.Job).ToString();

    /// <summary>The address.</summary>
    public override string ToString()
    {
        var query = QueryText.Join(Range.ToUrl(), By == ChangeGrouping.Job ? "" : "by=" + Uri.EscapeDataString(By.Name));
        return query.Length > 0 ? $"{Path}?{query}" : Path;
    }
}
