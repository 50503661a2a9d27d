using ExecutionDashboard.Fleet.Attention.Rules;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention.Grouping;

/// <summary>Nodes that lost contact together.</summary>
/// <param name="Label">The label that they share, as <c>region=eu</c>; empty where it is half of the fleet or more, whatever its labels.</param>
/// <param name="Nodes">The nodes, first lost first.</param>
/// <param name="With">Nodes in all that have the label.</param>
internal sealed record Outage(string Label, List<ContactFinding> Nodes, int With)
{
    /// <summary>How often many were lost, with a pause between that was longer than <see cref="AttentionOptions.OutageSpan"/>. From 1.</summary>
    public int Waves { get; private set; } = 1;

    /// <summary>More that share the label were lost at another time.</summary>
    public void Add(Outage wave)
    {
        Nodes.AddRange(wave.Nodes);
        Nodes.Sort(ContactFinding.ByTime);
        Waves++;
    }
}

/// <summary>Finds the outages among nodes that are unreachable. One thread at a time.</summary>
internal sealed class Outages(FleetStore store, AttentionOptions options)
{
    private const int Most = 50;
    // As for the traits of failures: many labels are looked at, so one must be clearer than 5 % to be named.
    private const double Level = 0.01;
    private const double LeastLift = 1.5;

    private readonly Dictionary<(string Key, string Value), int> _totals = [];
    private long _traits = -1;

    /// <summary>
    /// The outages, that which explains the most first: each the label value of which so many nodes lost contact within <see cref="AttentionOptions.OutageSpan"/>
    /// that it is half of those that have it, or clearly more than elsewhere. What shares a label is one, in waves. Nodes of an outage are taken out of what is given.
    /// </summary>
    /// <param name="unreachable">Nodes that are unreachable, first lost first.</param>
    public List<Outage> Of(List<ContactFinding> unreachable)
    {
        var outages = new List<Outage>();
        while (outages.Count < Most && unreachable.Count >= options.OutageNodes && Best(unreachable) is { } best)
        {
            if (outages.Find(outage => outage.Label == best.Label) is { } before) before.Add(best);
            else outages.Add(best);
            var gone = best.Nodes.Select(node => node.Node).ToHashSet();
            unreachable.RemoveAll(node => gone.Contains(node.Node));
        }
        return outages;
    }

    private Outage? Best(List<ContactFinding> unreachable)
    {
        var byLabel = new Dictionary<(string Key, string Value), List<ContactFinding>>();
        foreach (var node in unreachable)
        {
            if (node.Since == 0 || store.FindNode(store.NodeId(node.Node)) is not { } found) continue;
            foreach (var (key, value) in found.Labels)
                if (key.Length > 0) (System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(byLabel, (key, value), out _) ??= []).Add(node);
        }
        var candidates = byLabel.Where(label => label.Value.Count >= options.OutageNodes)
            .Select(label => (label.Key, Window: Densest(label.Value), label.Value)).Where(c => c.Window.Count >= options.OutageNodes).ToList();
        Count(candidates.Select(c => c.Key));
        var all = unreachable.FindAll(node => node.Since != 0);
        var (best, bestScore) = ((Outage?)null, 0.0);
        // All of them first: where half of the fleet is gone, no label that it shares by chance is to blame.
        if (Densest(all) is var fleet && fleet.Count >= options.OutageNodes && 2 * fleet.Count >= store.NodeCount)
            (best, bestScore) = (new("", Widen(all, fleet), store.NodeCount), Score(fleet.Count, fleet.Count, store.NodeCount));
        foreach (var (label, window, nodes) in candidates.OrderBy(c => c.Key.Key, StringComparer.Ordinal).ThenBy(c => c.Key.Value, StringComparer.Ordinal))
        {
            var (with, together) = (_totals[label], Within(all, nodes[window.First].Since, nodes[window.First + window.Count - 1].Since));
            if (Score(window.Count, together, with) is var score && score > bestScore && Explains(window.Count, together, with))
                (best, bestScore) = (new($"{label.Key}={label.Value}", Widen(nodes, window), with), score);
        }
        return best;
    }

    // Of those that have the label and of those that lost contact at the time: how well the two are the same (F1).
    private static double Score(int both, int together, int with) => 2.0 * both / (together + with);

    private bool Explains(int both, int together, int with)
    {
        if (2 * both >= with) return true;
        var (others, othersGone) = (store.NodeCount - with, together - both);
        return others > 0 && (double)both / with >= LeastLift * othersGone / others && FisherTest.AtLeast(both, with, othersGone, others) < Level;
    }

    /// <summary>The most of some nodes, first lost first, that lost contact within the span.</summary>
    private (int First, int Count) Densest(List<ContactFinding> nodes)
    {
        var (first, best) = (0, (First: 0, Count: 0));
        for (var last = 0; last < nodes.Count; last++)
        {
            while (nodes[last].Since - nodes[first].Since > options.OutageSpan.Ticks) first++;
            if (last - first + 1 > best.Count) best = (first, last - first + 1);
        }
        return best;
    }

    // What went on to fall without a pause belongs to it.
    private List<ContactFinding> Widen(List<ContactFinding> nodes, (int First, int Count) window)
    {
        var (first, last) = (window.First, window.First + window.Count - 1);
        while (first > 0 && nodes[first].Since - nodes[first - 1].Since <= options.OutageSpan.Ticks) first--;
        while (last + 1 < nodes.Count && nodes[last + 1].Since - nodes[last].Since <= options.OutageSpan.Ticks) last++;
        return nodes.GetRange(first, last - first + 1);
    }

    private static int Within(List<ContactFinding> nodes, long from, long to) => FirstAfter(nodes, to) - FirstAfter(nodes, from - 1);

    private static int FirstAfter(List<ContactFinding> nodes, long since)
    {
        var (low, high) = (0, nodes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (nodes[middle].Since > since) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// <summary>Counts the nodes that have each label, those not counted since a node's labels last changed.</summary>
    private void Count(IEnumerable<(string Key, string Value)> labels)
    {
        if (_traits != store.NodeTraitsEdition) _totals.Clear();
        _traits = store.NodeTraitsEdition;
        var missing = labels.Where(label => !_totals.ContainsKey(label)).ToList();
        if (missing.Count == 0) return;
        foreach (var label in missing) _totals[label] = 0;
        string[] keys = [.. missing.Select(label => label.Key).Distinct(StringComparer.Ordinal)];
        var wanted = missing.ToHashSet();
        foreach (var node in store.Nodes)
            foreach (var key in keys)
                if (node.Labels.TryGetValue(key, out var value) && wanted.Contains((key, value))) _totals[(key, value)]++;
    }
}
