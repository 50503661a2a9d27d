using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>State of the compare page in its URL.</summary>
/// <param name="Left">The left spec; null before a selection.</param>
/// <param name="Right">The right spec; null before a selection.</param>
/// <param name="Unified">Whether lines are below each other instead of side by side.</param>
/// <param name="EmptyDiffers">Whether null, [], {} and missing are different instead of ignored.</param>
public sealed record CompareUrl(SpecRef? Left, SpecRef? Right, bool Unified = false, bool EmptyDiffers = false)
{
    /// <summary>Address of the page.</summary>
    public const string Path = "compare";

    /// <summary>Parses an address; unknown parts are ignored.</summary>
    public static CompareUrl Parse(string url)
    {
        var state = new CompareUrl(null, null);
        foreach (var (key, value) in QueryText.OfAddress(url))
        {
            if (key == "left") state = state with { Left = SpecRef.Parse(value) };
            else if (key == "right") state = state with { Right = SpecRef.Parse(value) };
            else if ((key, value) is ("empty", "differs")) state = state with { EmptyDiffers = true };
            else if ((key, value) is ("view", "unified")) state = state with { Unified = true };
        }
        return state;
    }

    /// <summary>The address of a comparison.</summary>
    /// <param name="left">The left spec.</param>
    /// <param name="right">The right spec.</param>
    /// <param name="emptyDiffers">As on the page that has the link.</param>
    public static string For(SpecRef left, SpecRef right, bool emptyDiffers = false) => new CompareUrl(left, right, EmptyDiffers: emptyDiffers).ToString();

    /// <summary>The address.</summary>
    public override string ToString()
    {
        var parts = new[]
        {
            Left is null ? "" : "left=" + Uri.EscapeDataString(Left.ToString()),
            Right is null ? "" : "right=" + Uri.EscapeDataString(Right.ToString()),
            Unified ? "view=unified" : "",
            EmptyDiffers ? "empty=differs" : "",
        };
        var query = string.Join('&', parts.Where(p => p.Length > 0));
        return query.Length > 0 ? $"{Path}?{query}" : Path;
    }
}
