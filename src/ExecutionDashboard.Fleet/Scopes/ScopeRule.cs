using System.Diagnostics.CodeAnalysis;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Scopes;

/// <summary>
/// A part of the fleet, as settings name it: label expressions separated by commas, all of which must match. <c>namespace</c> is the job's namespace, <c>job.KEY</c> a label of
/// the job, <c>KEY</c> or <c>node.KEY</c> a label of the node: <c>namespace=prod, job.team in (web,api), tier=edge</c>. Where there are several control planes, <c>plane</c> is the plane of
/// both: <c>plane=eu</c>.
/// </summary>
public sealed class ScopeRule
{
    private const string NamespaceKey = "namespace", PlaneKey = "plane", JobPrefix = "job.", NodePrefix = "node.";

    private readonly LabelExpression[] _namespace, _job, _node, _plane;
    private readonly FleetPlanes _planes;

    private ScopeRule(string text, LabelExpression[] ofNamespace, LabelExpression[] job, LabelExpression[] node, LabelExpression[] plane, FleetPlanes planes) =>
        (Text, _namespace, _job, _node, _plane, _planes) = (text, ofNamespace, job, node, plane, planes);

    /// <summary>The expressions in one form, whatever their order and spaces were: equal texts are equal rules.</summary>
    public string Text { get; }

    /// <summary>It names nodes: it sees a job on some nodes only.</summary>
    public bool LimitsNodes => _node.Length > 0;

    /// <summary>It names control planes.</summary>
    public bool LimitsPlanes => _plane.Length > 0;

    /// <summary>Parses a rule; false with the reason, a sentence, when invalid.</summary>
    /// <param name="text">The rule.</param>
    /// <param name="rule">The rule that was read.</param>
    /// <param name="problem">Why it could not be read.</param>
    /// <param name="planes">The control planes; with one, <c>plane</c> is a label of the node like any other.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ScopeRule? rule, out string problem, FleetPlanes? planes = null)
    {
        planes ??= FleetPlanes.One;
        rule = null;
        problem = "";
        var terms = Terms(text).Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal).ToList();
        if (terms.Count == 0)
        {
            problem = "It names nothing.";
            return false;
        }
        List<LabelExpression> ofNamespace = [], job = [], node = [], plane = [];
        foreach (var term in terms)
        {
            var (of, expression) = Prefixed(term, JobPrefix) is { } ofJob ? (job, ofJob) : Prefixed(term, NodePrefix) is { } ofNode ? (node, ofNode) : (node, term);
            if (!LabelExpression.TryParse(expression, out var parsed, out problem)) return false;
            var isPlain = ReferenceEquals(expression, term);
            (isPlain && parsed.Key == NamespaceKey ? ofNamespace : isPlain && parsed.Key == PlaneKey && planes.AreSeveral ? plane : of).Add(parsed);
        }
        rule = new(string.Join(", ", terms), [.. ofNamespace], [.. job], [.. node], [.. plane], planes);
        return true;
    }

    /// <summary>Whether a job is in it, on the nodes that are.</summary>
    public bool Matches(Job job) =>
        MatchesPlane(_planes.Of(job.Id)) && Array.TrueForAll(_namespace, e => e.MatchesValue(job.Namespace.Length == 0 ? null : job.Namespace)) && Array.TrueForAll(_job, e => e.MatchesValue(job.Labels.GetValueOrDefault(e.Key)));

    /// <summary>Whether a node is in it, for the jobs that are. Null is no node, or one that is not known.</summary>
    public bool Matches(Node? node) => (node is null || MatchesPlane(_planes.Of(node.Id))) && (!LimitsNodes || (node is not null && Array.TrueForAll(_node, e => e.MatchesValue(node.Labels.GetValueOrDefault(e.Key)))));

    /// <summary>Whether a control plane is in it.</summary>
    public bool MatchesPlane(string plane) => Array.TrueForAll(_plane, e => e.MatchesValue(plane.Length == 0 ? null : plane));

    /// <inheritdoc/>
    public override string ToString() => Text;

    // Commas within a list separate its values.
    private static IEnumerable<string> Terms(string text)
    {
        var from = 0;
        var depth = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length)
            {
                if (text[i] == '(') depth++;
                else if (text[i] == ')') depth--;
                if (text[i] != ',' || depth > 0) continue;
            }
            var term = text[from..i].Trim();
            if (term.Length > 0) yield return term;
            from = i + 1;
        }
    }

    private static string? Prefixed(string term, string prefix)
    {
        var isNegated = term.StartsWith('!');
        var name = isNegated ? term[1..].TrimStart() : term;
        return name.StartsWith(prefix, StringComparison.Ordinal) ? (isNegated ? "!" : "") + name[prefix.Length..] : null;
    }
}
