using System.Globalization;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store;

internal sealed partial class NaiveFleet
{
    private readonly HashSet<string> _jobIds = [""], _nodeIds = [""], _deploymentIds = [""], _namespaces = [""], _types = [""];

    // An id that was ever seen is that id; another text is a name.
    private void Know(FleetChange change)
    {
        switch (change)
        {
            case { Execution: { } e }:
                _jobIds.Add(e.JobId);
                _nodeIds.Add(e.NodeId);
                _deploymentIds.Add(DeploymentOf(e));
                _namespaces.Add(e.Namespace);
                _types.Add(e.JobType);
                break;
            case { Kind: FleetKind.Node, Removed: false }: _nodeIds.Add(change.Id); break;
            case { Kind: FleetKind.Job, Removed: false }: _jobIds.Add(change.Id); break;
        }
    }

    private bool Meets(FilterCondition c, Execution e) => c.Test == FilterTest.OneOf && !FilterCondition.IsTime(c.Field) ? c.Values.Any(v => IsOneOf(c.Field, v, e)) != c.Not : Compares(c, e);

    private bool IsOneOf(FilterField field, FilterValue value, Execution e)
    {
        var node = _nodes.GetValueOrDefault(e.NodeId);
        return field switch
        {
            FilterField.State => e.Actual.State == ExecutionState.Parse(value.Text),
            FilterField.Desired => e.Desired.State == ExecutionState.Parse(value.Text),
            FilterField.Job => Names(value, e.JobId, JobName(e), _jobIds),
            FilterField.Node => Names(value, e.NodeId, NodeName(e), _nodeIds),
            FilterField.Deployment => Names(value, DeploymentOf(e), DeploymentOf(e), _deploymentIds),
            FilterField.Namespace => Names(value, e.Namespace, e.Namespace, _namespaces, emptyMatches: true),
            FilterField.Type => Names(value, e.JobType, e.JobType, _types, emptyMatches: true),
            FilterField.Version => e.JobVersion == int.Parse(value.Text, CultureInfo.InvariantCulture),
            FilterField.Label => LabelExpression.TryParse(value.Text, out var expression, out _) && expression.Matches(key => Label(e, key)),
            FilterField.Agent => node is not null && Is(value, node.AgentVersion),
            FilterField.System => node is not null && Is(value, node.OperatingSystem),
            FilterField.Architecture => node is not null && Is(value, node.Architecture),
            FilterField.Id => value.IsPattern ? Is(value, e.Id) : e.Id == value.Text,
            FilterField.Error => Is(value, Code(e)),
            FilterField.Message => e.Actual.Message.Contains(value.Text, StringComparison.OrdinalIgnoreCase),
            FilterField.Text => new[] { e.Id, e.Actual.Message, JobName(e), NodeName(e), e.NodeId }.Any(t => t.Contains(value.Text, StringComparison.OrdinalIgnoreCase)),
            _ => value.Text switch
            {
                "current" => e.ReplacedBy is null,
                "replaced" => e.ReplacedBy is not null,
                "drifting" => e.Drifts,
                "unreachable" => !e.Actual.State.IsTerminal && node is { IsConnected: false },
                "message" => e.Actual.Message.Length > 0,
                "error" => Code(e).Length > 0,
                "node" => e.NodeId.Length > 0,
                "deployment" => e.DeploymentId.Length > 0,
                "desired" => !e.Desired.State.IsNone,
                "agent" => node is { AgentVersion.Length: > 0 },
                "previous" => e.PreviousId.Length > 0,
                "next" => e.NextId.Length > 0,
                _ => false,
            },
        };
    }

    private bool Compares(FilterCondition c, Execution e)
    {
        if (c.Field == FilterField.Version) return Meets(e.JobVersion.CompareTo(int.Parse(c.Value, CultureInfo.InvariantCulture)), c.Test);
        if (c.Field == FilterField.Agent)
            return _nodes.GetValueOrDefault(e.NodeId) is { AgentVersion: { Length: > 0 } agent } && Meets(Semantic(agent).CompareTo(Semantic(c.Value)), c.Test);
        if ((c.Field == FilterField.Created ? e.CreatedAt : e.UpdatedAt) is not { } time) return false;
        if (FilterTime.TrySpan(c.Value, out var span)) return Meets((Moment - time).CompareTo(span), c.Test);
        return Meets(time.CompareTo(DateTimeOffset.Parse(c.Value, CultureInfo.InvariantCulture)), c.Test);
    }

    private static bool Meets(int order, FilterTest test) => test switch { FilterTest.Below => order < 0, FilterTest.AtMost => order <= 0, FilterTest.Above => order > 0, _ => order >= 0 };

    // Number by number; a pre-release is half a step before its release.
    private static double Semantic(string version)
    {
        var parts = version.TrimStart('v').Split('-');
        var numbers = parts[0].Split('.').Select(int.Parse).Concat([0, 0]).Take(3).ToArray();
        return numbers[0] * 1e6 + numbers[1] * 1e3 + numbers[2] - (parts.Length > 1 ? 0.5 : 0);
    }

    private static bool Names(FilterValue value, string id, string name, HashSet<string> known, bool emptyMatches = false)
    {
        if (!value.IsPattern && known.Contains(value.Text)) return id == value.Text;
        return (id.Length > 0 || emptyMatches) && (Is(value, name) || (value.IsPattern && Is(value, id)));
    }

    private static bool Is(FilterValue value, string text) => value.IsPattern
        ? Regex.IsMatch(text, "^" + Regex.Escape(value.Text).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)
        : text.Equals(value.Text, StringComparison.OrdinalIgnoreCase);

    private static string Code(Execution e) => e.Details?.GetValueOrDefault("error_code") ?? e.Actual.Details?.GetValueOrDefault("error_code") ?? "";
}
