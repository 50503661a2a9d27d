namespace ExecutionDashboard.Fleet.Filters;

/// <summary>Which values a term takes.</summary>
public enum FilterValueKind
{
    /// <summary>States.</summary>
    State,
    /// <summary>Names or ids; <c>*</c> is any number of characters.</summary>
    Name,
    /// <summary>Some fixed words.</summary>
    Word,
    /// <summary>Whole numbers, also compared.</summary>
    Number,
    /// <summary>Versions of the agent, also compared.</summary>
    Version,
    /// <summary>Label expressions.</summary>
    Label,
    /// <summary>Texts within a text.</summary>
    Text,
    /// <summary>Lengths of time.</summary>
    Span,
    /// <summary>Times, or lengths of time since then.</summary>
    Time,
}

/// <summary>A term of the filter language.</summary>
/// <param name="Name">As it is written before the colon.</param>
/// <param name="Field">What it is about.</param>
/// <param name="Kind">Which values it takes.</param>
/// <param name="Hint">What it filters by, for completion.</param>
public sealed record FilterTerm(string Name, FilterField Field, FilterValueKind Kind, string Hint)
{
    /// <summary>The values of <see cref="FilterValueKind.Word"/>, with their meaning.</summary>
    public IReadOnlyList<(string Word, string Hint)> Words { get; init; } = [];
}

/// <summary>The terms that a kind of list can be filtered by. docs/filters.md is its description.</summary>
public sealed class FilterVocabulary
{
    private static readonly FilterTerm
        Plane = new("plane", FilterField.Plane, FilterValueKind.Name, "control plane"),
        Job = new("job", FilterField.Job, FilterValueKind.Name, "job by name or id"),
        Label = new("label", FilterField.Label, FilterValueKind.Label, "label, such as tier=edge"),
        Agent = new("agent", FilterField.Agent, FilterValueKind.Version, "version of the node's agent, such as <2.1.19"),
        System = new("os", FilterField.System, FilterValueKind.Name, "operating system of the node"),
        Architecture = new("arch", FilterField.Architecture, FilterValueKind.Name, "processor architecture of the node"),
        Namespace = new("namespace", FilterField.Namespace, FilterValueKind.Name, "namespace"),
        Type = new("type", FilterField.Type, FilterValueKind.Name, "job type"),
        Version = new("version", FilterField.Version, FilterValueKind.Number, "version of the job"),
        Changed = new("changed", FilterField.Changed, FilterValueKind.Time, "last change, such as <1h or a range of times"),
        Created = new("created", FilterField.Created, FilterValueKind.Time, "creation, such as <1d or a range of times");

    private static readonly Dictionary<FilterField, string> Names = new()
    {
        [FilterField.State] = "state", [FilterField.Desired] = "desired", [FilterField.Connection] = "connection", [FilterField.Severity] = "severity", [FilterField.Level] = "level",
        [FilterField.Cause] = "cause", [FilterField.Is] = "is", [FilterField.Plane] = "plane", [FilterField.Job] = "job", [FilterField.Version] = "version",
        [FilterField.Node] = "node", [FilterField.Deployment] = "deployment", [FilterField.Namespace] = "namespace", [FilterField.Type] = "type", [FilterField.Strategy] = "strategy",
        [FilterField.Label] = "label", [FilterField.Agent] = "agent", [FilterField.System] = "os", [FilterField.Architecture] = "arch",
        [FilterField.Load] = "load", [FilterField.Id] = "id", [FilterField.Error] = "error",
        [FilterField.Message] = "message", [FilterField.Has] = "has", [FilterField.For] = "for", [FilterField.Changed] = "changed",
        [FilterField.Created] = "created", [FilterField.Heartbeat] = "heartbeat", [FilterField.Time] = "time",
    };

    private readonly Dictionary<string, FilterTerm> _byName;

    internal FilterVocabulary(string thing, params IReadOnlyList<FilterTerm> terms)
    {
        (Thing, Terms) = (thing, terms);
        _byName = terms.ToDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Terms of executions.</summary>
    public static FilterVocabulary Executions { get; } = new(
        "executions",
        new("state", FilterField.State, FilterValueKind.State, "actual state"),
        new("desired", FilterField.Desired, FilterValueKind.State, "desired state"),
        new("is", FilterField.Is, FilterValueKind.Word, "current, replaced, drifting or unreachable")
        {
            Words =
            [
                ("current", "the newest of its job on its node"), ("replaced", "another execution took its place"),
                ("drifting", "not in its desired state"), ("unreachable", "its node is not connected, so its state is the last known one"),
            ],
        },
        Plane, Job, Version,
        new("node", FilterField.Node, FilterValueKind.Name, "node by name or id, such as edge-*"),
        new("deployment", FilterField.Deployment, FilterValueKind.Name, "deployment id"),
        Namespace, Type,
        Label with { Hint = "label of node or job, such as tier=edge" }, Agent, System, Architecture,
        new("id", FilterField.Id, FilterValueKind.Name, "execution id, such as 0a1b*"),
        new("error", FilterField.Error, FilterValueKind.Name, "error code"),
        new("message", FilterField.Message, FilterValueKind.Text, "text in the message"),
        new("has", FilterField.Has, FilterValueKind.Word, "a field that has a value")
        {
            Words =
            [
                ("message", "a message"), ("error", "an error code"), ("node", "a node"), ("deployment", "a deployment of its own"), ("desired", "a desired state"),
                ("agent", "a node whose agent version is known"), ("previous", "an execution that it replaced"), ("next", "an execution that replaced it"),
            ],
        },
        new("for", FilterField.For, FilterValueKind.Span, "time in its present state, such as >10m"), Changed, Created);

    /// <summary>What is filtered, in the plural.</summary>
    public string Thing { get; }

    /// <summary>The same for ids of elements, which have no spaces.</summary>
    public string Code => Thing.Replace(' ', '-');

    /// <summary>The terms.</summary>
    public IReadOnlyList<FilterTerm> Terms { get; }

    /// <summary>The terms that are of use for a fleet: that of control planes only where there are several.</summary>
    public IEnumerable<FilterTerm> OfferedFor(Store.FleetStore store) => store.Planes.AreSeveral ? Terms : Terms.Where(term => term.Field != FilterField.Plane);

    /// <summary>A term by its name; null without one.</summary>
    public FilterTerm? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The term of a field; null when the list has none.</summary>
    public FilterTerm? Of(FilterField field) => _byName.GetValueOrDefault(NameOf(field));

    /// <summary>The name of a field as it is written; empty for text.</summary>
    internal static string NameOf(FilterField field) => Names.GetValueOrDefault(field, "");
}
