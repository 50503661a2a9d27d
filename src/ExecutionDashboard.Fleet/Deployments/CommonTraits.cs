using System.Runtime.InteropServices;

namespace ExecutionDashboard.Fleet;

/// <summary>Something that the failed nodes of a deployment have in common more than the healthy ones.</summary>
/// <param name="Name">What: <c>label region</c>, <c>operating system</c>, <c>architecture</c>, <c>agent version</c>, <c>connection</c>.</param>
/// <param name="Value">Its value on these nodes.</param>
/// <param name="FailedWith">Failed nodes that have it.</param>
/// <param name="Failed">Failed nodes in all.</param>
/// <param name="HealthyWith">Healthy nodes that have it.</param>
/// <param name="Healthy">Healthy nodes in all.</param>
public sealed record CommonTrait(string Name, string Value, int FailedWith, int Failed, int HealthyWith, int Healthy);

/// <summary>What the failed nodes share that the healthy ones do not.</summary>
public static class CommonTraits
{
    /// <summary>Most traits that are named.</summary>
    public const int Most = 5;
    /// <summary>Fewest failed nodes that must have a trait.</summary>
    public const int FewestFailed = 2;
    /// <summary>A trait must be at least so many times as frequent among the failed as among the healthy.</summary>
    public const double LeastLift = 1.5;

    // Many traits are looked at, so one must be clearer than 5 % to be named.
    private const double Level = 0.01;
    private const double LeastShare = 0.2;

    /// <summary>
    /// The traits, best first: those that most failed and fewest healthy nodes have. One is named when at least two and a fifth of the
    /// failed nodes have it, it is 1.5 times as frequent among them, and chance alone would show that in fewer than 1 of 100 cases (Fisher's
    /// exact test). Empty where nothing failed, or nothing is healthy to compare with. A node that the store does not know has no traits.
    /// </summary>
    public static IReadOnlyList<CommonTrait> Of(Deployment deployment, FleetStore store)
    {
        var counts = new Dictionary<(string Name, string Value), (int Failed, int Healthy)>();
        var (failed, healthy) = (0, 0);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in store.RolloutRows(deployment))
        {
            if (!(row.IsFailed || row.IsHealthy) || store.FindNode(row.NodeId) is not { } node) continue;
            if (row.IsFailed) failed++;
            else healthy++;
            foreach (var trait in TraitsOf(node, names))
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, trait, out _);
                count = row.IsFailed ? (count.Failed + 1, count.Healthy) : (count.Failed, count.Healthy + 1);
            }
        }
        if (failed == 0 || healthy == 0) return [];
        return [.. counts
            .Where(c => IsTelling(c.Value.Failed, failed, c.Value.Healthy, healthy))
            .Select(c => new CommonTrait(c.Key.Name, c.Key.Value, c.Value.Failed, failed, c.Value.Healthy, healthy))
            .OrderByDescending(t => (double)t.FailedWith / failed - (double)t.HealthyWith / healthy)
            .ThenBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Value, StringComparer.Ordinal)
            .Take(Most)];
    }

    private static bool IsTelling(int failedWith, int failed, int healthyWith, int healthy) =>
        failedWith >= FewestFailed && failedWith >= LeastShare * failed
        && (double)failedWith / failed >= LeastLift * healthyWith / healthy
        && FisherTest.AtLeast(failedWith, failed, healthyWith, healthy) < Level;

    private static IEnumerable<(string Name, string Value)> TraitsOf(Node node, Dictionary<string, string> names)
    {
        foreach (var (key, value) in node.Labels)
        {
            if (!names.TryGetValue(key, out var name)) names[key] = name = "label " + key;
            yield return (name, value);
        }
        if (node.OperatingSystem.Length > 0) yield return ("operating system", node.OperatingSystem);
        if (node.Architecture.Length > 0) yield return ("architecture", node.Architecture);
        if (node.AgentVersion.Length > 0) yield return ("agent version", node.AgentVersion);
        if (node.Connection.Length > 0) yield return ("connection", node.Connection);
    }
}
