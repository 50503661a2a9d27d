using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>A deployment, with what its filters need.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Store">The fleet.</param>
/// <param name="Waits">Whether a deployment waits for an operator.</param>
public readonly record struct DeploymentFacts(Deployment Deployment, FleetStore Store, Func<Deployment, bool> Waits)
{
    /// <summary>Name of its job, or the job's id.</summary>
    public string JobName => Store.FindJob(Deployment.JobId)?.DisplayName ?? Deployment.JobId;
}

/// <summary>Filters of the list of deployments, as its URL has them.</summary>
public sealed record DeploymentQuery : ListQuery
{
    /// <summary>Address of the list.</summary>
    public const string Path = "deployments";

    private const string WaitingWord = "waiting";

    private static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();

    private static readonly ListFilter<DeploymentFacts> TermsOfDeployments = new ListFilter<DeploymentFacts>("deployments", (f, text) => Has(f.Deployment.Id, text) || Has(f.JobName, text))
        .Names(FilterField.State, "state, such as in_progress", f => f.Deployment.State)
        .Words(FilterField.Is, "waiting or open", (WaitingWord, "needs action: paused, or its canary awaits promotion", f => f.Waits(f.Deployment)), ("open", "has not ended", f => f.Deployment.IsOpen))
        .Names(FilterField.Plane, "control plane", f => f.Store.Planes.Of(f.Deployment.Id))
        .Entities(FilterField.Job, "job by name or id, such as log-*", f => [(f.Deployment.JobId, f.JobName)], (f, id) => f.Store.FindJob(id) is not null)
        .Number(FilterField.Version, "version that is rolled out, such as >3", f => f.Deployment.ToVersion)
        .Names(FilterField.Deployment, "deployment id", f => f.Deployment.Id)
        .Names(FilterField.Namespace, "namespace", f => f.Deployment.Namespace)
        .Names(FilterField.Type, "what started it, such as rollback", f => f.Deployment.Type)
        .Names(FilterField.Strategy, "rollout strategy", f => RolloutSummary.StrategyOf(f.Deployment, f.Store)?.Kind ?? "")
        .Labels("label of the job, such as team=edge", f => [f.Store.FindJob(f.Deployment.JobId)?.Labels ?? NoLabels])
        .Text(FilterField.Message, "text in the message", f => f.Deployment.Message)
        .Words(FilterField.Has, "failures, or a field that has a value",
            ("failure", "nodes on which it failed", f => f.Deployment.FailedNodes > 0),
            ("canary", "canary nodes", f => f.Deployment.CanaryNodes.Count > 0),
            ("message", "a message", f => f.Deployment.Message.Length > 0))
        .Time(FilterField.For, "time since its last change, such as >10m", f => f.Deployment.UpdatedAt ?? f.Deployment.CreatedAt)
        .Time(FilterField.Changed, "last change, such as <1h or a range of times", f => f.Deployment.UpdatedAt ?? f.Deployment.CreatedAt)
        .Time(FilterField.Created, "start, such as <1d or a range of times", f => f.Deployment.CreatedAt);

    private static readonly FilterAddress InAddress = new(
        TermsOfDeployments.Vocabulary,
        new("state", FilterField.State), new("waiting", FilterField.Is) { Words = [("yes", WaitingWord, false), ("no", WaitingWord, true)] }, new("job", FilterField.Job),
        new("version", FilterField.Version), new("namespace", FilterField.Namespace), new("type", FilterField.Type), new("strategy", FilterField.Strategy),
        new("label", FilterField.Label), new("q", FilterField.Text));

    /// <summary>The terms of deployments.</summary>
    public static FilterVocabulary Vocabulary => TermsOfDeployments.Vocabulary;
    /// <inheritdoc/>
    public override FilterAddress Address => InAddress;
    /// <summary>States, as the server names them.</summary>
    public IReadOnlyList<string> States { get => Filter.ValuesOf(FilterField.State); init => Filter = Filter.WithValues(FilterField.State, value); }
    /// <summary>Strategies.</summary>
    public IReadOnlyList<string> Strategies { get => Filter.ValuesOf(FilterField.Strategy); init => Filter = Filter.WithValues(FilterField.Strategy, value); }
    /// <summary>Ids or names of jobs.</summary>
    public IReadOnlyList<string> Jobs { get => Filter.ValuesOf(FilterField.Job); init => Filter = Filter.WithValues(FilterField.Job, value); }
    /// <summary>Only those that wait for an operator.</summary>
    public bool Waiting { get => Filter.Is(WaitingWord) == true; init => Filter = Filter.WithIs(WaitingWord, value ? true : null); }
    /// <summary>Text in the job's name or the id.</summary>
    public string Text { get => Filter.Text; init => Filter = Filter.WithText(value); }

    /// <summary>Parses an address; unknown parts are ignored.</summary>
    public static DeploymentQuery Parse(string url)
    {
        var (filter, odd) = InAddress.Read(QueryText.OfAddress(url));
        return new() { Filter = filter, NotUnderstood = odd };
    }

    /// <summary>The address.</summary>
    public override string ToString() => InAddress.Of(Path, this);

    /// <summary>The test of deployments for these filters.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="waits">Whether a deployment waits for an operator.</param>
    public Func<Deployment, bool> Matcher(FleetStore store, Func<Deployment, bool> waits)
    {
        var matches = TermsOfDeployments.Compile(Filter, store.Moment);
        return deployment => matches(new(deployment, store, waits));
    }

    /// <summary>Equal when every part is.</summary>
    public bool Equals(DeploymentQuery? other) => other is not null && HasFiltersOf(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Filter.GetHashCode();

    private static bool Has(string within, string text) => within.Contains(text, StringComparison.OrdinalIgnoreCase);
}
