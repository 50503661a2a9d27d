using System.Text.Encodings.Web;
using System.Text.Json;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Secrets;

/// <summary>
/// Masks the secrets in the feed's changes before a store holds them, so that nothing that reads a store (search, filters, sorts, groups, pages, exports) can reveal
/// one. Ids are kept, because entities are addressed by them. <see cref="JobSpec.Json"/> is kept too, so that a comparison of two specs shows that a secret changed;
/// it is masked where it is displayed. Not safe for concurrent use.
/// </summary>
internal sealed class FleetMask(Catalog held)
{
    // Servers repeat a few messages, and nodes send their labels with every heartbeat.
    private const int MostKept = 4096;
    private const int LongestKept = 512;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> _maps = new(Texts.ByContent);

    /// <summary>The masked changes; a change without secrets is the same object, unless it is a heartbeat.</summary>
    public IReadOnlyList<FleetChange> Of(IReadOnlyList<FleetChange> changes)
    {
        FleetChange[]? masked = null;
        for (var i = 0; i < changes.Count; i++)
        {
            var shown = Of(changes[i]);
            if (ReferenceEquals(shown, changes[i])) continue;
            masked ??= [.. changes];
            masked[i] = shown;
        }
        return masked ?? changes;
    }

    private FleetChange Of(FleetChange change)
    {
        if (change.Execution is { } execution) return Of(execution) is var shown && ReferenceEquals(shown, execution) ? change : change with { Execution = shown };
        if (change.Node is { } node) return Of(node) is var shown && ReferenceEquals(shown, node) ? change : change with { Node = shown };
        if (change.Job is { } job) return Of(job) is var shown && ReferenceEquals(shown, job) ? change : change with { Job = shown };
        if (change.Deployment is { } deployment) return Of(deployment) is var shown && ReferenceEquals(shown, deployment) ? change : change with { Deployment = shown };
        return change.Spec is { } spec ? change with { Spec = Of(spec) } : change;
    }

    /// <summary>The masked execution; the same object when it has no secret.</summary>
    public Execution Of(Execution execution)
    {
        var (actual, desired, details, space, type) = (Of(execution.Actual), Of(execution.Desired), Map(execution.Details), Text(execution.Namespace), Text(execution.JobType));
        return ReferenceEquals(actual, execution.Actual) && ReferenceEquals(desired, execution.Desired) && ReferenceEquals(details, execution.Details)
            && ReferenceEquals(space, execution.Namespace) && ReferenceEquals(type, execution.JobType)
            ? execution : execution with { Actual = actual, Desired = desired, Details = details, Namespace = space, JobType = type };
    }

    /// <summary>The masked state; the same object when it has no secret.</summary>
    public StateReport Of(StateReport report)
    {
        var (message, details) = (Text(report.Message), Map(report.Details));
        var state = report.State.Known == KnownExecutionState.Other ? ExecutionState.Parse(Text(report.State.Name)) : report.State;
        return ReferenceEquals(message, report.Message) && ReferenceEquals(details, report.Details) && state == report.State ? report : new(state, message, details);
    }

    private Node Of(Node node)
    {
        // Nearly every heartbeat equals the stored, masked node. Who keeps the change for a while keeps the parts of that one then, not some forty texts of its own.
        if (held.FindNode(node.Id) is { } before && before.EqualsApartFromHeartbeat(node)) return before.WithHeartbeatOf(node);
        var shown = node with
        {
            Name = Text(node.Name), Hostname = Text(node.Hostname), OperatingSystem = Text(node.OperatingSystem), Architecture = Text(node.Architecture),
            AgentVersion = Text(node.AgentVersion), HardwareFingerprint = Text(node.HardwareFingerprint), Connection = Text(node.Connection), Message = Text(node.Message),
            Labels = Map(node.Labels), Identity = Map(node.Identity),
            Capabilities = Lists(node.Capabilities),
        };
        return shown.EqualsApartFromHeartbeat(node) ? node : shown;
    }

    private IReadOnlyDictionary<string, IReadOnlyList<string>> Lists(IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
    {
        foreach (var (_, list) in lists)
            foreach (var text in list)
                if (!ReferenceEquals(Text(text), text)) return lists.ToDictionary(l => l.Key, l => (IReadOnlyList<string>)[.. l.Value.Select(Text)], StringComparer.Ordinal);
        return lists;
    }

    private Job Of(Job job)
    {
        var shown = job with
        {
            Name = Text(job.Name), Namespace = Text(job.Namespace), Type = Text(job.Type), State = Text(job.State), Message = Text(job.Message),
            Labels = Map(job.Labels), Details = Map(job.Details),
        };
        return shown.Equals(job) ? job : shown;
    }

    private Deployment Of(Deployment deployment)
    {
        var shown = deployment with
        {
            JobType = Text(deployment.JobType), Namespace = Text(deployment.Namespace), Type = Text(deployment.Type), State = Text(deployment.State), Message = Text(deployment.Message),
        };
        return shown.Equals(deployment) ? deployment : shown;
    }

    private JobSpec Of(JobSpec spec) => spec with
    {
        Name = Text(spec.Name), Namespace = Text(spec.Namespace), Type = Text(spec.Type), Description = Text(spec.Description),
        RestartPolicy = Text(spec.RestartPolicy), Strategy = spec.Strategy is { } strategy ? strategy with { Kind = Text(strategy.Kind) } : null,
        Labels = Map(spec.Labels), Meta = Map(spec.Meta),
        Selector = spec.Selector with { Labels = Map(spec.Selector.Labels), Expressions = [.. spec.Selector.Expressions.Select(Text)] },
    };

    /// <summary>The masked text; the same object when it has no secret.</summary>
    public string Text(string text)
    {
        if (text.Length == 0) return text;
        if (_texts.TryGetValue(text, out var masked)) return masked == text ? text : masked;
        masked = ShownText.Of(text);
        if (text.Length > LongestKept) return masked;
        if (_texts.Count == MostKept) _texts.Clear();
        return _texts[text] = masked;
    }

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(map))]
    private IReadOnlyDictionary<string, string>? Map(IReadOnlyDictionary<string, string>? map)
    {
        if (map is not { Count: > 0 }) return map;
        if (_maps.TryGetValue(map, out var masked)) return masked;
        // Mask the map as a whole: a name beside a value can mark it as a secret.
        var plain = Plain(map);
        var json = JsonSerializer.Serialize(plain, Compact);
        var shown = SecretMask.Mask(json);
        masked = shown == json ? plain : JsonSerializer.Deserialize<Dictionary<string, string>>(shown)!;
        if (_maps.Count == MostKept) _maps.Clear();
        return _maps[map] = masked;
    }

    private static IReadOnlyDictionary<string, string> Plain(IReadOnlyDictionary<string, string> map)
    {
        if (map.All(entry => ReferenceEquals(PlainText.Of(entry.Key), entry.Key) && ReferenceEquals(PlainText.Of(entry.Value), entry.Value))) return map;
        var plain = new Dictionary<string, string>(map.Count, StringComparer.Ordinal);
        foreach (var (name, value) in map) plain[PlainText.Of(name)] = PlainText.Of(value);
        return plain;
    }
}
