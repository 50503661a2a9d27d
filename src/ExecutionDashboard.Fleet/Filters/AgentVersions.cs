namespace ExecutionDashboard.Fleet.Filters;

/// <summary>
/// Order of agent versions: numbers by value, a pre-release before its release (<c>2.1.19-rc1</c> before <c>2.1.19</c>), build metadata and a leading <c>v</c> left
/// out (source: semver.org, item 11).
/// </summary>
public static class AgentVersions
{
    /// <summary>Less than 0 when the first is the older one.</summary>
    public static int Compare(string a, string b)
    {
        var ((release, preview), (otherRelease, otherPreview)) = (Parts(a), Parts(b));
        var order = NaturalOrder.Instance.Compare(release, otherRelease);
        if (order != 0) return order;
        return preview.Length == 0 || otherPreview.Length == 0 ? otherPreview.Length.CompareTo(preview.Length) : NaturalOrder.Instance.Compare(preview, otherPreview);
    }

    /// <summary>Whether a version meets a comparison.</summary>
    internal static bool Meets(string version, FilterTest test, string value) => test switch
    {
        FilterTest.Below => Compare(version, value) < 0,
        FilterTest.AtMost => Compare(version, value) <= 0,
        FilterTest.Above => Compare(version, value) > 0,
        _ => Compare(version, value) >= 0,
    };

    private static (string Release, string Preview) Parts(string version)
    {
        var text = version.StartsWith('v') || version.StartsWith('V') ? version[1..] : version;
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        if (plus >= 0) text = text[..plus];
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        // 2.1 is 2.1.0.
        var (release, preview) = dash < 0 ? (text, "") : (text[..dash], text[(dash + 1)..]);
        for (var dots = release.Count(c => c == '.'); dots < 2 && release.Length > 0; dots++) release += ".0";
        return (release, preview);
    }
}
