using System.Globalization;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>Which nodes a rollout has reached, for the dialogs that promote, pause or resume it.</summary>
/// <param name="Rest">Nodes that get the version after the canaries; null when the server does not send the number of nodes.</param>
/// <param name="Others">Nodes that run another version now, by version.</param>
/// <param name="Version">The version being rolled out; null when not sent.</param>
public sealed record RolloutReach(int? Rest, IReadOnlyDictionary<int, int> Others, int? Version)
{
    /// <summary>Computes it. Reads the executions of the job once.</summary>
    public static RolloutReach Of(RolloutSummary summary, FleetStore store) => new(
        summary.Progress.Total is { } total ? Math.Max(0, total - summary.CanaryCount) : null, summary.Deployment.ToVersion is null ? new SortedDictionary<int, int>() : store.OtherVersions(summary.Deployment), summary.Deployment.ToVersion);

    /// <summary>Nodes that still run another version, as a sentence: <c>12 nodes run an older version now (v7).</c> Empty when there are none.</summary>
    public string OthersInWords
    {
        get
        {
            var nodes = Others.Values.Sum();
            if (nodes == 0) return "";
            var kind = Others.Keys.All(version => version < Version) ? "older" : "other";
            var which = Others.Count > 1 ? $"{kind} versions" : kind == "older" ? "an older version" : "another version";
            return $"{RolloutSummary.Count(nodes, "node")} {(nodes == 1 ? "runs" : "run")} {which} now ({string.Join(", ", Others.Keys.Take(5).Select(v => string.Create(CultureInfo.InvariantCulture, $"v{v}")))}{(Others.Count > 5 ? ", …" : "")}).";
        }
    }

    /// <inheritdoc/>
    public bool Equals(RolloutReach? other) => other is not null && (Rest, Version) == (other.Rest, other.Version) && Others.SequenceEqual(other.Others);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rest, Version, Others.Count);
}
