using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>Filters of the list of deployments, as its URL has them.</summary>
public sealed record DeploymentQuery
{
    /// <summary>Address of the list.</summary>
    public const string Path = "deployments";

    /// <summary>States, as the server names them.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
    /// <summary>Strategies.</summary>
    public IReadOnlyList<string> Strategies { get; init; } = [];
    /// <summary>Job ids.</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];
    /// <summary>Only those that wait for an operator.</summary>
    public bool Waiting { get; init; }
    /// <summary>Text in the job's name or the id.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether no filter is set.</summary>
    public bool IsUnfiltered => States.Count + Strategies.Count + Jobs.Count + Text.Length == 0 && !Waiting;

    /// <summary>Parses an address; unknown parts are ignored.</summary>
    public static DeploymentQuery Parse(string url)
    {
        List<string> states = [], strategies = [], jobs = [];
        var query = new DeploymentQuery();
        foreach (var (key, value) in QueryText.OfAddress(url))
        {
            if (key == "state") states.Add(value);
            else if (key == "strategy") strategies.Add(value);
            else if (key == "job") jobs.Add(value);
            else if (key == "q") query = query with { Text = value };
            else if ((key, value) is ("waiting", "yes")) query = query with { Waiting = true };
        }
        return query with { States = states, Strategies = strategies, Jobs = jobs };
    }

    /// <summary>The address.</summary>
    public override string ToString()
    {
        var parts = States.Select(s => "state=" + Uri.EscapeDataString(s))
            .Concat(Strategies.Select(s => "strategy=" + Uri.EscapeDataString(s)))
            .Concat(Jobs.Select(j => "job=" + Uri.EscapeDataString(j)))
            .Concat(Waiting ? ["waiting=yes"] : [])
            .Concat(Text.Length > 0 ? ["q=" + Uri.EscapeDataString(Text)] : []);
        var query = string.Join('&', parts);
        return query.Length > 0 ? $"{Path}?{query}" : Path;
    }

    /// <summary>Whether a deployment matches.</summary>
    public bool Matches(Deployment deployment, FleetStore store, RolloutSummaries summaries) =>
        (States.Count == 0 || States.Contains(deployment.State))
        && (Strategies.Count == 0 || Strategies.Contains(RolloutSummary.StrategyOf(deployment, store)?.Kind ?? ""))
        && (Jobs.Count == 0 || Jobs.Contains(deployment.JobId))
        && (Text.Length == 0 || deployment.Id.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || (store.FindJob(deployment.JobId)?.DisplayName ?? deployment.JobId).Contains(Text, StringComparison.OrdinalIgnoreCase))
        && (!Waiting || summaries.Waits(deployment));

    /// <summary>Equal when every part is, lists by their entries.</summary>
    public bool Equals(DeploymentQuery? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
