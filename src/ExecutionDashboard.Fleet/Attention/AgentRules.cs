using System.Globalization;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>
/// Nodes whose agent is far behind the fleet's: most nodes run a newer one, and theirs is behind by a major or minor version, or by three versions that
/// the fleet runs.
/// </summary>
public static class AgentRules
{
    private const int FewestVersions = 3;
    private const int FewestNodes = 10;
    private const int MostNamed = 5;

    /// <summary>The problem; null when no agent is far behind. Depends on <see cref="FleetStore.NodeTraitsEdition"/> alone. Cost: the nodes.</summary>
    public static Problem? Of(FleetStore store, AttentionOptions options)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var known = 0;
        foreach (var node in store.Nodes)
        {
            if (node.AgentVersion.Length == 0) continue;
            known++;
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, node.AgentVersion, out _)++;
        }
        // Of a few nodes none is the rule.
        if (known < FewestNodes || counts.Count < 2) return null;
        var behind = Behind(counts, known, options, out var fleet);
        return behind.Count == 0 ? null : Card([.. store.Nodes.Where(node => behind.Contains(node.AgentVersion))], counts, known, fleet);
    }

    private static HashSet<string> Behind(Dictionary<string, int> counts, int known, AttentionOptions options, out string fleet)
    {
        var versions = counts.Keys.Order(NaturalOrder.Instance).ToArray();
        fleet = counts.OrderByDescending(c => c.Value).ThenByDescending(c => c.Key, NaturalOrder.Instance).First().Key;
        var at = Array.IndexOf(versions, fleet);
        var behind = new HashSet<string>(StringComparer.Ordinal);
        var newer = known;
        for (var i = 0; i < at; i++)
        {
            newer -= counts[versions[i]];
            if (newer * 100.0 < (double)options.AgentBehindPercent * known) break;
            if (IsMinorBehind(versions[i], fleet) || at - i >= FewestVersions) behind.Add(versions[i]);
        }
        return behind;
    }

    // 2.0.9 is behind 2.1.21 by a minor version; what does not read as major and minor is compared by the versions between.
    private static bool IsMinorBehind(string version, string fleet) => MajorMinor(version) is { } one && MajorMinor(fleet) is { } other && one.CompareTo(other) < 0;

    private static (int, int)? MajorMinor(string version)
    {
        var parts = version.TrimStart('v', 'V').Split('.', '-', '+');
        return parts.Length >= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? (major, minor) : null;
    }

    private static Problem Card(Node[] nodes, Dictionary<string, int> counts, int known, string fleet)
    {
        Array.Sort(nodes, (a, b) => NaturalOrder.Instance.Compare(a.AgentVersion, b.AgentVersion) is not 0 and var order ? order : NaturalOrder.Instance.Compare(a.DisplayName, b.DisplayName));
        var versions = nodes.Select(node => node.AgentVersion).Distinct().ToArray();
        var address = PageAddress.Nodes(new NodeQuery { Agents = versions });
        return new()
        {
            Id = $"{ProblemCauses.CodeOf(ProblemCause.AgentBehind)}/nodes", Cause = ProblemCause.AgentBehind, Severity = ProblemSeverity.Notice,
            // When an agent came to be behind, no field tells; that it reports this version it has since its connection.
            Since = nodes.Min(node => node.ConnectedSince ?? node.UpdatedAt) ?? DateTimeOffset.UnixEpoch,
            Summary = nodes.Length == 1 ? $"The agent of {nodes[0].DisplayName} is far behind the fleet's: {PlainText.Of(nodes[0].AgentVersion)}, most run {PlainText.Of(fleet)}."
                : $"The agents of {Text(nodes.Length)} nodes are far behind the fleet's: most run {PlainText.Of(fleet)}.",
            Subjects = [.. nodes.Take(Problem.MostSubjects).Select(node => new ProblemSubject(FleetKind.Node, node.Id, node.DisplayName))],
            Nodes = nodes.Length, Address = address,
            Evidence =
            [
                .. versions.Take(MostNamed).Select(version => new Evidence(
                    $"{PlainText.Of(version)} on {RolloutSummary.Count(counts[version], "node")}.", "node", null, PageAddress.Nodes(new NodeQuery { Agents = [version] }))),
                new($"{PlainText.Of(fleet)} on {Text(counts[fleet])} of {RolloutSummary.Count(known, "node")}.", "node", null, PageAddress.Nodes(new NodeQuery { Agents = [fleet] })),
            ],
            NextSteps = [new(StepAction.Open, address, "Open the nodes", "Lists them. Update the agent there: what an older agent does not know fails only on these nodes.")],
        };
    }

    private static string Text(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
