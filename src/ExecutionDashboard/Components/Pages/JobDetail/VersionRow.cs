using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Components.Pages.JobDetail;

/// <summary>One version of a job and its changes.</summary>
/// <param name="Version">The version.</param>
/// <param name="Before">Number of the previous version that the server still has; 0 without one.</param>
/// <param name="Comparison">Its changes; null when not compared.</param>
/// <param name="Paths">Paths of the first few changes.</param>
/// <param name="Why">Why it was not compared; empty when it was.</param>
/// <param name="By">Its author; empty when not sent.</param>
public sealed record VersionRow(JobVersion Version, int Before, SpecComparison? Comparison, string Paths, string Why, string By)
{
    /// <summary>Most versions that are compared with their predecessor.</summary>
    public const int MostCompared = 200;

    private const int MostPaths = 3;

    private static readonly string[] Authors = ["created_by", "requested_by", "user", "actor", "author"];

    /// <summary>The versions, newest first.</summary>
    /// <param name="versions">From the control plane.</param>
    /// <param name="history">The job's events, for the authors; may be empty.</param>
    public static IReadOnlyList<VersionRow> Of(IReadOnlyList<JobVersion> versions, IReadOnlyList<HistoryEvent> history)
    {
        var newest = versions.OrderByDescending(v => v.Version).ToList();
        var rows = new List<VersionRow>(newest.Count);
        for (var i = 0; i < newest.Count; i++)
        {
            var (version, before) = (newest[i], i + 1 < newest.Count ? newest[i + 1] : null);
            var why = before is null ? version.Version == 1 ? "the first version" : "the server no longer has the previous version"
                : version.Spec is null || before.Spec is null ? "the server sent no spec"
                : i >= MostCompared ? $"only the newest {MostCompared} are compared" : "";
            SpecComparison? comparison = null;
            var paths = "";
            if (why.Length == 0)
            {
                if (SpecValue.Parse(before!.Spec!.Json) is { } old && SpecValue.Parse(version.Spec!.Json) is { } now)
                {
                    comparison = SpecComparison.Of(old, now);
                    paths = PathsOf(SpecDiff.Shown(before.Spec.Json, version.Spec.Json));
                }
                else why = "one of the specs cannot be read";
            }
            rows.Add(new(
                version, before?.Version ?? 0, comparison, paths, why,
                version.CreatedBy.Length > 0 ? version.CreatedBy : AuthorOf(version.Version, history)));
        }
        return rows;
    }

    private static string PathsOf(IReadOnlyList<SpecDifference> differences) =>
        string.Join(", ", differences.Take(MostPaths).Select(d => d.Path.Length > 0 ? d.Path : "the whole spec")) + (differences.Count > MostPaths ? ", …" : "");

    private static string AuthorOf(int version, IReadOnlyList<HistoryEvent> history)
    {
        foreach (var told in history)
        {
            if (told.JobVersion != version || told.ExecutionId.Length > 0) continue;
            foreach (var name in Authors)
                if (told.Details.GetValueOrDefault(name) is { Length: > 0 } author) return author;
        }
        return "";
    }
}
