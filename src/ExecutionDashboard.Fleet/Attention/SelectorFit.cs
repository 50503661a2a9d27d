using System.Globalization;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>How a job's selector narrows the nodes, one condition after the other, and which node misses by the least.</summary>
internal sealed class SelectorFit
{
    private SelectorFit(IReadOnlyList<Step> steps, int nodes, Node? nearest, IReadOnlyList<string> missing, int asNear) =>
        (Steps, Nodes, Nearest, Missing, AsNear) = (steps, nodes, nearest, missing, asNear);

    /// <summary>The conditions in their order: ids, labels, expressions, and last that the node is connected.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Nodes in all.</summary>
    public int Nodes { get; }

    /// <summary>Nodes that meet every condition.</summary>
    public int Left => Steps.Count > 0 ? Steps[^1].Left : Nodes;

    /// <summary>The node that fails the fewest conditions; null where there are no nodes.</summary>
    public Node? Nearest { get; }

    /// <summary>The conditions that <see cref="Nearest"/> fails, as <see cref="Step.Text"/> has them.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Nodes that fail exactly the same conditions as <see cref="Nearest"/>, itself included.</summary>
    public int AsNear { get; }

    /// <summary>The steps in one line: <c>38 nodes → region=us-east 12 → gpu 0</c>.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Nodes:#,0} {(Nodes == 1 ? "node" : "nodes")}")
        + string.Concat(Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $" → {step.Text} {step.Left:#,0}")));

    /// <summary>Works it out. Cost: nodes by conditions.</summary>
    /// <param name="selector">The selector.</param>
    /// <param name="nodes">All nodes, by name.</param>
    public static SelectorFit Of(NodeSelector selector, IReadOnlyList<Node> nodes)
    {
        var conditions = Conditions(selector);
        var (left, alone) = (new int[conditions.Count], new int[conditions.Count]);
        var (least, missed, asNear, nearest) = (int.MaxValue, 0UL, 0, (Node?)null);
        foreach (var node in nodes)
        {
            var (meets, failed, failures) = (true, 0UL, 0);
            for (var i = 0; i < conditions.Count; i++)
            {
                if (conditions[i].Holds(node)) alone[i]++;
                else (meets, failed, failures) = (false, failed | (1UL << (i & 63)), failures + 1);
                if (meets) left[i]++;
            }
            if (failures < least) (least, missed, asNear, nearest) = (failures, failed, 1, node);
            else if (failures == least && failed == missed) asNear++;
        }
        Step[] steps = [.. conditions.Select((condition, i) => new Step(condition.Text, left[i], alone[i]))];
        return new(steps, nodes.Count, nearest, nearest is null ? [] : [.. steps.Where((_, i) => (missed >> (i & 63) & 1) != 0).Select(step => step.Text)], asNear);
    }

    /// <summary>Whether a node is connected and meets a selector.</summary>
    public static Func<Node, bool> Matcher(NodeSelector selector)
    {
        var conditions = Conditions(selector);
        return node => conditions.TrueForAll(condition => condition.Holds(node));
    }

    private static List<(string Text, Func<Node, bool> Holds)> Conditions(NodeSelector selector)
    {
        var conditions = new List<(string, Func<Node, bool>)>();
        if (selector.Ids.Count > 0)
        {
            var ids = selector.Ids.ToHashSet(StringComparer.Ordinal);
            conditions.Add((selector.Ids.Count == 1 ? $"id={PlainText.Of(selector.Ids[0])}" : string.Create(CultureInfo.InvariantCulture, $"id in {selector.Ids.Count} ids"), node => ids.Contains(node.Id)));
        }
        foreach (var (key, value) in selector.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
            conditions.Add(($"{key}={value}", node => node.Labels.TryGetValue(key, out var held) && held == value));
        foreach (var text in selector.Expressions)
            // What cannot be read here decides nothing: the control plane may read it otherwise.
            if (LabelExpression.TryParse(text, out var expression, out _)) conditions.Add((text.Trim(), node => expression.MatchesValue(node.Labels.GetValueOrDefault(expression.Key))));
        conditions.Add(("connected", node => node.IsConnected));
        return conditions;
    }

    /// <summary>A condition of a selector.</summary>
    /// <param name="Text">It, as the spec has it.</param>
    /// <param name="Left">Nodes that meet it and all conditions before it.</param>
    /// <param name="Alone">Nodes that meet it, whatever the others say.</param>
    internal sealed record Step(string Text, int Left, int Alone);
}
