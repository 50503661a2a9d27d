using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>A property that the failed nodes of a deployment have more often than the healthy ones.</summary>
/// <param name="Name">Name of the property: <c>label region</c>, <c>operating system</c>, <c>architecture</c>, <c>agent version</c>, <c>connection</c>.</param>
/// <param name="Value">Value of the property.</param>
/// <param name="FailedWith">Failed nodes that have it.</param>
/// <param name="Failed">Failed nodes in total.</param>
/// <param name="HealthyWith">Healthy nodes that have it.</param>
/// <param name="Healthy">Healthy nodes in total.</param>
public sealed record CommonTrait(string Name, string Value, int FailedWith, int Failed, int HealthyWith, int Healthy);

/// <summary>Finds properties that failed nodes have in common and healthy nodes do not.</summary>
public static class CommonTraits
{
    /// <summary>Most traits that are returned.</summary>
    public const int Most = 5;
    /// <summary>Fewest failed nodes that must have a trait.</summary>
    public const int FewestFailed = 2;
    /// <summary>A trait must be at least this many times as frequent among the failed nodes as among the healthy ones.</summary>
    public const double LeastLift = 1.5;

    // Many traits are tested at once, so each must pass a stricter level than 5 %.
    private const double Level = 0.01;
    private const double LeastShare = 0.2;

    /// <summary>
    /// The common traits, most distinctive first. A trait is returned when at least two failed nodes and a fifth of all failed nodes have it, when it is 1.5 times as
    /// frequent among them, and when Fisher's exact test gives less than 1 % for it. Empty when no node failed, or none is healthy. A node that the store does not
    /// know has no traits.
    /// </summary>
    public static IReadOnlyList<CommonTrait> Of(RolloutSummary summary, FleetStore store)
    {
        Node[] failed = NodesOf(summary, store, row => row.IsFailed);
        if (failed.Length == 0) return [];
        var healthy = NodesOf(summary, store, row => row.IsHealthy);
        return Of(failed, healthy);
    }

    /// <summary>The same for any two groups of nodes.</summary>
    public static IReadOnlyList<CommonTrait> Of(IReadOnlyCollection<Node> troubled, IReadOnlyCollection<Node> healthyNodes)
    {
        var (failed, healthy) = (troubled.Count, healthyNodes.Count);
        if (failed == 0 || healthy == 0) return [];
        // Collect candidates from the failed nodes only: there are usually far fewer of them than of healthy ones.
        var candidates = troubled.SelectMany(TraitsOf).GroupBy(trait => trait)
            .Select(group => (group.Key.Name, group.Key.Value, Failed: group.Count()))
            .Where(c => IsFrequent(c.Failed, failed))
            .GroupBy(c => c.Name, StringComparer.Ordinal);
        var traits = new List<CommonTrait>();
        foreach (var values in candidates)
        {
            var (named, with) = (values.ToArray(), new int[values.Count()]);
            foreach (var node in healthyNodes)
            {
                if (ValueOf(node, values.Key) is not { } value) continue;
                for (var i = 0; i < named.Length; i++)
                    if (named[i].Value == value) with[i]++;
            }
            traits.AddRange(named.Zip(with, (c, healthyWith) => new CommonTrait(NameOf(c.Name), c.Value, c.Failed, failed, healthyWith, healthy))
                .Where(t => IsTelling(t.FailedWith, failed, t.HealthyWith, healthy)));
        }
        return [.. traits
            .OrderByDescending(t => (double)t.FailedWith / failed - (double)t.HealthyWith / healthy)
            .ThenBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Value, StringComparer.Ordinal)
            .Take(Most)];
    }

    /// <summary>Whether a node has a trait.</summary>
    public static bool Has(Node node, CommonTrait trait) => TraitsOf(node).Any(t => t.Value == trait.Value && NameOf(t.Name) == trait.Name);

    private static bool IsTelling(int failedWith, int failed, int healthyWith, int healthy) =>
        IsFrequent(failedWith, failed)
        && (double)failedWith / failed >= LeastLift * healthyWith / healthy
        && FisherTest.AtLeast(failedWith, failed, healthyWith, healthy) < Level;

    private static bool IsFrequent(int failedWith, int failed) => failedWith >= FewestFailed && failedWith >= LeastShare * failed;

    private static Node[] NodesOf(RolloutSummary summary, FleetStore store, Predicate<RolloutRow> belongs) =>
        [.. Array.FindAll(summary.Rows, belongs).Select(row => store.FindNode(row.NodeId)).OfType<Node>()];

    // Prefix of built-in properties, so that a label with the same name is another trait. No label key starts with it.
    private const char Fact = '\0';

    private static string NameOf(string name) => name[0] == Fact ? name[1..] : "label " + name;

    private static IEnumerable<(string Name, string Value)> TraitsOf(Node node)
    {
        foreach (var (key, value) in node.Labels)
            if (key.Length > 0) yield return (key, value);
        foreach (var name in Facts)
            if (ValueOf(node, name) is { Length: > 0 } value) yield return (name, value);
    }

    private static readonly string[] Facts = [Fact + "operating system", Fact + "architecture", Fact + "agent version", Fact + "connection"];

    private static string? ValueOf(Node node, string name) => name switch
    {
        "\0operating system" => node.OperatingSystem,
        "\0architecture" => node.Architecture,
        "\0agent version" => node.AgentVersion,
        "\0connection" => node.Connection,
        _ => node.Labels.GetValueOrDefault(name),
    };
}
