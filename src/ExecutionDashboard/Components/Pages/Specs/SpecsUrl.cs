using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Specs;

/// <summary>State of the page in its URL.</summary>
/// <param name="BehindOnly">Only jobs with outdated nodes.</param>
/// <param name="Text">Text in the job's name or id.</param>
/// <param name="Open">Id of the job whose outdated nodes are listed; empty for none.</param>
public sealed record SpecsUrl(bool BehindOnly = false, string Text = "", string Open = "")
{
    /// <summary>Address of the page.</summary>
    public const string Path = "specs";

    /// <summary>Whether no filter is set.</summary>
    public bool IsUnfiltered => !BehindOnly && Text.Length == 0;

    /// <summary>Parses an address; unknown parts are ignored.</summary>
    public static SpecsUrl Parse(string url)
    {
        var state = new SpecsUrl();
        foreach (var (key, value) in QueryText.OfAddress(url))
        {
            if ((key, value) is ("behind", "yes")) state = state with { BehindOnly = true };
            else if (key == "q") state = state with { Text = value };
            else if (key == "open") state = state with { Open = value };
        }
        return state;
    }

    /// <summary>Whether a job is listed.</summary>
    public bool Matches(SpecSkew skew) =>
        (!BehindOnly || skew.Behind > 0)
        && (Text.Length == 0 || skew.Job.DisplayName.Contains(Text, StringComparison.OrdinalIgnoreCase) || skew.Job.Id.Contains(Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The address.</summary>
    public override string ToString()
    {
        var parts = new[] { BehindOnly ? "behind=yes" : "", Text.Length > 0 ? "q=" + Uri.EscapeDataString(Text) : "", Open.Length > 0 ? "open=" + Uri.EscapeDataString(Open) : "" };
        var query = string.Join('&', parts.Where(p => p.Length > 0));
        return query.Length > 0 ? $"{Path}?{query}" : Path;
    }
}
